import { statSync } from 'node:fs';
import type { IntegrityResult } from './begin-check.ts';
import { firstBytes, sqliteMagic } from './copies-in-folder.ts';
import { openDatabase } from './native-binding.ts';
import { applicationId, type Db, openStore } from './open-store.ts';
import { isFile, isThere } from './set-aside.ts';
import { isDamage } from './store-error.ts';
import { isBlank, mendShape } from './store-shape.ts';

/** What a check that runs beside the start has to say; `later`: it goes on, and whoever waits for it hears the end. */
export type Looked = Promise<IntegrityResult | 'later'>;

/** What stands where the store belongs: nothing that anybody ever wrote into, a store that can be used, or something that cannot. */
export type PresentStore =
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'sound'; readonly db: Db; readonly mended: boolean };

/** Versions of reading and writing other than these make SQLite take a file for one that must not be written, whoever spoiled them. */
function hasGoodHeader(file: string): boolean {
  const header = firstBytes(file, 20);
  const [write, read] = [header[18] ?? 0, header[19] ?? 0];
  return (
    header.toString('latin1', 0, 16) === sqliteMagic &&
    [write, read].every((version) => version === 1 || version === 2)
  );
}

/** A store of ours that lost its owner's mark is given it back; anything else is not touched. */
function claimed(file: string): Db | null {
  const db = openDatabase(file);
  try {
    if (isBlank(db) || mendShape(db) !== 'mended') return null;
    if (db.pragma('application_id', { simple: true }) !== applicationId) return null;
  } finally {
    db.close();
  }
  return openStore(file);
}

function opened(file: string): { readonly db: Db; readonly mended: boolean } | null {
  try {
    return { db: openStore(file), mended: false };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const db = claimed(file);
    return db === null ? null : { db, mended: true };
  }
}

/**
 * Opens what stands where the store belongs and looks whether it can be used.
 * @param isGood checks the pages where `looked` cannot tell
 * @throws the refusals of the place and the disk: they say nothing about the store
 */
export async function presentStore(
  file: string,
  isGood: (db: Db) => boolean,
  looked: Looked,
): Promise<PresentStore> {
  if (!isThere(file) || (isFile(file) && statSync(file).size === 0)) return { kind: 'absent' };
  if (!isFile(file) || !hasGoodHeader(file)) return { kind: 'damaged' };
  let db: Db | null = null;
  try {
    const found = opened(file);
    if (found === null) return { kind: 'damaged' };
    db = found.db;
    if (isBlank(db)) {
      db.close();
      return { kind: 'absent' };
    }
    const result = await looked;
    const isSound = result === 'cannot-tell' ? isGood(db) : result !== 'damaged';
    const shape = isSound ? mendShape(db) : 'broken';
    if (shape !== 'broken') return { kind: 'sound', db, mended: found.mended || shape === 'mended' };
  } catch (error) {
    if (!isDamage(error)) {
      db?.close();
      throw error;
    }
  }
  db?.close();
  return { kind: 'damaged' };
}
