import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backups, writeBackup } from '../../electron/store/backup.ts';
import type { DraftContent, FieldKey } from '../../shared/domain/draft.ts';
import type { EvidenceId, TicketId } from '../../shared/domain/ids.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, typed } from './workshop-fixture.ts';

const vin = 'WVWZZZ1KZAW000017';
const own = { plate: 'ZX 123 QK', customer: 'Zerbinotti Ugo', note: 'Zerbinotti paga venerdì' };

async function frozen(opened: OpenedServices, name: string, text: string): Promise<EvidenceId> {
  const path = join(freshFolder(), name);
  writeFileSync(path, text);
  const report = await opened.services.handlers.freezeDroppedFiles({ paths: [path] });
  return report.frozen[0]?.id as EvidenceId;
}

async function draftWith(
  opened: OpenedServices,
  problem: string,
  files: DraftContent['evidenceIds'],
  fields: Partial<Record<FieldKey, string>> = {},
): Promise<TicketId> {
  const { id, revision } = await readyDraft(opened, problem, files);
  const { draft } = await opened.call('draft', { id });
  const more = Object.fromEntries(Object.entries(fields).map(([key, text]) => [key, typed(text)]));
  await opened.call('editDraft', {
    id,
    baseRevision: revision,
    content: { ...draft.content, fields: { ...draft.content.fields, ...more } },
  });
  return id;
}

type Shop = OpenedServices & {
  readonly car: TicketId;
  readonly other: TicketId;
  readonly alone: EvidenceId;
  readonly shared: EvidenceId;
};

/** A car with a draft, a file of its own and one that another car's draft names too. */
async function shopWithCars(): Promise<Shop> {
  const opened = await openTestWorkshop();
  const alone = await frozen(opened, 'Zerbinotti ZX123QK.log', 'ERR Zerbinotti back checksum');
  const shared = await frozen(opened, 'banco.log', 'ERR wake up');
  const car = await draftWith(opened, 'La lettura di Zerbinotti si ferma', [alone, shared], {
    vehicleVin: vin,
  });
  await opened.call('saveOwnWords', { id: car, words: own });
  await opened
    .call('saveReply', { ticketId: car, text: 'Zerbinotti chiama domani', evidenceIds: [] })
    .catch(() => undefined);
  const other = await draftWith(opened, 'La scrittura si ferma', [shared]);
  const { savedSearches } = (await opened.call('appInfo', {})).settings;
  await opened.call('saveSettings', {
    savedSearches: [
      ...savedSearches,
      { filter: 'all', text: 'zerbinotti' },
      { filter: 'all', text: 'banco' },
    ],
  });
  return { ...opened, car, other, alone, shared };
}

const found = async (shop: OpenedServices, words: string): Promise<readonly string[]> =>
  (await shop.call('deletionPreview', { words })).requests.map(({ id }) => id);

test('R-PRIVACY-1: a car is found by plate, chassis number or customer in any capitals, and by no part of them', async () => {
  const shop = await shopWithCars();
  for (const words of ['ZX123QK', 'zx 123-qk', vin, vin.toLowerCase(), 'zerbinotti UGO '])
    expect(await found(shop, words)).toEqual([shop.car]);
  for (const words of ['ZX123', 'Zerbinotti', 'WVWZZZ1KZ', '38', '%%', 'La scrittura'])
    expect(await found(shop, words)).toEqual([]);
  expect(await shop.call('deletionPreview', { words: vin })).toMatchObject({
    requests: [{ kind: 'draft', title: 'La lettura di Zerbinotti si ferma', isQueued: false }],
    further: 0,
    files: 2,
    sessions: 0,
  });
});

test('R-PRIVACY-1: everything of a car goes, from the disk too, and what others use stays', async () => {
  const shop = await shopWithCars();
  const { db, folders } = shop.services.store;
  const bytesOf = (id: EvidenceId): string => shop.services.evidence.files.frozenFile(id).path;
  const [alone, shared] = [bytesOf(shop.alone), bytesOf(shop.shared)];
  const file = folders.database;
  const holds = (): boolean =>
    [file, `${file}-wal`].some((path) => existsSync(path) && readFileSync(path).includes('Zerbinotti'));
  expect(holds()).toBe(true);
  expect(await shop.call('deleteData', { words: 'ZX123QK', ids: [shop.car], fromBackups: false })).toEqual({
    requests: 1,
    files: 1,
    backups: 0,
  });
  expect(holds()).toBe(false);
  const tables = db
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'request_words%'")
    .pluck()
    .all()
    .map(String);
  expect(tables.length).toBeGreaterThan(15);
  for (const table of tables)
    expect(JSON.stringify(db.prepare(`select * from ${table}`).all())).not.toMatch(
      /Zerbinotti|ZX ?123|WVWZZZ1KZAW/iu,
    );
  expect([existsSync(alone), existsSync(shared)]).toEqual([false, true]);
  const { rows } = await shop.call('requests', { filter: 'all', text: '', offset: 0 });
  expect(rows.map(({ id }) => id)).toEqual([shop.other]);
  expect((await shop.call('requests', { filter: 'all', text: 'zerbinotti', offset: 0 })).total).toBe(0);
  expect((await shop.call('appInfo', {})).settings.savedSearches).toEqual([{ filter: 'all', text: 'banco' }]);
  await expect(shop.call('bringDraftBack', { id: shop.car })).rejects.toMatchObject({
    error: { code: 'notFound' },
  });
  // The audit says that it happened, and its chain holds.
  expect((await shop.call('verifyAudit', {})).ok).toBe(true);
  const { entries } = await shop.call('auditPage', { kind: 'all', offset: 0 });
  expect(entries.slice(0, 2).map(({ action }) => action)).toEqual(['evidence-removed', 'data-deleted']);
  expect(shop.faults).toEqual([]);
});

test('R-PRIVACY-1: a draft that was removed a moment before goes too and does not come back', async () => {
  const shop = await shopWithCars();
  await shop.call('removeDraft', { id: shop.car });
  for (const words of ['zx123qk', vin, 'Zerbinotti Ugo'])
    expect((await shop.call('deletionPreview', { words })).requests).toMatchObject([
      { id: shop.car, kind: 'removed', isQueued: false },
    ]);
  await shop.call('deleteData', { words: vin, ids: [shop.car], fromBackups: false });
  expect(readFileSync(shop.services.store.folders.database).includes('Zerbinotti')).toBe(false);
  await expect(shop.call('bringDraftBack', { id: shop.car })).rejects.toMatchObject({
    error: { code: 'notFound' },
  });
});

test('R-PRIVACY-1: a removed draft is found by its own values alone, and by no word that every draft is kept with', async () => {
  const shop = await shopWithCars();
  await shop.call('removeDraft', { id: shop.car });
  const words = ['--', '- -', 'it', 'typed', 'question', 'problem', 'draft', 'tickets', 'ALI-1', 'ZX123'];
  for (const word of words) expect(await found(shop, word), word).toEqual([]);
  expect(await found(shop, 'zx-123-qk')).toEqual([shop.car]);
  expect(words).toHaveLength(10);
});

test.each([
  ['a chassis number that is a number', `json_set(content, '$.fields', json('{"vehicleVin":{"text":123}}'))`],
  ['a chassis number that is a list', `json_set(content, '$.fields', json('{"vehicleVin":{"text":[1]}}'))`],
  ['no fields', "json_remove(content, '$.fields')"],
  ['no JSON', "'{'"],
])('R-PRIVACY-1: another request with %s keeps no car from being found and deleted', async (_what, content) => {
  const shop = await shopWithCars();
  shop.services.store.db.prepare(`update tickets set content = ${content} where id = ?`).run(shop.other);
  expect(await found(shop, vin)).toEqual([shop.car]);
  await shop.call('deleteData', { words: vin, ids: [shop.car], fromBackups: false });
  expect(await found(shop, vin)).toEqual([]);
});

test('R-PRIVACY-1: nothing is deleted while something of one of the requests is in the queue', async () => {
  const shop = await shopWithCars();
  const { draft } = await shop.call('draft', { id: shop.car });
  await shop.call('sendDraft', { id: shop.car, revision: draft.revision });
  const before = shop.services.context.audit.head();
  expect((await shop.call('deletionPreview', { words: vin })).requests).toMatchObject([
    { kind: 'request', isQueued: true },
  ]);
  await expect(
    shop.call('deleteData', { words: vin, ids: [shop.other, shop.car], fromBackups: true }),
  ).rejects.toMatchObject({ error: { code: 'request.inQueue' } });
  expect(shop.services.context.audit.head()).toEqual(before);
  expect((await shop.call('requests', { filter: 'all', text: '', offset: 0 })).total).toBe(2);
  expect(shop.services.context.tickets.find(shop.car)?.text.subject).not.toBe('');
});

test('R-PRIVACY-1: a ticket goes by its number with its conversation and what was set aside of its news', async () => {
  const shop = await shopWithCars();
  const { db } = shop.services.store;
  const { draft } = await shop.call('draft', { id: shop.car });
  await shop.call('sendDraft', { id: shop.car, revision: draft.revision });
  db.exec("update outbox set state = 'accepted'");
  db.prepare("update tickets set number = 'P-000123' where id = ?").run(shop.car);
  db.prepare(
    "insert into messages (id, ticket_id, author, text, attachments, at, delivery, read) values ('m1', ?, '{}', 'Zerbinotti', '[]', 'x', 'delivered', 1)",
  ).run(shop.car);
  const aside = db.prepare(
    "insert into set_aside (id, recipient, why, entry, at, told) values (?, 'practice', 'unreadable', ?, 'x', 1)",
  );
  aside.run('a', '{"number":"P-000123","text":"Zerbinotti"}');
  aside.run('b', '{"number":"P-0001234"}');
  expect(await found(shop, 'p-000123')).toEqual([shop.car]);
  await shop.call('deleteData', { words: 'P-000123', ids: [shop.car], fromBackups: false });
  const left = (table: string): number => Number(db.prepare(`select count(*) from ${table}`).pluck().get());
  expect(['messages', 'outbox', 'set_aside', 'tickets'].map(left)).toEqual([0, 0, 1, 1]);
});

test('R-PRIVACY-1: backups that hold it go once a new one is written, where a person wants it', async () => {
  const shop = await shopWithCars();
  const { db, folders } = shop.services.store;
  for (const [reason, day] of [
    ['weekly', '2026-11-10'],
    ['daily', '2026-11-20'],
  ] as const)
    await writeBackup(db, folders.backups, reason, `${day}T12:00:00.000Z`);
  const mine = join(folders.backups, 'Copia di daily-20261120T120000000Z.db');
  writeFileSync(mine, readFileSync(join(folders.backups, 'daily-20261120T120000000Z.db')));
  expect(await shop.call('deleteData', { words: vin, ids: [shop.car], fromBackups: true })).toMatchObject({
    backups: 2,
  });
  const [left, ...more] = backups(folders.backups).filter(({ isByHand }) => !isByHand);
  expect([left?.reason, more, existsSync(mine)]).toEqual(['daily', [], true]);
  expect(readFileSync(left?.file ?? '').includes('Zerbinotti')).toBe(false);
  expect(readdirSync(folders.backups).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
