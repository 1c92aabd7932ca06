import { randomUUID } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Sha256 } from '../../shared/domain/ids.ts';
import { jsonOf } from '../../shared/domain/json-of.ts';
import { withFreeSpace } from '../evidence/free-space.ts';
import { frozenState } from '../evidence/frozen-state.ts';
import type { FrozenFolder } from '../evidence/frozen-folder.ts';
import { failpoint } from '../platform/failpoint.ts';
import { whileHeld } from '../platform/locked-file-retry.ts';
import type { Keychain } from '../secrets/keychain.ts';
import { backupFile } from '../store/backup.ts';
import { lookInto } from '../store/backup-standing.ts';
import { isStructurallySound } from '../store/integrity-check.ts';
import { migrations, schemaVersion } from '../store/migrate.ts';
import { applicationId, closeStore, type Db, openStore } from '../store/open-store.ts';
import { askForMoved, backupId } from '../store/restore-backup.ts';
import type { StoreFolders } from '../store/store-folders.ts';
import { isOurStore } from '../store/store-shape.ts';
import { keepSigningAccount } from '../store/signing-account.ts';
import { hashedPart, type MoveAbout, moveAboutSchema, partNames } from './move-about.ts';
import { bytesBehindHead, counted, headOf, neededHashes, wholePart } from './moved-file.ts';
import { eachPart, type Part } from './packed-parts.ts';
import { assertHead, unsealed } from './sealed-file.ts';

/** Everything of a moved workshop, checked to its last byte, in a folder beside the store. */
export type Staged = {
  readonly about: MoveAbout;
  readonly folder: string;
  readonly hashes: readonly Sha256[];
  readonly terms: readonly string[];
  readonly key: string | null;
  readonly sizeBytes: number;
  /** Requests and drafts of the store that was brought, and what of it had not been sent. */
  readonly requests: number;
  readonly waiting: number;
};

export type TakeMoveParts = {
  readonly folders: StoreFolders;
  readonly frozen: FrozenFolder;
  readonly termsFolder: string;
  readonly whileNothingIsFrozen: <T>(work: () => Promise<T>) => Promise<T>;
  readonly keychain: Keychain;
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
  readonly signal: AbortSignal;
  /** Less than usual in tests only. */
  readonly cost?: number;
};

/** Says of a file whether it is one to take over, before anybody types a passphrase. @throws AppFault move.notOurs, move.newer, move.damaged */
export async function lookAtMove(
  file: string,
): Promise<{ readonly name: string; readonly sizeBytes: number }> {
  const found = await stat(file);
  if (!found.isFile()) throw new AppFault('move.notOurs');
  assertHead(await headOf(file));
  return { name: basename(file), sizeBytes: found.size };
}

const storeName = 'store.db';
/** What is held in memory whole, in bytes: what the file says of itself, with a line for each file that was lost. */
const shortPartBytes = 16 * 1024 * 1024;

async function textOf(part: Part): Promise<string> {
  if (part.sizeBytes > shortPartBytes) throw new AppFault('move.damaged');
  const pieces: Uint8Array[] = [];
  await wholePart(part, (bytes) => pieces.push(bytes));
  return Buffer.concat(pieces).toString('utf8');
}

async function toFile(part: Part, file: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await wholePart(part, (bytes) => handle.writeFile(bytes));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

type Unpacked = Pick<Staged, 'hashes' | 'terms' | 'key'> & { readonly about: MoveAbout | null };

/** Every part into the folder, in any order but `about` first. */
async function unpack(
  plain: AsyncIterable<Uint8Array>,
  folder: string,
): Promise<Unpacked & { readonly hasStore: boolean }> {
  let about: MoveAbout | null = null;
  let hasStore = false;
  let key: string | null = null;
  const hashes: Sha256[] = [];
  const terms: string[] = [];
  const count = await eachPart(plain, async (part) => {
    const hashed = hashedPart(part.name);
    if (about === null) {
      about = part.name === partNames.about ? aboutOf(await textOf(part)) : null;
      if (about === null) throw new AppFault('move.damaged');
    } else if (part.name === partNames.store && !hasStore) {
      await toFile(part, join(folder, storeName));
      hasStore = true;
    } else if (part.name === partNames.key && key === null) key = await textOf(part);
    else if (hashed === null) throw new AppFault('move.damaged');
    else {
      await toFile(part, join(folder, `${hashed.folder}-${hashed.sha256}`));
      if (hashed.folder === 'terms') terms.push(hashed.sha256);
      else hashes.push(hashed.sha256 as Sha256);
    }
  });
  const told = about as MoveAbout | null;
  if (told !== null && told.parts !== count - 1) throw new AppFault('move.damaged');
  return { about: told, hasStore, key, hashes, terms };
}

/** @throws AppFault move.newer for what a later program says of itself, move.damaged for what none does */
function aboutOf(text: string): MoveAbout {
  const about = moveAboutSchema.safeParse(jsonOf(text)).data;
  if (about === undefined) throw new AppFault('move.damaged');
  if (about.schema > migrations.length) throw new AppFault('move.newer');
  return about;
}

const countOf = (db: Db, sql: string): number => Number(db.prepare(sql).pluck().get());

/** How many requests and drafts a store holds. @throws SQLite's own errors */
export const requestsIn = (db: Db): number => countOf(db, 'select count(*) from tickets');

/** What is found in a store that is to take this one's place; `newer` and `foreign` for those that must not. */
type Judged =
  | { readonly kind: 'newer' | 'foreign' | 'damaged' }
  | {
      readonly kind: 'good';
      readonly requests: number;
      readonly waiting: number;
      readonly hashes: readonly string[];
    };

function judged(db: Db): Judged {
  if (db.pragma('application_id', { simple: true }) !== applicationId) return { kind: 'foreign' };
  if (schemaVersion(db) > migrations.length) return { kind: 'newer' };
  if (!isOurStore(db)) return { kind: 'foreign' };
  if (!isStructurallySound(db)) return { kind: 'damaged' };
  return {
    kind: 'good',
    requests: requestsIn(db),
    waiting: countOf(
      db,
      "select count(*) from outbox where state in ('queued', 'sending', 'unknown', 'set-aside', 'by-hand')",
    ),
    hashes: neededHashes(db),
  };
}

/** @throws AppFault move.notOurs, move.newer, move.damaged */
function judgeStore(
  file: string,
  { hashes, about }: Unpacked & { readonly about: MoveAbout },
): Extract<Judged, { kind: 'good' }> {
  const found: Judged = lookInto(file, judged) ?? { kind: 'damaged' };
  if (found.kind === 'foreign') throw new AppFault('move.notOurs');
  if (found.kind === 'newer') throw new AppFault('move.newer');
  if (found.kind !== 'good') throw new AppFault('move.damaged');
  // A file whose copy was lost on the other PC already is named in front; no other may be missing.
  const known = new Set<string>([...hashes, ...about.lacking]);
  if (found.hashes.some((sha256) => !known.has(sha256))) throw new AppFault('move.damaged');
  return found;
}

/**
 * Opens a moved workshop into a folder beside the store and judges it whole: every byte, the store, each file by its hash. Nothing of
 * this PC is touched, and where anything is wrong nothing of it stays.
 * @throws AppFault move.notOurs, move.newer, move.passphrase, move.damaged, evidence.noSpace, cancelled
 */
export async function stageMove(
  file: string,
  passphrase: string,
  { folders, signal, onProgress, cost }: TakeMoveParts,
): Promise<Staged> {
  const { sizeBytes } = await lookAtMove(file);
  const folder = join(folders.moving, 'in');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let done = 0;
  const onBytes = (count: number): void => {
    done += count;
    onProgress(done, sizeBytes);
  };
  const space = { folder: { root: folders.moving }, freeSpace: (path: string) => statfs(path) };
  try {
    const head = await headOf(file);
    const plain = unsealed(head, counted(bytesBehindHead(file), onBytes, signal), passphrase, cost);
    const unpacked = await withFreeSpace(space, sizeBytes, () => unpack(plain, folder));
    const { about, hasStore } = unpacked;
    if (about === null || !hasStore) throw new AppFault('move.damaged');
    const { requests, waiting } = judgeStore(join(folder, storeName), { ...unpacked, about });
    return { ...unpacked, about, folder, sizeBytes, requests, waiting };
  } catch (error) {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * The key that receipts are signed with goes into the keychain under a name of its own, which the brought store names: the two change
 * together. A PC without a keychain goes on without it, as it would anyway.
 * @throws AppFault keychain.unavailable, keychain.denied
 */
async function keepKey(staged: Staged, keychain: Keychain): Promise<void> {
  if (staged.key === null) return;
  const account = `installation signing key, brought ${randomUUID()}`;
  try {
    await keychain.save(account, staged.key);
  } catch (error) {
    if (error instanceof AppFault && error.error.code === 'keychain.absent') return;
    throw error;
  }
  const db = openStore(join(staged.folder, storeName));
  try {
    keepSigningAccount(db, account);
  } finally {
    closeStore(db);
  }
}

/**
 * Puts what was staged in place: the files first, each with an intent that the next start either confirms by the brought store or takes
 * back; then the store beside the backups, and last the mark by which the next start puts it in the place of what stands there now,
 * which is set aside. A cut at any moment leaves the one or the other.
 * @throws AppFault of the keychain; the disk's own errors
 */
export async function takeStaged(staged: Staged, at: string, parts: TakeMoveParts): Promise<void> {
  const { folders, frozen } = parts;
  await keepKey(staged, parts.keychain);
  await parts.whileNothingIsFrozen(async () => {
    for (const sha256 of staged.hashes) {
      const from = join(staged.folder, `file-${sha256}`);
      const { size } = await stat(from);
      if ((await frozenState(frozen.fileOf(sha256), { sha256, sizeBytes: size })) === 'intact') continue;
      await frozen.intend(sha256);
      await frozen.place(from, sha256);
    }
  });
  await mkdir(parts.termsFolder, { recursive: true });
  for (const sha256 of staged.terms)
    await rename(join(staged.folder, `terms-${sha256}`), join(parts.termsFolder, sha256));
  failpoint('move.filesPlaced');
  await mkdir(folders.backups, { recursive: true });
  const target = backupFile(folders.backups, 'moved', at);
  for (const suffix of ['-wal', '-shm'])
    if (existsSync(join(staged.folder, storeName + suffix))) throw new AppFault('move.damaged');
  await whileHeld(() => renameSync(join(staged.folder, storeName), target));
  failpoint('move.storePlaced');
  askForMoved(folders.restoreNext, backupId({ file: target }));
  await rm(folders.moving, { recursive: true, force: true }).catch(() => undefined);
}
