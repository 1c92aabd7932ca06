import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import type { StoreHealth } from '../../shared/ipc/views.ts';
import { failpoint } from '../platform/failpoint.ts';
import { faultCode } from '../platform/fault-code.ts';
import { removedOrLeft, whileHeld } from '../platform/while-held.ts';
import { auditRepository, missingEntries, publishHead, readMark, rewrittenAt } from './audit-repository.ts';
import { type Backup, newestGoodBackup, writeBackup } from './backup.ts';
import { migrate, needsMigration, schemaVersion } from './migrate.ts';
import type { CheckVerdict } from './begin-check.ts';
import { type Db, openStore } from './open-store.ts';
import { askedFor, placeBackup } from './restore-backup.ts';
import { isStructurallySound, isWhole } from './sound-store.ts';
import { storeError } from './store-error.ts';
import { type StoreFolders, storeFolders } from './store-folders.ts';

/** What a check that runs beside the start has to say; `later`: it goes on, and whoever waits for it hears the end. */
type Looked = Promise<CheckVerdict | 'later'>;

/** @param looked what a check begun beside the start found; `cannot-tell` has it made here */
async function openIfSound(file: string, isGood: (db: Db) => boolean, looked: Looked): Promise<Db | null> {
  let db: Db | null = null;
  try {
    db = openStore(file);
    const verdict = await looked;
    if (verdict === 'cannot-tell' ? isGood(db) : verdict !== 'damaged') return db;
  } catch (error) {
    if (storeError(error)?.code !== 'store.damaged') {
      db?.close();
      throw error;
    }
  }
  db?.close();
  return null;
}

/** Moves the damaged file and its WAL aside, never deleting them: somebody may still save a sentence out of them. */
async function quarantine(folders: StoreFolders, stamp: string): Promise<string> {
  const target = join(folders.quarantine, stamp.replace(/[-:.]/gu, ''));
  mkdirSync(target, { recursive: true });
  for (const suffix of ['', '-wal', '-shm']) {
    const file = folders.database + suffix;
    if (existsSync(file)) await whileHeld(() => renameSync(file, join(target, basename(file))));
  }
  return target;
}

/** Whatever keeps the copy from being made keeps the store as it is: nobody is told that it is damaged or may not be written. */
async function backUpBeforeMigration({ database, backups }: StoreFolders, db: Db, at: string): Promise<void> {
  const refuse = (detail: string): never => {
    throw new AppFault('backup.beforeUpdate', { detail, neededBytes: statSync(database).size });
  };
  const written = await writeBackup(db, backups, 'migration', at).catch((error: unknown) => refuse(faultCode(error)));
  if (written === null) refuse('copy');
}

async function prepared(folders: StoreFolders, db: Db, at: string): Promise<Db> {
  try {
    if (needsMigration(db) && schemaVersion(db) > 0) {
      await backUpBeforeMigration(folders, db, at);
      failpoint('migrate.backupDone');
    }
    migrate(db);
    return db;
  } catch (error) {
    // Another try opens it anew: two connections to one store are what breaks it.
    db.close();
    throw error;
  }
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
export async function startStoreOrRead(dataFolder: string, at: string, looked?: Looked): Promise<OpenedStore> {
  try {
    return await startStore(dataFolder, at, looked);
  } catch (error) {
    const known = storeError(error);
    const readable = known?.code === 'store.readOnly' ? readOnlyCopy(storeFolders(dataFolder), known) : null;
    if (readable !== null) return readable;
    if (known !== null) throw AppFault.of(known);
    throw error;
  }
}

/**
 * Opens the workshop's store, or says why it cannot. A damaged file is quarantined and the newest good backup restored; how much
 * is missing is read from the mark outside the file (C1-C3, F3). Without `looked` the structure is checked here.
 * @throws AppFault store.newerThanApp, store.readOnly, store.diskFull, backup.beforeUpdate
 */
export async function startStore(dataFolder: string, at: string, looked: Looked = Promise.resolve('cannot-tell')): Promise<OpenedStore> {
  mkdirSync(dataFolder, { recursive: true });
  const folders = storeFolders(dataFolder);
  sweepTemporary(folders.backups);
  const asked = askedFor(folders.restoreNext, folders.backups);
  if (asked !== null) return restored(folders, at, asked, 'chosen');
  const existed = existsSync(folders.database);
  const isGood = existsSync(folders.suspect) ? isWhole : isStructurallySound;
  const sound = await openIfSound(folders.database, isGood, looked);
  if (sound !== null) {
    removedOrLeft(() => rmSync(folders.suspect, { force: true }));
    const db = await prepared(folders, sound, at);
    if (existed) noteRewritten(db, folders, at);
    const missing = existed ? missingEntries(folders.head, auditRepository(db).head()) : 0;
    const health: StoreHealth =
      missing === 0
        ? { kind: 'healthy' }
        : { kind: 'restored', cause: 'lost', backupAt: null, missingEntries: missing, quarantineFolder: '' };
    return { db, folders, health: await noteRestore(db, folders, at, health) };
  }
  return restored(folders, at, newestGoodBackup(folders.backups, isGood), 'damaged');
}

/** Sets what stands there aside and goes on from the backup, or from nothing where there is none. */
async function restored(folders: StoreFolders, at: string, backup: Backup | null, cause: 'damaged' | 'chosen'): Promise<OpenedStore> {
  const quarantineFolder = await quarantine(folders, at);
  if (backup !== null) await placeBackup(backup, folders.database);
  // A mark that stays would have the next start go back once more, behind what is written from now on.
  for (const mark of [folders.restoreNext, folders.suspect]) await whileHeld(() => rmSync(mark, { force: true }));
  const db = await prepared(folders, openStore(folders.database), at);
  const health: StoreHealth = {
    kind: 'restored',
    cause,
    backupAt: backup?.at ?? null,
    missingEntries: missingEntries(folders.head, auditRepository(db).head()),
    quarantineFolder,
  };
  return { db, folders, health: await noteRestore(db, folders, at, health) };
}

/** What somebody wrote over in the audit stands in the audit from now on: the mark that shows it moves on with the next entry. */
function noteRewritten(db: Db, folders: StoreFolders, at: string): void {
  const audit = auditRepository(db);
  try {
    const sequence = rewrittenAt(readMark(folders.head), audit);
    if (sequence !== null) db.transaction(() => audit.append(at, 'audit-rewritten', 'audit', { sequence })).immediate();
  } catch (error) {
    // An entry that cannot be read is told by whoever shows or proves the audit; it keeps nobody from working.
    if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
  }
}

async function noteRestore(db: Db, folders: StoreFolders, at: string, health: StoreHealth): Promise<StoreHealth> {
  if (health.kind !== 'restored') return health;
  const audit = auditRepository(db);
  db.transaction(() =>
    audit.append(at, 'store-restored', 'store', { missing: health.missingEntries, backup: health.backupAt ?? '' }),
  ).immediate();
  await whileHeld(() => publishHead(folders.head, audit.head()));
  return health;
}

function sweepTemporary(folder: string): void {
  if (!existsSync(folder)) return;
  try {
    for (const name of readdirSync(folder))
      if (/\.tmp(-wal|-shm)?$/u.test(name)) removedOrLeft(() => rmSync(join(folder, name), { force: true }));
  } catch {
    // Backups that cannot be looked into are no reason to keep the work shut: whoever makes the next one says what is wrong.
  }
}
