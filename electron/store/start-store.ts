import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import type { StoreHealth } from '../../shared/ipc/views.ts';
import { failpoint } from '../platform/failpoint.ts';
import { auditRepository, missingEntries, publishHead } from './audit-repository.ts';
import { type Backup, newestGoodBackup, writeBackup } from './backup.ts';
import { migrate, needsMigration, schemaVersion } from './migrate.ts';
import { type Db, isStructurallySound, openStore } from './open-store.ts';
import { askedFor, placeBackup } from './restore-backup.ts';
import { storeError } from './store-error.ts';

export type StoreFolders = { readonly database: string; readonly backups: string; readonly quarantine: string; readonly head: string; readonly restoreNext: string };

export function storeFolders(dataFolder: string): StoreFolders {
  return {
    database: join(dataFolder, 'officina.db'),
    backups: join(dataFolder, 'backups'),
    quarantine: join(dataFolder, 'quarantine'),
    head: join(dataFolder, 'audit-head.json'),
    restoreNext: join(dataFolder, 'restore-next.txt'),
  };
}

function openIfSound(file: string): Db | null {
  try {
    const db = openStore(file);
    if (isStructurallySound(db)) return db;
    db.close();
    return null;
  } catch (error) {
    if (storeError(error)?.code === 'store.damaged') return null;
    throw error;
  }
}

/** Moves the damaged file and its WAL aside, never deleting them: somebody may still save a sentence out of them. */
function quarantine(folders: StoreFolders, stamp: string): string {
  const target = join(folders.quarantine, stamp.replace(/[-:.]/gu, ''));
  mkdirSync(target, { recursive: true });
  for (const suffix of ['', '-wal', '-shm']) {
    const file = folders.database + suffix;
    if (existsSync(file)) renameSync(file, join(target, basename(file)));
  }
  return target;
}

async function prepared(folders: StoreFolders, db: Db, at: string): Promise<Db> {
  if (needsMigration(db) && schemaVersion(db) > 0) {
    if ((await writeBackup(db, folders.backups, 'migration', at)) === null) throw new AppFault('store.damaged', { detail: 'backup' });
    failpoint('migrate.backupDone');
  }
  migrate(db);
  return db;
}

export type OpenedStore = { readonly db: Db; readonly folders: StoreFolders; readonly health: StoreHealth };

/**
 * Where the folder cannot be written, what stands in it can still be read: a copy is opened that takes no edits, so that nobody
 * types into a store that forgets (D2). WAL files cannot be opened in place without writing.
 */
function readOnlyCopy(folders: StoreFolders, error: AppError): OpenedStore | null {
  if (!existsSync(folders.database)) return null;
  const copy = join(mkdtempSync(join(tmpdir(), 'officina-read-only-')), 'officina.db');
  for (const suffix of ['', '-wal']) if (existsSync(folders.database + suffix)) copyFileSync(folders.database + suffix, copy + suffix);
  for (const suffix of ['', '-wal']) if (existsSync(copy + suffix)) chmodSync(copy + suffix, 0o600);
  const db = openStore(copy);
  if (!isStructurallySound(db)) throw new AppFault('store.damaged', { detail: 'read-only' });
  migrate(db);
  db.pragma('query_only = ON');
  return { db, folders, health: { kind: 'read-only', error } };
}

/** As `startStore`, but a folder that may not be written opens for reading. @throws AppFault as `startStore` */
export async function startStoreOrRead(dataFolder: string, at: string): Promise<OpenedStore> {
  try {
    return await startStore(dataFolder, at);
  } catch (error) {
    const known = storeError(error);
    const readable = known?.code === 'store.readOnly' ? readOnlyCopy(storeFolders(dataFolder), known) : null;
    if (readable !== null) return readable;
    if (known !== null) throw new AppFault(known.code, known.params);
    throw error;
  }
}

/**
 * Opens the workshop's store, or says why it cannot. A damaged file is quarantined and the newest good backup restored; how much
 * is missing is read from the mark outside the file (C1-C3, F3).
 * @throws AppFault store.newerThanApp, store.readOnly, store.diskFull
 */
export async function startStore(dataFolder: string, at: string): Promise<OpenedStore> {
  mkdirSync(dataFolder, { recursive: true });
  const folders = storeFolders(dataFolder);
  sweepTemporary(folders.backups);
  const asked = askedFor(folders.restoreNext, folders.backups);
  if (asked !== null) return restored(folders, at, asked, 'chosen');
  const existed = existsSync(folders.database);
  const sound = openIfSound(folders.database);
  if (sound !== null) {
    const db = await prepared(folders, sound, at);
    const missing = existed ? missingEntries(folders.head, auditRepository(db).head()) : 0;
    const health: StoreHealth = missing === 0 ? { kind: 'healthy' } : { kind: 'restored', cause: 'lost', backupAt: null, missingEntries: missing, quarantineFolder: '' };
    return { db, folders, health: noteRestore(db, folders, at, health) };
  }
  return restored(folders, at, newestGoodBackup(folders.backups), 'damaged');
}

/** Sets what stands there aside and goes on from the backup, or from nothing where there is none. */
async function restored(folders: StoreFolders, at: string, backup: Backup | null, cause: 'damaged' | 'chosen'): Promise<OpenedStore> {
  const quarantineFolder = quarantine(folders, at);
  if (backup !== null) placeBackup(backup, folders.database);
  rmSync(folders.restoreNext, { force: true });
  const db = await prepared(folders, openStore(folders.database), at);
  const health: StoreHealth = { kind: 'restored', cause, backupAt: backup?.at ?? null, missingEntries: missingEntries(folders.head, auditRepository(db).head()), quarantineFolder };
  return { db, folders, health: noteRestore(db, folders, at, health) };
}

function noteRestore(db: Db, folders: StoreFolders, at: string, health: StoreHealth): StoreHealth {
  if (health.kind !== 'restored') return health;
  const audit = auditRepository(db);
  db.transaction(() => audit.append(at, 'store-restored', 'store', { missing: health.missingEntries, backup: health.backupAt ?? '' })).immediate();
  publishHead(folders.head, audit.head());
  return health;
}

function sweepTemporary(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.endsWith('.tmp')) rmSync(join(folder, name), { force: true });
}
