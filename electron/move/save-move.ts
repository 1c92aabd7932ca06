import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Sha256 } from '../../shared/domain/ids.ts';
import { safeFileName } from '../../shared/text/safe-file-name.ts';
import { type FrozenFiles, verifiedOrWhyNot } from '../evidence/frozen-files.ts';
import { failpoint } from '../platform/failpoint.ts';
import { diskFullCodes, faultCode, isOfDisk } from '../platform/fault-code.ts';
import { sha256OfFile } from '../platform/sha256-of-file.ts';
import { isStructurallySound } from '../store/integrity-check.ts';
import { lookInto } from '../store/backup-standing.ts';
import { schemaVersion } from '../store/migrate.ts';
import type { Db } from '../store/open-store.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { storeFolders } from '../store/store-folders.ts';
import type { Keychain } from '../secrets/keychain.ts';
import { signingAccount } from '../store/signing-account.ts';
import { type MoveAbout, partNames } from './move-about.ts';
import { bytesBehindHead, bytesIn, counted, headOf, neededHashes, wholePart } from './moved-file.ts';
import { bytesOf, eachPart, packed, type Part } from './packed-parts.ts';
import { sealed, unsealed } from './sealed-file.ts';

/** What the name of such a file ends with. */
export const moveExtension = '.officina';

export type SavedMove = {
  readonly file: string;
  readonly sizeBytes: number;
  /** How many files of requests are in it, and the names of those whose copy cannot be used any more. */
  readonly files: number;
  readonly missing: readonly string[];
  /** False where the keychain did not give the key that receipts are signed with. */
  readonly hasKey: boolean;
};

export type SaveMoveParts = {
  readonly context: ServiceContext;
  readonly db: Db;
  readonly dataFolder: string;
  readonly appVersion: string;
  readonly frozenFiles: FrozenFiles;
  readonly keychain: Keychain;
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
  readonly signal: AbortSignal;
  /** Less than usual in tests only. */
  readonly cost?: number;
};

/** A file with its hash, as it was looked at a moment before. */
type Hashed = { readonly sha256: Sha256; readonly path: string; readonly sizeBytes: number };

/** Copies that can be used, each once, and the names of those that cannot. */
async function usable({
  context,
  frozenFiles,
  signal,
}: SaveMoveParts): Promise<{ readonly files: readonly Hashed[]; readonly missing: readonly string[] }> {
  const files = new Map<Sha256, Hashed>();
  const missing: string[] = [];
  for (const { id, sha256, sizeBytes, name, removedAt } of context.evidenceRows.newest(
    Number.MAX_SAFE_INTEGER,
  )) {
    if (signal.aborted) throw new AppFault('cancelled');
    if (removedAt !== null || files.has(sha256)) continue;
    const found = await verifiedOrWhyNot(frozenFiles, id);
    if (found.ok) files.set(sha256, { sha256, sizeBytes, path: found.value.path });
    else missing.push(name);
  }
  return { files: [...files.values()], missing };
}

/** The official terms the person brought in, by their hashes. */
async function termsIn(folder: string): Promise<readonly Hashed[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => /^[0-9a-f]{64}$/u.test(name))
      .map(async (name) => {
        const path = join(folder, name);
        const isWhole = (await sha256OfFile(path).catch(() => '')) === name;
        return isWhole ? [{ sha256: name as Sha256, path, sizeBytes: (await stat(path)).size }] : [];
      }),
  );
  return found.flat();
}

/** A copy of the store as it is at one moment, beside it, and the files it names. @throws AppFault store.damaged when the copy is not sound */
async function copyOfStore({ db, dataFolder }: SaveMoveParts): Promise<{
  readonly path: string;
  readonly sizeBytes: number;
  readonly needs: readonly string[];
}> {
  const { moving } = storeFolders(dataFolder);
  await mkdir(moving, { recursive: true });
  const copy = join(moving, 'out.db');
  await rm(copy, { force: true });
  await db.backup(copy);
  const needs = lookInto(copy, (found) => (isStructurallySound(found) ? neededHashes(found) : null));
  if (needs === null) throw new AppFault('store.damaged', { detail: 'copy' });
  return { path: copy, sizeBytes: (await stat(copy)).size, needs };
}

function partsOf(
  store: Omit<Hashed, 'sha256'>,
  files: readonly Hashed[],
  terms: readonly Hashed[],
  key: string | null,
): readonly Part[] {
  const ofFile = (name: string, { path, sizeBytes }: Omit<Hashed, 'sha256'>): Part => ({
    name,
    sizeBytes,
    bytes: bytesIn(path),
  });
  return [
    ofFile(partNames.store, store),
    ...(key === null
      ? []
      : [{ name: partNames.key, sizeBytes: Buffer.byteLength(key), bytes: bytesOf(key) }]),
    ...files.map((file) => ofFile(partNames.file(file.sha256), file)),
    ...terms.map((file) => ofFile(partNames.terms(file.sha256), file)),
  ];
}

async function* inOrder(about: string, parts: readonly Part[]): AsyncGenerator<Part> {
  yield { name: partNames.about, sizeBytes: Buffer.byteLength(about), bytes: bytesOf(about) };
  yield* parts;
}

/** Reads a sealed file to its last byte, as the other PC will. @throws AppFault export.failed when the disk gives back something else */
async function readBack(file: string, passphrase: string, cost: number | undefined): Promise<void> {
  try {
    await eachPart(unsealed(await headOf(file), bytesBehindHead(file), passphrase, cost), async (part) => {
      await wholePart(part, () => undefined);
    });
  } catch (error) {
    throw error instanceof AppFault ? new AppFault('export.failed') : error;
  }
}

async function freeFile(folder: string, day: string): Promise<string> {
  const taken = new Set((await readdir(folder)).map((name) => name.toLowerCase()));
  for (let count = 1; count < 1_000; count += 1) {
    const name = safeFileName(`Officina Support ${day}${count === 1 ? '' : ` (${count})`}${moveExtension}`);
    if (!taken.has(name.toLowerCase())) return join(folder, name);
  }
  throw new AppFault('export.failed');
}

/** What the disk that is written to refuses, in words of an export. */
function asExport(error: unknown): unknown {
  if (error instanceof AppFault || !isOfDisk(error) || diskFullCodes.has(faultCode(error))) return error;
  return new AppFault('export.failed');
}

/**
 * Writes everything of this workshop into one sealed file that another PC can take over: a copy of the store of one moment, the files of
 * the requests, the official terms, and the key that receipts are signed with. Passwords are not in it. The file is read back to its last
 * byte before it bears its name; nothing is held in memory but a piece.
 * @throws AppFault export.failed, store.damaged, cancelled; SQLite's own errors
 */
export async function saveMove(passphrase: string, folder: string, parts: SaveMoveParts): Promise<SavedMove> {
  const { context, dataFolder, keychain, signal, onProgress, cost } = parts;
  const { moving } = storeFolders(dataFolder);
  const savedAt = context.clock.instant();
  let temporary: string | null = null;
  try {
    const store = await copyOfStore(parts);
    const { files, missing } = await usable(parts);
    const terms = await termsIn(join(dataFolder, 'terms'));
    const key = await keychain.read(signingAccount(parts.db));
    const packedParts = partsOf(store, files, terms, key.kind === 'present' ? key.secret : null);
    const taken = new Set<string>(files.map(({ sha256 }) => sha256));
    const about: MoveAbout = {
      appVersion: parts.appVersion,
      schema: schemaVersion(parts.db),
      savedAt,
      company: context.profile.profile()?.company ?? '',
      parts: packedParts.length,
      lacking: store.needs.filter((sha256) => !taken.has(sha256)).map((sha256) => sha256.slice(0, 64)),
    };
    const totalBytes = packedParts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const file = await freeFile(folder, savedAt.slice(0, 10));
    temporary = `${file}.tmp`;
    const handle = await open(temporary, 'w');
    try {
      let done = 0;
      const plain = packed(inOrder(JSON.stringify(about), packedParts));
      const count = (bytes: number): void => {
        done += bytes;
        onProgress(done, totalBytes);
      };
      for await (const piece of counted(sealed(plain, passphrase, cost), count, signal))
        await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    failpoint('move.written');
    await readBack(temporary, passphrase, cost);
    await rename(temporary, file);
    return {
      file,
      sizeBytes: (await stat(file)).size,
      files: files.length,
      missing,
      hasKey: key.kind !== 'unavailable',
    };
  } catch (error) {
    if (temporary !== null) await rm(temporary, { force: true }).catch(() => undefined);
    throw asExport(error);
  } finally {
    await rm(moving, { recursive: true, force: true }).catch(() => undefined);
  }
}
