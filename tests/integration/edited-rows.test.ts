import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../electron/store/native-binding.ts';
import { type RowCheck, rowCheck } from '../../electron/store/row-check.ts';
import { rowsToCheck } from '../../electron/store/rows-to-check.ts';
import { noneUnreadable } from '../../shared/domain/row-kinds.ts';
import { startFaultyPortal } from '../portal/faulty-portal.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

test.each([
  ['words of a request', "update tickets set text = 'x' where id = ?"],
  ['facts of a request', "update tickets set content = '{' where id = ?"],
  ['facts of another shape', "update tickets set content = '{}' where id = ?"],
  ['state nobody knows', "update tickets set state = 'flying' where id = ?"],
  ['terms of another shape', "update tickets set terms = '{}' where id = ?"],
  ['day it was sent', "update tickets set frozen_at = 'x' where id = ?"],
  ['day that is none', "update tickets set updated_at = 'x' where id = ?"],
  ['work in the queue', "update outbox set work = 'not json' where ticket_id = ?"],
  ['work of another shape', "update outbox set work = '{}' where ticket_id = ?"],
  ['error in the queue', "update outbox set last_error = 'x' where ticket_id = ?"],
  ['next try in the queue', "update outbox set next_try_at = 'x' where ticket_id = ?"],
  ['place in the queue', "update outbox set state = 'flying' where ticket_id = ?"],
])('DAMAGE-3: request edited by hand in the database (%s) stays where it is, and what stands behind it in the queue goes', async (_what, sql) => {
  const folder = mkdtempSync(join(tmpdir(), 'officina-portal-'));
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  stops.push(() => server.stop());
  const dataFolder = freshFolder();
  const first = await openTestWorkshop(dataFolder);
  const [spoiled, sound] = [
    await readyDraft(first, 'La lettura non parte'),
    await readyDraft(first, 'La scrittura non parte'),
  ];
  await first.call('sendDraft', spoiled);
  await first.call('sendDraft', sound);
  await readyDraft(first, 'Una bozza che resta');
  await first.services.stop();
  const db = openDatabase(join(dataFolder, 'officina.db'));
  expect(db.prepare(sql).run(spoiled.id).changes).toBe(1);
  db.close();

  const again = await openTestWorkshop(dataFolder, {
    timing: { gapMs: 30, syncMs: 50, firstRowCheckMs: 0 },
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
  });
  stops.push(() => again.services.stop());
  await again.services.start();
  await until(() => again.services.context.tickets.find(sound.id)?.number);
  // The spoiled one is counted instead of listed, and says so when it is opened.
  const { rows, counts } = await again.call('requests', { filter: 'all', text: '', offset: 0 });
  expect([rows.length, counts.all]).toEqual([2, 3]);
  await expect.poll(async () => (await again.call('appInfo', {})).unreadable.requests).toBe(1);
  expect(await again.call('portalStatus', {})).toMatchObject({ reach: 'reached' });
  expect(
    server.journal().flatMap((entry) => (entry.kind === 'ticket' ? [entry.clientReference] : [])),
  ).toEqual([sound.id]);
  await expect(again.call('ticket', { id: spoiled.id })).rejects.toThrow('store.unreadable');
  const kept = again.services.store.db
    .prepare('select count(*) from tickets where id = ?')
    .pluck()
    .get(spoiled.id);
  expect([kept, again.faults]).toEqual([1, []]);
});

test.each([
  [
    'messages',
    "insert into messages (id, ticket_id, author, text, attachments, at, delivery, read) select lower(hex(randomblob(4))) || '-0000-4000-8000-000000000001', id, '{', '', '[]', 'x', 'delivered', 1 from tickets limit 1",
  ],
  [
    'files',
    "insert into evidence (id, name, sha256, size_bytes, kind, origin, tail_only, file_modified_at, frozen_at) values ('00000000-0000-4000-8000-000000000001', 'a.log', 'none', 1, 'log', 'added', 0, 'x', 'x')",
  ],
  [
    'tools',
    "insert into tools (id, product_id, serial, installed_version, nickname, created_at) values ('no id', 'ktag-master', '1', null, null, 'x')",
  ],
  [
    'folders',
    "insert into watched_folders (id, path, origin, enabled) values ('no id', '/somewhere', 'added', 1)",
  ],
  [
    'sessions',
    "insert into remote_sessions (id, ticket_id, state, facts, started_at, updated_at) select '00000000-0000-4000-8000-000000000001', id, '{}', '{}', 'x', 'x' from tickets limit 1",
  ],
  [
    'templates',
    "insert into templates (id, name, content, created_at) values ('00000000-0000-4000-8000-000000000001', 'A', '{', 'x')",
  ],
] as const)('DAMAGE-3: row edited by hand (%s) is told by its kind, and the lists around it are read without it', async (kind, sql) => {
  const dataFolder = freshFolder();
  const first = await openTestWorkshop(dataFolder);
  const draft = await readyDraft(first, 'La lettura non parte');
  await first.services.stop();
  const db = openDatabase(join(dataFolder, 'officina.db'));
  db.exec(sql);
  db.close();

  const again = await openTestWorkshop(dataFolder, { timing: { gapMs: 30, syncMs: 50, firstRowCheckMs: 0 } });
  stops.push(() => again.services.stop());
  await again.services.start().catch(() => undefined);
  await expect.poll(async () => (await again.call('appInfo', {})).unreadable[kind]).toBe(1);
  expect(again.events).toContainEqual({ kind: 'storeHealthChanged' });
  const { context } = again.services;
  expect([
    context.messages.ofTicket(draft.id),
    context.evidenceRows.newest(10),
    context.remote.ofTicket(draft.id),
  ]).toEqual([[], [], []]);
  expect([...context.tools.all(), ...context.watchedFolders.all()].map(({ id }) => id)).not.toContain(
    'no id',
  );
  expect(again.faults).toEqual([]);
});

test('no row is told when all of them can be read', async () => {
  const shop = await openTestWorkshop(freshFolder(), {
    timing: { gapMs: 30, syncMs: 50, firstRowCheckMs: 0 },
  });
  stops.push(() => shop.services.stop());
  const draft = await readyDraft(shop, 'La lettura non parte');
  await shop.call('sendDraft', draft);
  const rows = rowsToCheck(shop.services.store.db, shop.services.context);
  let told = false;
  const check = await new Promise<RowCheck>((resolve, reject) => {
    const began: RowCheck = rowCheck({
      rows: {
        ...rows,
        sessions: {
          ids: () => ['last'],
          read: () => {
            setTimeout(resolve, 0, began);
          },
        },
      },
      firstMs: 0,
      onChange: () => {
        told = true;
      },
      log: reject,
    });
    began.start();
    stops.push(async () => began.stop());
  });
  expect([told, check.unreadable()]).toEqual([false, noneUnreadable]);
});

/** A workshop with one draft, started again over a store in which `sql` was carried out by hand. */
async function startedOver(
  sql: string,
  outside: Parameters<typeof openTestWorkshop>[1] = {},
): Promise<{ readonly again: OpenedServices; readonly draft: Awaited<ReturnType<typeof readyDraft>> }> {
  const dataFolder = freshFolder();
  const first = await openTestWorkshop(dataFolder);
  await first.call('saveSettings', { theme: 'dark', language: 'en' });
  const draft = await readyDraft(first, 'La lettura non parte');
  await first.services.stop();
  const db = openDatabase(join(dataFolder, 'officina.db'));
  expect(db.prepare(sql).run().changes).toBe(1);
  db.close();
  const again = await openTestWorkshop(dataFolder, outside);
  stops.push(() => again.services.stop());
  return { again, draft };
}

test.each([
  '{',
  '',
  '7',
  '[]',
  '{"theme":"plaid"}',
])('DAMAGE-3: settings edited by hand (%s) are the defaults, and can be saved anew', async (text) => {
  const { again, draft } = await startedOver(`update settings set value = '${text}' where key = 'settings'`);
  const info = await again.call('appInfo', {});
  expect(info.settings).toMatchObject({ language: 'it', theme: 'system', keptFiles: 'until-erased' });
  expect(
    (await again.call('requests', { filter: 'drafts', text: '', offset: 0 })).rows.map(({ id }) => id),
  ).toEqual([draft.id]);
  await again.call('saveSettings', { theme: 'light' });
  expect((await again.call('appInfo', {})).settings).toMatchObject({ language: 'it', theme: 'light' });
});

test.each([
  ['code of blanks', "update profile set customer_code = ' '"],
  ['company without a name', "update profile set company = ''"],
  ['e-mail that is none', "update profile set email = 'x'"],
  ['language nobody speaks here', "update profile set ticket_language = 'xx'"],
])('DAMAGE-3: profile edited by hand (%s) is told, keeps nothing else from working, and is whole again when it is saved', async (_what, sql) => {
  const { again, draft } = await startedOver(sql);
  await again.services.start().catch(() => undefined);
  expect(await again.call('appInfo', {})).toMatchObject({
    profile: null,
    maskedEmail: null,
    isProfileUnreadable: true,
  });
  expect(
    (await again.call('requests', { filter: 'drafts', text: '', offset: 0 })).rows.map(({ id }) => id),
  ).toEqual([draft.id]);
  await again.call('startDraft', { toolId: null, evidenceIds: [] });
  await expect(again.call('sendDraft', draft)).rejects.toMatchObject({ error: { code: 'profile.missing' } });
  await again.call('saveProfile', {
    customerCode: 'ALI-2',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  expect(await again.call('appInfo', {})).toMatchObject({
    profile: { customerCode: 'ALI-2' },
    isProfileUnreadable: false,
  });
  expect(again.faults).toEqual([]);
});

test('profile that was never saved is no unreadable one', async () => {
  const shop = await openTestWorkshop(freshFolder());
  stops.push(() => shop.services.stop());
  expect(await shop.call('appInfo', {})).toMatchObject({ profile: null, isProfileUnreadable: false });
});

test.each([
  ['day that is none', "update consent_records set given_at = 'x'"],
  ['id that is none', "update consent_records set id = 'no id'"],
  ['kind nobody knows', "update consent_records set kind = 'promise'"],
  ['hash of another length', "update consent_records set text_sha256 = 'ab'"],
  ['version that is empty', "update consent_records set text_version = ''"],
  ['customer who is nobody', "update consent_records set customer_code = ''"],
])('DAMAGE-3: acceptance of terms edited by hand (%s) is asked again, and advice, review and sending go on', async (_what, sql) => {
  const folder = mkdtempSync(join(tmpdir(), 'officina-portal-'));
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  stops.push(() => server.stop());
  const { again, draft } = await startedOver(sql, {
    timing: { gapMs: 30, syncMs: 50, firstRowCheckMs: 0 },
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
  });
  await again.services.start();
  const terms = await again.call('terms', {});
  expect(terms.acceptedAt).toBeNull();
  expect(await again.call('draftAdvice', { id: draft.id })).not.toBeNull();
  expect(JSON.stringify(await again.call('review', { id: draft.id }))).toContain('La lettura non parte');
  await expect(again.call('sendDraft', draft)).rejects.toMatchObject({
    error: { code: 'terms.notAccepted' },
  });
  expect(again.services.context.drafts.find(draft.id)).not.toBeNull();
  // Said again, the words are the person's, and the spoiled row stays beside them without harm.
  await again.call('acceptTerms', { version: terms.version, sha256: terms.sha256 });
  await again.call('sendDraft', draft);
  await until(() => again.services.context.tickets.find(draft.id)?.number);
  expect(
    server.journal().flatMap((entry) => (entry.kind === 'ticket' ? [entry.clientReference] : [])),
  ).toEqual([draft.id]);
  expect(again.services.context.tickets.find(draft.id)?.terms).toMatchObject({
    version: terms.version,
    customerCode: 'ALI-1',
  });
  expect(again.faults).toEqual([]);
});
