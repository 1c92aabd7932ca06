import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import type { StoreHealth } from '../../shared/ipc/views.ts';
import { failpoint } from '../platform/failpoint.ts';
import { diskFullCodes, faultCode, isOfDisk } from '../platform/fault-code.ts';
import { fileRemovedOrLeft, removedOrLeft, whileHeld } from '../platform/locked-file-retry.ts';
import {
  type AuditHead,
  type AuditMark,
  auditRepository,
  hashAt,
  headOf,
  missingEntries,
  publishHead,
  readMark,
  rewrittenAt,
} from './audit-repository.ts';
import { goodBackups, versionOfNewer, writeBackup } from './backup.ts';
import { type Copy, headOfCopy, lookAt } from './backup-standing.ts';
import { namesIn } from './copies-in-folder.ts';
import { doubtUnsent } from './doubt-unsent.ts';
import { mendSequences } from './mend-sequences.ts';
import { migrate, migrations, needsMigration, schemaVersion } from './migrate.ts';
import { type Db, openStore } from './open-store.ts';
import { type Looked, presentStore } from './present-store.ts';
import { askedFor, copyBeside } from './restore-backup.ts';
import { hasPast, isFile, isThere, setStoreAside, setWrongKindsAside } from './set-aside.ts';
import { isStructurallySound, isWhole } from './integrity-check.ts';
import { isDamage, storeError } from './store-error.ts';
import { type StoreFolders, storeFolders } from './store-folders.ts';
import { mendShape } from './store-shape.ts';

/** Whatever keeps the copy from being made keeps the store as it is: nobody is told that it is damaged or may not be written. */
async function backUpBeforeMigration({ database, backups }: StoreFolders, db: Db, at: string): Promise<void> {
  const refuse = (detail: string): never => {
    throw new AppFault('backup.beforeUpdate', { detail, neededBytes: statSync(database).size });
  };
  const written = await writeBackup(db, backups, 'migration', at).catch((error: unknown) =>
    refuse(faultCode(error)),
  );
  if (written === null) refuse('copy');
}

async function prepared(folders: StoreFolders, db: Db, at: string): Promise<Db> {
  try {
    if (needsMigration(db) && schemaVersion(db) > 0) {
      await backUpBeforeMigration(folders, db, at);
      failpoint('migrate.backupDone');
    }
    migrate(db);
    mendSequences(db);
    return db;
  } catch (error) {
    // Another try opens it anew: two connections to one store are what breaks it.
    db.close();
    throw storeError(error) === null && isDamage(error)
      ? new AppFault('store.damaged', { detail: faultCode(error) })
      : error;
  }
}

export type OpenedStore = { readonly db: Db; readonly folders: StoreFolders; readonly health: StoreHealth };

/**
 * Where the folder cannot be written, what stands in it can still be read: a copy is opened that takes no edits, so that nobody
 * types into a store that forgets (D2). WAL files cannot be opened in place without writing.
 */
function readOnlyCopy(folders: StoreFolders, error: AppError): OpenedStore | null {
  if (!isFile(folders.database)) return null;
  const copy = join(mkdtempSync(join(tmpdir(), 'officina-read-only-')), 'officina.db');
  for (const suffix of ['', '-wal'])
    if (isFile(folders.database + suffix)) copyFileSync(folders.database + suffix, copy + suffix);
  for (const suffix of ['', '-wal']) if (isFile(copy + suffix)) chmodSync(copy + suffix, 0o600);
  const db = openStore(copy);
  if (!isStructurallySound(db) || mendShape(db) === 'broken')
    throw new AppFault('store.damaged', { detail: 'read-only' });
  migrate(db);
  db.pragma('query_only = ON');
  return { db, folders, health: { kind: 'read-only', error } };
}

/** As `startStore`, but a folder that may not be written opens for reading. @throws AppFault as `startStore` */
export async function startStoreOrRead(
  dataFolder: string,
  at: string,
  looked?: Looked,
): Promise<OpenedStore> {
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
 * Opens the workshop's store, or says why it cannot. One that is damaged, or not there although its past stands beside it, is set aside
 * and the backup that holds most takes its place; how much is missing is read from the mark outside the file (DAMAGE-1 to DAMAGE-3,
 * FINDING-3). Without `looked` the structure is checked here.
 * @throws AppFault store.newerThanApp, store.readOnly, store.diskFull, store.damaged, backup.beforeUpdate
 */
export async function startStore(
  dataFolder: string,
  at: string,
  looked: Looked = Promise.resolve('cannot-tell'),
): Promise<OpenedStore> {
  mkdirSync(dataFolder, { recursive: true });
  const folders = storeFolders(dataFolder);
  const store = await openedIn(folders, at, looked);
  sweepBackups(folders.backups);
  return store;
}

async function openedIn(folders: StoreFolders, at: string, looked: Looked): Promise<OpenedStore> {
  setWrongKindsAside(folders, at);
  sweepTemporary(folders);
  const asked = askedFor(folders.restoreNext, folders.backups);
  if (asked !== null) return restored(folders, at, [asked.backup], asked.cause);
  const isGood = isThere(folders.suspect) ? isWhole : isStructurallySound;
  const copies = (): Iterable<Copy> => goodBackups(folders.backups, readMark(folders.head), at, isGood);
  const present = await presentStore(folders.database, isGood, looked);
  if (present.kind === 'damaged') return restored(folders, at, copies(), 'damaged');
  if (present.kind === 'sound') {
    try {
      return await goneOn(folders, at, present, copies);
    } catch (error) {
      if (!tellsOfDamage(error)) throw error;
      // A check that outlasts what a start may wait had not found it yet.
      present.db.close();
      return restored(folders, at, copies(), 'damaged');
    }
  }
  if (hasPast(folders)) return restored(folders, at, copies(), 'gone');
  return {
    db: await prepared(folders, openStore(folders.database), at),
    folders,
    health: { kind: 'healthy' },
  };
}

function tellsOfDamage(error: unknown): boolean {
  return error instanceof AppFault ? error.error.code === 'store.damaged' : isDamage(error);
}

/** Goes on with the store that stands there, unless it lost entries that a backup still has. */
async function goneOn(
  folders: StoreFolders,
  at: string,
  { db: sound, mended }: { readonly db: Db; readonly mended: boolean },
  copies: () => Iterable<Copy>,
): Promise<OpenedStore> {
  removedOrLeft(() => rmSync(folders.suspect, { force: true }));
  const db = await prepared(folders, sound, at);
  noteRewritten(db, folders, at);
  const head = headOf(db);
  const missing = missingEntries(folders.head, head);
  // Nothing outside the store says how far it had come: only what the backups hold can.
  const isUnmarked = (readMark(folders.head)?.sequence ?? 0) === 0;
  const { leading, apart } =
    missing > 0 || head.sequence === 0 || isUnmarked
      ? longerThan(head, copies())
      : { leading: null, apart: null };
  if (leading !== null) {
    db.close();
    return restored(folders, at, [leading], 'lost');
  }
  const nothingGone = {
    kind: 'restored',
    backupAt: null,
    missingEntries: missing,
    quarantineFolder: '',
  } as const;
  const health = ((): StoreHealth => {
    if (missing > 0) return { ...nothingGone, cause: 'lost' };
    if (isUnmarked && apart !== null) return { ...nothingGone, cause: 'unsure', backupAt: apart.at };
    return mended ? { ...nothingGone, cause: 'mended' } : { kind: 'healthy' };
  })();
  if (health.kind === 'healthy' && isUnmarked && head.sequence > 0) await keepMark(folders, head);
  return { db, folders, health: await noteRestore(db, folders, at, health) };
}

type Longer = {
  /** Holds everything up to this entry and more: going on from it loses nothing. */
  readonly leading: Copy | null;
  /** Holds more entries, but others: nobody can tell which of the two is the newer. */
  readonly apart: Copy | null;
};

/** The first backups that hold more entries than a store whose last one is `head`. */
function longerThan(head: AuditHead, copies: Iterable<Copy>): Longer {
  let apart: Copy | null = null;
  for (const copy of copies) {
    if ((headOfCopy(copy)?.sequence ?? 0) <= head.sequence) continue;
    if (head.sequence === 0 || lookAt(copy, (db) => hashAt(db, head.sequence)) === head.hash)
      return { leading: copy, apart };
    apart ??= copy;
  }
  return { leading: null, apart };
}

/** A copy of the first backup that can be read, beside the store. @throws AppFault store.diskFull: then nothing has been moved */
function firstCopied(
  folders: StoreFolders,
  copies: Iterable<Copy>,
): { readonly backup: Copy; readonly file: string } | null {
  for (const backup of copies) {
    try {
      return { backup, file: copyBeside(backup, folders.database) };
    } catch (error) {
      if (!(isOfDisk(error) || isDamage(error)) || diskFullCodes.has(faultCode(error))) throw error;
    }
  }
  return null;
}

/** Sets what stands there aside and goes on from the first backup that can be used, or from nothing where there is none. @throws AppFault store.newerThanApp where only a newer program could: then nothing has been moved */
async function restored(
  folders: StoreFolders,
  at: string,
  copies: Iterable<Copy>,
  cause: Extract<StoreHealth, { kind: 'restored' }>['cause'],
): Promise<OpenedStore> {
  const copied = firstCopied(folders, copies);
  const newer = copied === null ? versionOfNewer(folders.backups) : null;
  if (newer !== null) throw new AppFault('store.newerThanApp', { found: newer, known: migrations.length });
  const quarantineFolder = await setStoreAside(folders, at);
  if (copied !== null) await whileHeld(() => renameSync(copied.file, folders.database));
  // A mark that stays would have the next start go back once more, behind what is written from now on.
  for (const mark of [folders.restoreNext, folders.suspect])
    await whileHeld(() => rmSync(mark, { force: true }));
  const db = await prepared(folders, openStore(folders.database), at);
  const health: StoreHealth = {
    kind: 'restored',
    cause,
    backupAt: copied?.backup.at ?? null,
    // Another PC's entries are none that this one's mark could miss.
    missingEntries: cause === 'moved' ? 0 : missingEntries(folders.head, headOf(db)),
    quarantineFolder,
  };
  return { db, folders, health: await noteRestore(db, folders, at, health) };
}

/** What somebody wrote over in the audit stands in the audit from now on: the mark that shows it moves on with the next entry. */
function noteRewritten(db: Db, folders: StoreFolders, at: string): void {
  const audit = auditRepository(db);
  const sequence = rewrittenAt(readMark(folders.head), audit);
  if (sequence !== null)
    db.transaction(() => audit.append(at, 'audit-rewritten', 'audit', { sequence })).immediate();
}

async function noteRestore(
  db: Db,
  folders: StoreFolders,
  at: string,
  health: StoreHealth,
): Promise<StoreHealth> {
  if (health.kind !== 'restored') return health;
  const audit = auditRepository(db);
  db.transaction(() => {
    audit.append(at, 'store-restored', 'store', {
      missing: health.missingEntries,
      backup: health.backupAt ?? '',
      cause: health.cause,
    });
    if (health.cause !== 'mended') doubtUnsent(db, at);
  }).immediate();
  const head = audit.head();
  await keepMark(folders, { ...head, fork: head });
  return health;
}

async function keepMark(folders: StoreFolders, mark: AuditMark): Promise<void> {
  try {
    await whileHeld(() => publishHead(folders.head, mark));
  } catch (error) {
    // The work is in the store; a mark that stays behind is written with the next entry.
    if (!isOfDisk(error)) throw error;
  }
}

function sweepTemporary({ database, moving }: StoreFolders): void {
  removedOrLeft(() => rmSync(moving, { recursive: true, force: true }));
  for (const suffix of ['', '-wal', '-shm'])
    removedOrLeft(() => rmSync(`${database}.restoring${suffix}`, { recursive: true, force: true }));
}

/** Copies that a power cut kept from getting their name are looked at before they go: one may be all that is left. */
function sweepBackups(folder: string): void {
  for (const name of namesIn(folder))
    if (/\.tmp(-wal|-shm)?$/iu.test(name)) fileRemovedOrLeft(join(folder, name));
}
