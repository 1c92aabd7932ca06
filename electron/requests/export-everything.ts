import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { safeFileName } from '../../shared/text/safe-file-name.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { writeDocuments } from './request-documents.ts';
import type { ExportRequest } from './request-in-words.ts';
import type { FrozenFiles } from '../evidence/frozen-files.ts';
import type { Db } from '../store/open-store.ts';
import { exportedRow } from './exported-columns.ts';
import { copyUsable, type Exported, exported, freeName, newFolder, writeWhole } from './export-folder.ts';

const tablesSchema = z.array(z.object({ name: z.string(), type: z.string(), schema: z.string() }));
const rowSchema = z.record(z.string(), z.unknown());
const unlistedSchema = z.array(z.object({ id: z.string(), name: z.string().catch('') }));

/** The store's own tables; what full-text search keeps beside them is made from these. */
function ownTables(db: Db): readonly string[] {
  return tablesSchema
    .parse(db.pragma('table_list'))
    .filter(({ name, type, schema }) => schema === 'main' && type === 'table' && !name.startsWith('sqlite_'))
    .map(({ name }) => name)
    .toSorted();
}

/** Rows as JSON in this order, each with what of it may leave, up to the first that the disk does not give back. */
function rowsUntilFault(
  db: Db,
  table: string,
  query: string,
  withOwn: boolean,
): { readonly rows: readonly string[]; readonly whole: boolean } {
  const rows: string[] = [];
  try {
    for (const row of db.prepare(query).iterate())
      rows.push(JSON.stringify(exportedRow(table, rowSchema.parse(row), withOwn), null, 1));
    return { rows, whole: true };
  } catch {
    return { rows, whole: false };
  }
}

/** The rows of one table; around those that cannot be read, what stands before and behind them. */
function readableRows(
  db: Db,
  table: string,
  withOwn: boolean,
): { readonly rows: readonly string[]; readonly whole: boolean } {
  const from = `from "${table.replaceAll('"', '""')}"`;
  const forward = rowsUntilFault(db, table, `select * ${from}`, withOwn);
  if (forward.whole) return forward;
  const backward = rowsUntilFault(db, table, `select * ${from} order by rowid desc`, withOwn);
  if (backward.whole) return { rows: backward.rows.toReversed(), whole: true };
  return { rows: [...forward.rows, ...backward.rows.toReversed()], whole: false };
}

/** Names of files whose own row cannot be read, so that nobody knows which bytes they are; by their id where the name is gone too. */
function unlistedFiles(db: Db, listed: readonly Evidence[]): readonly string[] {
  const known = new Set<string>(listed.map(({ id }) => id));
  try {
    const rows = unlistedSchema.parse(db.prepare('select cast(id as text) as id, name from evidence').all());
    return rows.filter(({ id }) => !known.has(id)).map(({ id, name }) => (name === '' ? id : name));
  } catch {
    // The table itself is named then.
    return [];
  }
}

export type EverythingParts = {
  readonly db: Db;
  readonly evidence: readonly Evidence[];
  readonly frozenFiles: Pick<FrozenFiles, 'verified'>;
  /** One draft or request as it is carried away. @throws where it cannot be told */
  readonly requestOf: (id: TicketId) => ExportRequest;
  /** With plates, customers and private notes, which nobody else is meant to read; left out: without. */
  readonly withOwn?: boolean;
};

/**
 * Everything held on this PC about the workshop and its customers, as a folder of plain files (R-PRIVACY-1): each table of the store as
 * JSON (of each column what `exported-columns.ts` says), each request as a page to
 * read, each kept file, and a list with sizes and hashes. What cannot be read, a file, a row or a table, is named in the list and the
 * answer instead of stopping the rest: of a table `part of` stands there with the rows that could be. No secret is in it, because none is in the store.
 * @throws AppFault export.failed; errors of the disk that is written to
 */
export async function exportEverything(
  parent: string,
  day: string,
  parts: EverythingParts,
): Promise<Exported> {
  const folder = await newFolder(parent, safeFileName(`Officina Support ${day}`));
  const [store, files, requests] = [join(folder, 'store'), join(folder, 'files'), join(folder, 'requests')];
  await Promise.all([mkdir(store), mkdir(files), mkdir(requests)]);
  const [tables, incomplete, taken]: [string[], string[], Set<string>] = [[], [], new Set()];
  for (const table of ownTables(parts.db)) {
    const { rows, whole } = readableRows(parts.db, table, parts.withOwn ?? false);
    (whole ? tables : incomplete).push(table);
    await writeWhole(
      join(store, freeName(whole ? `${table}.json` : `part of ${table}.json`, taken)),
      `[${rows.join(',\n')}]\n`,
    );
  }
  const listed = await copyUsable(files, parts.evidence, parts.frozenFiles, new Set());
  const unlisted = unlistedFiles(parts.db, parts.evidence);
  const copies = new Map(
    parts.evidence.flatMap(({ id }, at) => {
      const file = listed[at];
      return file === undefined ? [] : [[id, file] as const];
    }),
  );
  const { documents, unreadable } = await writeDocuments(requests, parts.db, parts.requestOf, copies);
  await writeWhole(
    join(folder, 'manifest.json'),
    `${JSON.stringify({ day, tables, incomplete, files: listed, unlisted, documents, unreadable }, null, 2)}\n`,
  );
  const written = exported(folder, listed);
  return {
    ...written,
    missing: [...incomplete.map((table) => `${table}.json`), ...written.missing, ...unlisted],
  };
}
