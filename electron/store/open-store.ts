import type Database from 'better-sqlite3';
import { AppFault } from '../../shared/domain/app-error.ts';
import { openDatabase } from './native-binding.ts';

export type Db = Database.Database;

/** 'OFSU': marks the file as ours, so that a foreign database is never migrated by mistake. */
export const applicationId = 0x4f465355;

const minimumSqlite = [3, 51, 3] as const;

function assertRecentSqlite(db: Db): void {
  const version = String(db.prepare('select sqlite_version()').pluck().get()).split('.').map(Number);
  for (const [index, least] of minimumSqlite.entries()) {
    const part = version[index] ?? 0;
    if (part > least) return;
    if (part < least) throw new AppFault('store.damaged', { detail: `sqlite ${version.join('.')}` });
  }
}

/**
 * Opens the one connection with every PRAGMA of BOUND-STORE. `synchronous=FULL` is set on each open and
 * read back, because this SQLite build re-opens WAL files at NORMAL (FINDING-2).
 * @throws AppFault store.damaged when the file is not ours or SQLite is too old; SQLite's own errors otherwise.
 */
export function openStore(file: string): Db {
  const db = openDatabase(file);
  try {
    assertRecentSqlite(db);
    db.pragma('busy_timeout = 5000');
    const owner = db.pragma('application_id', { simple: true });
    const isBlank =
      db.pragma('user_version', { simple: true }) === 0 &&
      db.prepare('select count(*) from sqlite_schema').pluck().get() === 0;
    // Asked before anything is set: nothing is written into a database of another program.
    if (owner !== applicationId && !(owner === 0 && isBlank))
      throw new AppFault('store.damaged', { detail: 'application_id' });
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('mmap_size = 0');
    db.pragma('wal_autocheckpoint = 1000');
    db.pragma(`journal_size_limit = ${16 * 1024 * 1024}`);
    if (db.pragma('synchronous', { simple: true }) !== 2)
      throw new AppFault('store.damaged', { detail: 'synchronous' });
    if (owner !== applicationId) db.pragma(`application_id = ${applicationId}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Folds the WAL into the file and closes; called on quit so that the next start has one file to check. */
export function closeStore(db: Db): void {
  if (!db.open) return;
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}
