import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../electron/store/native-binding.ts';
import type { OutboxRow } from '../../shared/ipc/views.ts';
import { problemAnswer } from '../portal/fault.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

type Stand = {
  readonly shop: OpenedServices;
  readonly server: FaultyPortal;
  readonly id: Awaited<ReturnType<typeof readyDraft>>['id'];
};

/** A workshop whose one queued request was edited by hand while it was closed, before anything of it was sent. */
async function edited(sql: string): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), 'officina-portal-'));
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  stops.push(() => server.stop());
  const dataFolder = freshFolder();
  const first = await openTestWorkshop(dataFolder);
  const draft = await readyDraft(first, 'La lettura non parte');
  await first.call('sendDraft', draft);
  await first.services.stop();
  const db = openDatabase(join(dataFolder, 'officina.db'));
  expect(db.prepare(sql).run(draft.id).changes).toBe(1);
  db.close();
  const shop = await openTestWorkshop(dataFolder, {
    timing: { gapMs: 30, syncMs: 50, firstRowCheckMs: 0 },
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
  });
  stops.push(() => shop.services.stop());
  await shop.services.start();
  return { shop, server, id: draft.id };
}

const rowOf = async ({ shop }: Stand): Promise<OutboxRow> => {
  const rows = await shop.call('outbox', {});
  expect(rows).toHaveLength(1);
  const [row] = rows;
  if (row === undefined) throw new Error('no row');
  return row;
};
const sentBy = ({ server }: Stand): readonly string[] =>
  server.journal().flatMap((entry) => (entry.kind === 'ticket' ? [entry.clientReference] : []));

test.each([
  ['an id', "update outbox set id = 'no id' where ticket_id = ?"],
  ['a place', 'update outbox set sequence = -9007199254740993 where ticket_id = ?'],
])('DAMAGE-3: row of the queue with %s that is none keeps nothing else from being sent', async (_what, sql) => {
  const { shop, server, id } = await edited(sql);
  const other = await readyDraft(shop, 'La scrittura non parte');
  await shop.call('sendDraft', other);
  await until(() => shop.services.context.tickets.find(other.id)?.number);
  expect(sentBy({ shop, server, id })).toEqual([other.id]);
  expect(shop.faults).toEqual([]);
});

test.each([
  '9007199254740993',
  '9223372036854775807',
])('DAMAGE-3: places of the queue and of messages beyond every number (%s) are put after the others', async (place) => {
  const stand = await edited(`update outbox set sequence = ${place} where ticket_id = ?`);
  const { shop, id } = stand;
  await until(() => shop.services.context.tickets.find(id)?.number);
  await shop.call('saveReply', { ticketId: id, text: 'Una', evidenceIds: [] });
  await shop.call('sendReply', { ticketId: id });
  await until(() => shop.services.context.outbox.open().length === 0);
  const { database } = shop.services.store.folders;
  await shop.services.stop();
  const db = openDatabase(database);
  const own = "select id from messages where ticket_id = ? and json_extract(author, '$.kind') = 'customer'";
  expect(db.prepare(`update messages set sequence = ${place} where id = (${own})`).run(id).changes).toBe(1);
  db.close();
  const again = await openTestWorkshop(dirname(database), {
    startPractice: async () => ({
      url: stand.server.url,
      token: stand.server.token,
      stop: async () => undefined,
    }),
  });
  stops.push(() => again.services.stop());
  await again.services.start();
  await again.call('saveReply', { ticketId: id, text: 'Altra', evidenceIds: [] });
  await again.call('sendReply', { ticketId: id });
  await until(() => again.services.context.outbox.open().length === 0);
  const said = (await again.call('ticket', { id })).messages.flatMap(({ author, text }) =>
    author.kind === 'customer' ? [text] : [],
  );
  expect(said).toEqual(['Una', 'Altra']);
  expect([...shop.faults, ...again.faults]).toEqual([]);
});

const edits = [
  ['work', "update outbox set work = 'not json' where ticket_id = ?"],
  ['work of another shape', "update outbox set work = '{}' where ticket_id = ?"],
  [
    'kind and work',
    'update outbox set work = \'{"kind":"create-ticket"}\', state = \'x\' where ticket_id = ?',
  ],
  ['kind', "update outbox set kind = 'x' where ticket_id = ?"],
  ['error', "update outbox set last_error = 'x' where ticket_id = ?"],
  ['next try', "update outbox set next_try_at = 'x' where ticket_id = ?"],
  ['state', "update outbox set state = 'flying' where ticket_id = ?"],
  ['tries', 'update outbox set attempts = -1 where ticket_id = ?'],
  ['look-ups', 'update outbox set absent_lookups = -7 where ticket_id = ?'],
  ['key', "update outbox set idempotency_key = 'no key' where ticket_id = ?"],
  ['times', "update outbox set created_at = 'x', updated_at = '' where ticket_id = ?"],
] as const;

test.each(
  edits,
)('DAMAGE-3: work whose row was edited by hand (%s) stands there with its reason, and goes once when it is brought back', async (_what, sql) => {
  const stand = await edited(sql);
  const row = await rowOf(stand);
  expect(row).toMatchObject({
    ticketId: stand.id,
    state: 'set-aside',
    lastError: { code: 'outbox.unreadable' },
    work: { kind: 'create-ticket' },
  });
  expect(sentBy(stand)).toEqual([]);
  await stand.shop.call('retryOutboxItem', { id: row.id });
  // Its reason says how to bring it back: told no more once that was done.
  expect(stand.shop.services.context.outbox.find(row.id)?.lastError?.code).not.toBe('outbox.unreadable');
  await until(() => stand.shop.services.context.tickets.find(stand.id)?.number);
  expect(sentBy(stand)).toEqual([stand.id]);
  expect((await stand.shop.call('ticket', { id: stand.id })).outbox.map(({ state }) => state)).toEqual([
    'accepted',
  ]);
});

test.each(
  edits,
)('request whose place in the queue was edited by hand (%s) becomes a draft again when it is removed', async (_what, sql) => {
  const stand = await edited(sql);
  await stand.shop.call('removeOutboxItem', { id: (await rowOf(stand)).id });
  const draft = stand.shop.services.context.drafts.find(stand.id);
  expect(draft?.content.fields.problem?.text).toContain('La lettura non parte');
  expect(sentBy(stand)).toEqual([]);
});

test('work whose row was edited by hand can be set aside, and its request opened and carried away', async () => {
  const stand = await edited("update outbox set last_error = '{' where ticket_id = ?");
  const { id } = await rowOf(stand);
  await stand.shop.call('setOutboxItemAside', { id });
  expect(await rowOf(stand)).toMatchObject({ id, state: 'set-aside' });
  expect((await stand.shop.call('ticket', { id: stand.id })).ticket.id).toBe(stand.id);
});

test('creation whose row was edited by hand is done when its request has its number', async () => {
  const stand = await edited("update outbox set state = 'flying' where ticket_id = ?");
  const { id } = await rowOf(stand);
  stand.shop.services.store.db.prepare("update tickets set number = 'P-9' where id = ?").run(stand.id);
  await stand.shop.call('removeOutboxItem', { id });
  expect(await stand.shop.call('outbox', {})).toEqual([]);
  expect((await stand.shop.call('ticket', { id: stand.id })).ticket.number).toBe('P-9');
});

test.each([
  'retryOutboxItem',
  'removeOutboxItem',
  'setOutboxItemAside',
] as const)('reply, file and closing whose rows were edited by hand lose no word, whatever is done with them (%s)', async (act) => {
  const { shop, server, id } = await edited('update outbox set attempts = 0 where ticket_id = ?');
  await until(() => shop.services.context.tickets.find(id)?.number);
  server.setFault(problemAnswer(409, 'key-in-progress'));
  await shop.call('saveReply', { ticketId: id, text: 'Parole che restano', evidenceIds: [] });
  const message = await shop.call('sendReply', { ticketId: id });
  const { outbox } = shop.services.context;
  await until(() =>
    outbox.ofTicket(id).find(({ work, state }) => work.kind === 'send-message' && state === 'unknown'),
  );
  shop.services.store.db
    .prepare(
      "update outbox set work = 'x', last_error = 'x' where ticket_id = ? and kind = 'send-message' and state <> 'accepted'",
    )
    .run(id);
  const row = shop.services.context.spoiled.shown('practice', '2026-11-24T18:00:00.000Z', [])[0];
  if (row === undefined) throw new Error('no spoiled row');
  expect(row.work).toEqual({ kind: 'send-message', messageId: message.id });
  await shop.call(act, { id: row.id });
  const { messages, replies } = shop.services.context;
  const words = [...messages.ofTicket(id).map(({ text }) => text), replies.find(id).text].filter(
    (text) => text === 'Parole che restano',
  );
  expect(words).toHaveLength(1);
});

test.each([
  "last_error = 'x'",
  "next_try_at = 'soon'",
  'attempts = -1, absent_lookups = -1',
])('request that arrived is opened though the notes of its place in the queue were edited by hand (%s)', async (change) => {
  const { shop, id } = await edited('update outbox set attempts = 0 where ticket_id = ?');
  await until(() => shop.services.context.tickets.find(id)?.number);
  expect(
    shop.services.store.db.prepare(`update outbox set ${change} where ticket_id = ?`).run(id).changes,
  ).toBe(1);
  expect((await shop.call('ticket', { id })).outbox.map(({ state }) => state)).toEqual(['accepted']);
  expect(await shop.call('outbox', {})).toEqual([]);
});
