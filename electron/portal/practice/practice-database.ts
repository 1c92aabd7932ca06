import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { openDatabase } from '../../store/native-binding.ts';

export type PracticeDb = Database.Database;

/** Append-only: index + 1 is the `user_version` a step leads to (law 9). */
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

/** Opens `practice.db` in the folder, making both if missing. Practice data never share a file with real ones. */
export function openPracticeDatabase(dataFolder: string): PracticeDb {
  mkdirSync(dataFolder, { recursive: true });
  const db = openDatabase(join(dataFolder, 'practice.db'));
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
  return db;
}

/** The value a counter stands at. */
export function lastCount(db: PracticeDb, name: CounterName): number {
  return Number(db.prepare('SELECT value FROM counter WHERE name = ?').pluck().get(name) ?? 0);
}

/** Goes on behind `value`, where the counter is not there yet. */
export function countOnFrom(db: PracticeDb, name: CounterName, value: number): void {
  db.prepare('INSERT INTO counter(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = max(value, excluded.value)').run(
    name,
    value,
  );
}

type CounterName = 'ticket' | 'change';

/** The next value of a counter; call inside the transaction that uses it. */
export function nextCount(db: PracticeDb, name: CounterName): number {
  db.prepare('INSERT INTO counter(name, value) VALUES (?, 1) ON CONFLICT(name) DO UPDATE SET value = value + 1').run(name);
  return Number(db.prepare('SELECT value FROM counter WHERE name = ?').pluck().get(name));
}
