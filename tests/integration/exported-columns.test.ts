import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportedColumns } from '../../electron/requests/exported-columns.ts';
import { fillEveryTable } from './every-table-filled.ts';
import { freshFolder, noEvidence, openTestWorkshop, readyDraft } from './workshop-fixture.ts';

/** Words of a portal's choosing, written where a portal can write: each column with the value that carries its mark. */
const hostile: readonly (readonly [string, string, (mark: string) => string])[] = [
  ['messages', 'portal_reference', (mark) => mark],
  ['outbox', 'resume', (mark) => `https://portal.example/api/v1/uploads/${mark}`],
  ['outbox', 'pace', (mark) => mark],
  [
    'outbox',
    'last_error',
    (mark) => JSON.stringify({ code: 'portal.rejected', params: { status: 422, field: mark, [mark]: mark } }),
  ],
  ['outbox', 'last_error', (mark) => mark],
  ['portal_cursors', 'cursor', (mark) => mark],
  ['set_aside', 'entry', (mark) => JSON.stringify({ number: 'P-1', text: mark })],
  ['tickets', 'search', (mark) => mark],
  [
    'notices',
    'notice',
    (mark) =>
      JSON.stringify({
        id: mark,
        kind: 'info',
        title: { it: mark, en: mark },
        startsAt: '2026-11-24T08:00:00.000Z',
        endsAt: null,
        origin: 'portal',
      }),
  ],
  ['notices', 'notice', (mark) => mark],
];
const portalSettings = [
  'terms practice',
  'versions practice',
  'requirements practice',
  'rest practice outbox',
];

test("no word a portal chose lands in an export of everything, in any column, and what is the person's is all there", async () => {
  const target = freshFolder();
  const shop = await openTestWorkshop(freshFolder(), {
    evidence: { ...noEvidence, dialogs: { chooseFiles: async () => [], chooseFolder: async () => target } },
  });
  await fillEveryTable(shop);
  const { db } = shop.services.store;
  db.prepare(
    "insert into set_aside (id, recipient, why, entry, at, told) values ('a', 'practice', 'unreadable', '{}', 'x', 0)",
  ).run();
  for (const key of portalSettings)
    db.prepare('insert or replace into settings (key, value) values (?, ?)').run(
      key,
      JSON.stringify({ version: `MARK ${key}` }),
    );
  let written = 0;
  for (const [index, [table, column, value]] of hostile.entries()) {
    const one = `rowid = (select rowid from "${table}" order by rowid limit 1 offset ${index % 2})`;
    const where =
      table === 'set_aside'
        ? "id = 'a'"
        : table === 'messages'
          ? 'portal_reference is not null and id = (select min(id) from messages where portal_reference is not null)'
          : one;
    const { changes } = db
      .prepare(`update "${table}" set "${column}" = ? where ${where}`)
      .run(value(`MARK-${table}-${column}`));
    expect(changes, `${table}.${column}`).toBe(1);
    written += changes;
    if (table === 'notices') db.prepare(`update notices set id = ? where ${one}`).run(`MARK-id-${index}`);
  }
  expect(written).toBe(hostile.length);
  const exported = await shop.call('exportEverything', {});
  const folder = join(exported?.folder ?? '', 'store');
  const texts = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
  expect(texts.map(([name]) => name).toSorted()).toEqual(
    Object.keys(exportedColumns)
      .map((table) => `${table}.json`)
      .toSorted(),
  );
  expect(texts.filter(([, text]) => text.includes('MARK')).map(([name]) => name)).toEqual([]);
  const of = (table: string): readonly Record<string, unknown>[] =>
    JSON.parse(texts.find(([name]) => name === `${table}.json`)?.[1] ?? '[]') as Record<string, unknown>[];
  expect(of('settings').filter(({ value }) => value === null).length).toBeGreaterThanOrEqual(
    portalSettings.length,
  );
  expect(of('settings').find(({ key }) => key === 'settings')?.['value']).toContain('dark');
  expect(of('messages').map(({ text }) => text)).toContain('Quanto misura la batteria?');
  expect(
    of('outbox').flatMap(({ last_error: error }) =>
      typeof error === 'string' ? [JSON.parse(error) as unknown] : [],
    ),
  ).toEqual([{ code: 'portal.rejected', params: { status: 422 } }]);
  expect(of('set_aside')).toEqual([{ id: 'a', recipient: 'practice', why: 'unreadable', at: 'x', told: 0 }]);
  await shop.services.stop();
});

test('every column of the store is decided on, and every decision is about a column of the store', async () => {
  const { services } = await openTestWorkshop();
  const inStore = services.store.db
    .prepare(
      "select t.name || '.' || c.name from pragma_table_list t join pragma_table_info(t.name) c where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite@_%' escape '@'",
    )
    .pluck()
    .all()
    .map(String);
  const decided = Object.entries(exportedColumns).flatMap(([table, columns]) =>
    Object.keys(columns).map((column) => `${table}.${column}`),
  );
  expect(decided.toSorted()).toEqual(inStore.toSorted());
  expect(decided.length).toBeGreaterThan(100);
  await services.stop();
});

test('a column nobody decided on stays here', async () => {
  const target = freshFolder();
  const shop = await openTestWorkshop(freshFolder(), {
    evidence: { ...noEvidence, dialogs: { chooseFiles: async () => [], chooseFolder: async () => target } },
  });
  await readyDraft(shop, 'La lettura si ferma');
  shop.services.store.db.exec("alter table profile add column unheard_of text not null default 'MARK'");
  const exported = await shop.call('exportEverything', {});
  const text = readFileSync(join(exported?.folder ?? '', 'store/profile.json'), 'utf8');
  expect([text.includes('customer_code'), text.includes('unheard_of'), text.includes('MARK')]).toEqual([
    true,
    false,
    false,
  ]);
  await shop.services.stop();
});
