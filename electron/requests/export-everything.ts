import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { safeFileName } from '../../shared/rules/safe-file-name.ts';
import type { FrozenFiles } from '../evidence/frozen-files.ts';
import type { Db } from '../store/open-store.ts';
import { copyUsable, type Exported, exported, newFolder, writeWhole } from './export-folder.ts';

const tablesSchema = z.array(z.object({ name: z.string(), type: z.string(), schema: z.string() }));

/** The store's own tables; what full-text search keeps beside them is made from these. */
function ownTables(db: Db): readonly string[] {
  return tablesSchema
    .parse(db.pragma('table_list'))
    .filter(({ name, type, schema }) => schema === 'main' && type === 'table' && !name.startsWith('sqlite_'))
    .map(({ name }) => name)
    .toSorted();
}

export type EverythingParts = {
  readonly db: Db;
  readonly evidence: readonly Evidence[];
  readonly frozenFiles: Pick<FrozenFiles, 'verified'>;
};

/**
 * Everything held on this PC about the workshop and its customers, as a folder of plain files (R-PRIVACY-1): each table of the store as
 * JSON, each kept file, and a list with sizes and hashes. A file that cannot be used is named in the list and the answer instead of stopping the rest.
 * No secret is in it, because none is in the store.
 * @throws AppFault export.failed; disk errors as they come
 */
export async function exportEverything(parent: string, day: string, parts: EverythingParts): Promise<Exported> {
  const folder = await newFolder(parent, safeFileName(`Officina Support ${day}`));
  const [store, files] = [join(folder, 'store'), join(folder, 'files')];
  await Promise.all([mkdir(store), mkdir(files)]);
  const tables = ownTables(parts.db);
  for (const table of tables)
    await writeWhole(join(store, `${table}.json`), `${JSON.stringify(parts.db.prepare(`select * from "${table}"`).all(), null, 1)}\n`);
  const listed = await copyUsable(files, parts.evidence, parts.frozenFiles, new Set());
  await writeWhole(join(folder, 'manifest.json'), `${JSON.stringify({ day, tables, files: listed }, null, 2)}\n`);
  return exported(folder, listed);
}
