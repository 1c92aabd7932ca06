import { existsSync, lstatSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { systemClock } from '../../platform/clock.ts';
import { openDatabase } from '../../store/native-binding.ts';

export type PracticeDb = Database.Database;

const databaseName = 'practice.db';
/** Where files that were sent lie, beside the database. */
export const uploadsFolder = 'uploads';
/** Numbers of a desk that begins anew count the minutes from here, so that none of them was given before. */
const firstNumberMs = Date.UTC(2026, 0, 1);
/** More digits than these no cursor of the contract says. */
export const mostCount = 999_999_999_999_999;

/** Append-only: index + 1 is the `user_version` a step leads to (LAW-9). */
const steps: readonly string[] = [
  `CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
   CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
   CREATE TABLE idempotency (key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, answer TEXT NOT NULL) STRICT;
   CREATE TABLE ticket (
     number TEXT PRIMARY KEY, client_reference TEXT UNIQUE, state TEXT NOT NULL, language TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
     product_id TEXT NOT NULL, serial TEXT NOT NULL, operator TEXT, received_at TEXT NOT NULL, updated_at TEXT NOT NULL, closed_at TEXT,
     change INTEGER NOT NULL UNIQUE) STRICT;
   CREATE TABLE message (
     id TEXT PRIMARY KEY, number TEXT NOT NULL REFERENCES ticket(number), client_reference TEXT UNIQUE, author TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL,
     change INTEGER NOT NULL UNIQUE) STRICT;
   CREATE INDEX message_of_ticket ON message(number, change);
   CREATE TABLE attachment (
     client_reference TEXT PRIMARY KEY, number TEXT NOT NULL REFERENCES ticket(number), message_id TEXT NOT NULL REFERENCES message(id), name TEXT NOT NULL,
     size_bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, upload_id TEXT NOT NULL, received_at TEXT NOT NULL) STRICT;
   CREATE INDEX attachment_of_message ON attachment(message_id);
   CREATE TABLE notice (id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
   CREATE TABLE operator_step (id INTEGER PRIMARY KEY, number TEXT NOT NULL REFERENCES ticket(number), step TEXT NOT NULL, due_at_ms INTEGER NOT NULL) STRICT;`,
];

/** A store that opens and is none of ours any more: a table or a column is gone. */
class SpoiledStore extends Error {}

/** Every column of every table, each under the name of both. */
function columnsOf(db: PracticeDb): readonly unknown[] {
  return db
    .prepare(
      "SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'",
    )
    .pluck()
    .all();
}

let known: readonly unknown[] | null = null;

/** The columns as the steps themselves make them. */
function knownColumns(): readonly unknown[] {
  if (known !== null) return known;
  const db = openDatabase(':memory:');
  try {
    for (const step of steps) db.exec(step);
    known = columnsOf(db);
    return known;
  } finally {
    db.close();
  }
}

/** What SQLite says of a file that is no store, or one whose pages or tables do not fit; a full disk or a busy file says nothing of it. */
const spoiledCode = /^SQLITE_(CORRUPT|NOTADB|ERROR|CANTOPEN|CONSTRAINT|MISMATCH|FORMAT)/u;

function isSpoiled(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null;
  return error instanceof SpoiledStore || (typeof code === 'string' && spoiledCode.test(code));
}

function opened(file: string): PracticeDb {
  const db = openDatabase(file);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('busy_timeout = 5000');
    db.pragma('trusted_schema = OFF');
    for (const [index, step] of steps.entries()) {
      if (Number(db.pragma('user_version', { simple: true })) > index) continue;
      db.transaction(() => {
        db.exec(step);
        db.pragma(`user_version = ${index + 1}`);
      }).immediate();
    }
    const found = new Set(columnsOf(db));
    if (
      !knownColumns().every((column) => found.has(column)) ||
      db.pragma('quick_check(1)', { simple: true }) !== 'ok'
    )
      throw new SpoiledStore();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Moves what stands there out of the way and deletes nothing: somebody may still look into it. */
function setAside(dataFolder: string, nowMs: number): void {
  for (const suffix of ['', '-wal', '-shm']) {
    const file = join(dataFolder, `${databaseName}${suffix}`);
    if (existsSync(file)) renameSync(file, join(dataFolder, `practice-set-aside-${nowMs}.db${suffix}`));
  }
}

/** A folder stands there, links followed; a link that leads nowhere or in a circle is none. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Whether something stands where a folder of ours belongs and is none, be it a link into nowhere: it is moved out of the way. */
function madeRoom(folder: string, nowMs: number): boolean {
  const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  if (!isThere || isFolder(folder)) return false;
  renameSync(folder, `${folder}-set-aside-${nowMs}`);
  return true;
}

/** The highest number the other side knew when the desk last began anew: its empty tables say nothing new then. */
const anewFrom = 'anew-from';

/** True when the tables are there and every request the other side knows is gone from them, which was not told yet. */
function wasCleared(db: PracticeDb, lastNumber: number): boolean {
  if (lastNumber === 0 || db.prepare('SELECT 1 FROM ticket LIMIT 1').get() !== undefined) return false;
  const told = Number(db.prepare('SELECT value FROM setting WHERE name = ?').pluck().get(anewFrom) ?? 0);
  return !(told >= lastNumber);
}

/** True when the store was there and is gone or empty now: a desk that never worked has no uploads, and nobody has a number of it. */
function wasEmptied(dataFolder: string, lastNumber: number): boolean {
  const file = join(dataFolder, databaseName);
  return existsSync(file)
    ? statSync(file).size === 0
    : lastNumber > 0 || existsSync(join(dataFolder, uploadsFolder));
}

export type OpeningOptions = {
  /** What the portal takes for now, in epoch milliseconds. */
  readonly nowMs: number;
  /** The highest number of this desk that the other side knows; 0 for none. The desk goes on behind it. */
  readonly lastNumber: number;
  /** What stood there could not be read, or was emptied: it is set aside, and the desk begins anew. */
  readonly onAnew: () => void;
};

/**
 * Opens `practice.db` in the folder, making both if missing. Practice data never share a file with real ones. A spoiled store is set aside
 * and one begun anew, whose numbers and cursors lie behind every one that was given before.
 */
export function openPracticeDatabase(
  dataFolder: string,
  { nowMs, lastNumber, onAnew }: OpeningOptions = {
    nowMs: Date.parse(systemClock.instant()),
    lastNumber: 0,
    onAnew: () => undefined,
  },
): PracticeDb {
  const hadNoFolder = madeRoom(dataFolder, nowMs);
  mkdirSync(dataFolder, { recursive: true });
  madeRoom(join(dataFolder, uploadsFolder), nowMs);
  const file = join(dataFolder, databaseName);
  let isAnew = wasEmptied(dataFolder, lastNumber) || hadNoFolder;
  let db: PracticeDb;
  if (isAnew) setAside(dataFolder, nowMs);
  try {
    db = opened(file);
  } catch (error) {
    if (!isSpoiled(error)) throw error;
    setAside(dataFolder, nowMs);
    isAnew = true;
    db = opened(file);
  }
  isAnew ||= wasCleared(db, lastNumber);
  settle(db, 'ticket', Math.min(lastNumber, mostCount - 1));
  settle(db, 'change', 0);
  if (isAnew) {
    countOnFrom(db, 'ticket', Math.floor((nowMs - firstNumberMs) / 60_000));
    countOnFrom(db, 'change', nowMs);
    db.prepare('INSERT OR REPLACE INTO setting(name, value) VALUES (?, ?)').run(anewFrom, String(lastNumber));
    onAnew();
  }
  return db;
}

/** The value a counter stands at. */
export function lastCount(db: PracticeDb, name: CounterName): number {
  return Number(db.prepare('SELECT value FROM counter WHERE name = ?').pluck().get(name) ?? 0);
}

/** Goes on behind `value`, where the counter is not there yet. */
export function countOnFrom(db: PracticeDb, name: CounterName, value: number): void {
  db.prepare(
    'INSERT INTO counter(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = max(value, excluded.value)',
  ).run(name, value);
}

type CounterName = 'ticket' | 'change';

/** The highest count that stands in a row. What somebody wrote in by hand and nothing could follow is nobody's. */
const highestTaken: Readonly<Record<CounterName, string>> = {
  ticket: `SELECT max(CAST(substr(number, 3) AS INTEGER)) FROM ticket WHERE number GLOB 'P-[0-9]*' AND length(number) <= 17
    AND CAST(substr(number, 3) AS INTEGER) < ${mostCount}`,
  change: `SELECT max(change) FROM (SELECT max(change) AS change FROM ticket WHERE change < ${mostCount}
    UNION ALL SELECT max(change) FROM message WHERE change < ${mostCount})`,
};

/** A ticket's number as it is told. */
export function ticketNumberOf(count: number): string {
  return `P-${String(count).padStart(6, '0')}`;
}

/** Whether the next value of a counter that stands there is a new one. Numbers are looked up, for finding the highest reads them all. */
function leadsOn(db: PracticeDb, name: CounterName, stands: number): boolean {
  if (stands < 0 || stands >= mostCount) return false;
  if (name === 'change') return stands >= Number(db.prepare(highestTaken.change).pluck().get() ?? 0);
  return db.prepare('SELECT 1 FROM ticket WHERE number = ?').get(ticketNumberOf(stands + 1)) === undefined;
}

/** Puts a counter behind everything that is taken, and behind `least`: somebody may have set it back, or to where nothing follows. */
function settle(db: PracticeDb, name: CounterName, least: number): void {
  const stands = lastCount(db, name);
  const value = Math.max(
    stands < mostCount ? stands : 0,
    Number(db.prepare(highestTaken[name]).pluck().get() ?? 0),
    least,
  );
  if (value !== stands)
    db.prepare('INSERT OR REPLACE INTO counter(name, value) VALUES (?, ?)').run(name, value);
}

/** The next value of a counter, which nothing has; call inside the transaction that uses it. */
export function nextCount(db: PracticeDb, name: CounterName): number {
  if (!leadsOn(db, name, lastCount(db, name))) settle(db, name, 0);
  db.prepare(
    'INSERT INTO counter(name, value) VALUES (?, 1) ON CONFLICT(name) DO UPDATE SET value = value + 1',
  ).run(name);
  return lastCount(db, name);
}
