import { cpSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../electron/store/native-binding.ts';
import { closeStore, type Db } from '../../electron/store/open-store.ts';
import { storeFolders } from '../../electron/store/store-folders.ts';
import { AppFault } from '../../shared/domain/app-error.ts';
import { messageIdSchema, ticketIdSchema } from '../../shared/domain/ids.ts';
import { fillEveryTable } from './every-table-filled.ts';
import { freshFolder, type OpenedServices, openTestWorkshop } from './workshop-fixture.ts';

/** What stands in a column in place of what the program wrote; what a column refuses by its type is left out and not counted. */
const damages: readonly unknown[] = [
  'not json',
  '{}',
  '7',
  'a\0b',
  'x'.repeat(70_000),
  null,
  -1,
  9_007_199_254_740_993n,
];

type Column = { readonly table: string; readonly column: string };
/** What every screen shows, by the question that asks for it: the ids in its answer. */
type Shown = ReadonlyMap<string, ReadonlySet<string>>;

const model = freshFolder();
let columns: readonly Column[] = [];
let ids: { readonly drafts: readonly string[]; readonly tickets: readonly string[] } = {
  drafts: [],
  tickets: [],
};

const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];
const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu;
const idsIn = (answer: unknown): ReadonlySet<string> =>
  new Set(textsIn(answer).flatMap((text) => text.match(uuids) ?? []));

/** Asks what the screens ask. A question about one request may say in words that it cannot be read; no other may. */
async function shown({ call, services }: OpenedServices): Promise<Shown> {
  const found = new Map<string, ReadonlySet<string>>();
  const ask = async (name: string, answer: () => unknown): Promise<void> => {
    try {
      found.set(name, idsIn(await answer()));
    } catch (error) {
      if (name.includes(' ') && error instanceof AppFault) return;
      throw new Error(name, { cause: error });
    }
  };
  for (const name of [
    'appInfo',
    'tools',
    'toolVersions',
    'watchedFolders',
    'evidenceList',
    'outbox',
    'portalStatus',
    'terms',
    'packStatus',
    'liveSession',
    'verifyAudit',
    'backups',
  ] as const)
    await ask(name, () => call(name, {}));
  for (const filter of ['all', 'you', 'waiting', 'drafts', 'vendor', 'closed'] as const)
    await ask(`requests-${filter}`, async () =>
      (await call('requests', { filter, text: '', offset: 0 })).rows.map(({ id }) => id),
    );
  await ask('search', async () =>
    (await call('requests', { filter: 'all', text: 'parte', offset: 0 })).rows.map(({ id }) => id),
  );
  for (const kind of ['all', 'requests', 'settings'] as const)
    await ask(`audit-${kind}`, () => call('auditPage', { kind, offset: 0 }));
  for (const id of ids.drafts.map((text) => ticketIdSchema.parse(text))) {
    await ask(`draft ${id}`, () => call('draft', { id }));
    await ask(`versions ${id}`, () => call('draftVersions', { id }));
    await ask(`review ${id}`, () => call('review', { id }));
    await ask(`advice ${id}`, () => call('draftAdvice', { id }));
  }
  for (const id of ids.tickets.map((text) => ticketIdSchema.parse(text))) {
    await ask(`ticket ${id}`, () => call('ticket', { id }));
    await ask(`session ${id}`, () => call('remoteSession', { ticketId: id }));
    await ask(`replyAdvice ${id}`, () => call('replyAdvice', { ticketId: id, text: 'La batteria' }));
    await ask(`package ${id}`, () => call('manualPackage', { id }));
  }
  await ask('uses', () => services.context.fileUses.all());
  await ask('asked', () => services.context.askedBack.counts('ktag-master', 'question'));
  await ask('kept', () => services.context.evidenceRows.kept());
  return found;
}

/** What a person does next: it works whatever one row holds. */
async function worksOn({ call }: OpenedServices): Promise<void> {
  const draft = await call('startDraft', { toolId: null, evidenceIds: [] });
  await call('editDraft', { id: draft.id, baseRevision: draft.revision, content: draft.content });
  await call('removeDraft', { id: draft.id });
  await call('saveSettings', { largeControls: true });
}

beforeAll(async () => {
  const shop = await openTestWorkshop(model);
  await fillEveryTable(shop);
  const { db } = shop.services.store;
  const texts = (sql: string): readonly string[] => db.prepare(sql).pluck().all().map(String);
  const tables = texts(
    "select name from sqlite_schema where type = 'table' and sql not like 'create virtual%' and name not like 'request_words%' and name not like 'sqlite_%'",
  );
  for (const table of tables)
    if (table !== 'profile' && table !== 'set_aside')
      expect(`${table} ${db.prepare(`select count(*) > 1 from ${table}`).pluck().get()}`).toBe(`${table} 1`);
  columns = tables.flatMap((table) =>
    texts(`select name from pragma_table_info('${table}')`).map((column) => ({ table, column })),
  );
  ids = {
    drafts: texts("select id from tickets where stage = 'draft'"),
    tickets: texts("select id from tickets where stage = 'frozen'"),
  };
  closeStore(db);
});

afterAll(() => rmSync(model, { recursive: true, force: true }));

/** The first row of a table, or the last; tables whose rows follow one another are damaged at their end as well. */
function rowOf(
  db: Db,
  table: string,
  last: boolean,
): { readonly rowid: bigint | number; readonly ids: ReadonlySet<string> } | null {
  const row = db
    .prepare(`select rowid as "the rowid", * from ${table} order by rowid ${last ? 'desc' : ''} limit 1`)
    .get() as Record<string, unknown> | undefined;
  if (row === undefined) return null;
  const { 'the rowid': rowid, ...rest } = row;
  return { rowid: rowid as number, ids: idsIn(rest) };
}

/** Damages one value, whatever refers to it. False when the column does not take such a value, or holds it already. */
function damaged(db: Db, { table, column }: Column, rowid: number | bigint, value: unknown): boolean {
  try {
    return (
      db
        .prepare(`update ${table} set "${column}" = ? where rowid = ? and "${column}" is not ?`)
        .run(value, rowid, value).changes === 1
    );
  } catch {
    return false;
  }
}

/** What leaves this PC is put together from these rows whole, or refused with words: no file may be missing from it unseen. */
const restsOn: Readonly<Record<string, readonly string[]>> = {
  profile: ['review'],
  tools: ['review'],
  evidence: ['review', 'package'],
};

/** What was there before and is not now, but for what belongs to the damaged row itself. */
function missing(before: Shown, after: Shown, own: ReadonlySet<string>, table = ''): readonly string[] {
  return [...before].flatMap(([name, wanted]) => {
    const of = name.split(' ')[1];
    const answer = after.get(name);
    const isAllowed =
      (of !== undefined && own.has(of)) || (restsOn[table] ?? []).includes(name.split(' ')[0] ?? '');
    if (answer === undefined) return isAllowed ? [] : [`${name}: refused`];
    return [...wanted].filter((id) => !answer.has(id) && !own.has(id)).map((id) => `${name}: ${id}`);
  });
}

test.each([
  ['first', damages, 700],
  ['last', ['not json', null, -1], 200],
] as const)(
  'DAMAGE-3: one damaged value harms only its own row, on every screen and in every table (%s row)',
  async (which, values, floor) => {
    const place = freshFolder();
    cpSync(model, place, { recursive: true });
    const shop = await openTestWorkshop(place);
    const { db } = shop.services.store;
    const before = await shown(shop);
    expect(missing(before, before, new Set())).toEqual([]);
    db.pragma('foreign_keys = off');
    let tried = 0;
    const harmed: string[] = [];
    for (const at of columns) {
      const row = rowOf(db, at.table, which === 'last');
      if (row === null) continue;
      const old = db.prepare(`select "${at.column}" from ${at.table} where rowid = ?`).pluck().get(row.rowid);
      for (const value of values) {
        if (!damaged(db, at, row.rowid, value)) continue;
        tried += 1;
        const what = `${at.table}.${at.column} = ${String(value).slice(0, 20)}`;
        await shown(shop)
          .then((after) =>
            harmed.push(...missing(before, after, row.ids, at.table).map((line) => `${what}: ${line}`)),
          )
          .catch((error: unknown) =>
            harmed.push(`${what}: ${String(error)} ${String((error as Error).cause).slice(0, 200)}`),
          );
        // A number that is the row's own place moves with it.
        const moved =
          db.prepare(`update ${at.table} set "${at.column}" = ? where rowid = ?`).run(old, row.rowid)
            .changes === 1;
        if (!moved) db.prepare(`update ${at.table} set "${at.column}" = ? where rowid = ?`).run(old, value);
      }
    }
    closeStore(db);
    expect(harmed.slice(0, 200)).toEqual([]);
    expect(tried).toBeGreaterThan(floor);
  },
  600_000,
);

test('DAMAGE-3: program starts, works and shows the rest whichever value of a table is damaged before the start', async () => {
  let tried = 0;
  const harmed: string[] = [];
  for (const column of columns)
    for (const value of ['a\0b', -1]) {
      const place = freshFolder();
      cpSync(model, place, { recursive: true });
      const db = openDatabase(storeFolders(place).database);
      const row = rowOf(db, column.table, true);
      const isDamaged = row !== null && damaged(db, column, row.rowid, value);
      db.close();
      if (isDamaged) {
        tried += 1;
        const what = `${column.table}.${column.column} = ${value}`;
        try {
          const shop = await openTestWorkshop(place);
          await worksOn(shop);
          await shown(shop);
          const { health } = shop.services.store;
          // An entry of the audit that is not where it was is one that is missing, and told.
          if (health.kind !== 'healthy' && column.table !== 'audit')
            harmed.push(`${what}: ${JSON.stringify(health)}`);
          closeStore(shop.services.store.db);
        } catch (error) {
          harmed.push(`${what}: ${String(error)} ${String((error as Error).cause)}`);
        }
      }
      rmSync(place, { recursive: true, force: true });
    }
  expect(harmed).toEqual([]);
  expect(tried).toBeGreaterThan(100);
}, 600_000);

test('ids of the fixture are those of the store', () => {
  expect([ids.drafts.length, ids.tickets.length]).toEqual([2, 4]);
  expect(messageIdSchema.safeParse(ids.drafts[0]).success).toBe(true);
});
