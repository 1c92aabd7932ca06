import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { AppFault } from '../../shared/domain/app-error.ts';
import { migrations } from '../../electron/store/migrate.ts';
import { openStore } from '../../electron/store/open-store.ts';
import { portalKey } from '../../shared/domain/portal-choice.ts';
import { recipientNames, recipientOf } from '../../shared/domain/recipient.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { temporaryFolder } from '../portal/portal-fixtures.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const servers: FaultyPortal[] = [];
const workshops: OpenedServices[] = [];
afterEach(async () => {
  for (const { services } of workshops.splice(0)) await services.stop();
  for (const server of servers.splice(0)) await server.stop();
});

async function portal(): Promise<FaultyPortal> {
  const folder = temporaryFolder();
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  servers.push(server);
  return server;
}

async function opened(of: readonly FaultyPortal[], dataFolder = freshFolder()): Promise<OpenedServices> {
  const one = await openTestWorkshop(dataFolder, {
    startPractice: () => Promise.reject(new AppFault('portal.unreachable')),
    keychain: {
      read: async (account) => ({
        kind: 'present',
        secret: of.find(({ url }) => account.endsWith(url))?.token ?? 'none',
      }),
      save: async () => undefined,
      remove: async () => false,
    },
    timing: { gapMs: 30, syncMs: 50 },
    random: () => 0.01,
  });
  workshops.push(one);
  return one;
}

const numberOf = (
  { services }: OpenedServices,
  id: Parameters<OpenedServices['services']['context']['tickets']['find']>[0],
): string | null => services.context.tickets.find(id)?.number ?? null;

test('queued work waits, told, when the address changes, and goes when it is chosen again; two first numbers are two tickets', async () => {
  const [first, second] = [await portal(), await portal()];
  const one = await opened([first, second]);
  await one.services.start();
  await one.call('saveSettings', { ...one.services.context.profile.settings(), sendOutsideHours: true });
  await one.call('choosePortal', { kind: 'contract', url: first.url });
  const sent = await readyDraft(one, 'La lettura si ferma al 12 %');
  await one.call('sendDraft', sent);
  const number = await until(() => numberOf(one, sent.id));

  first.setFault({ kind: 'reset', commits: false });
  const waiting = await readyDraft(one, 'La scrittura si ferma al 80 %');
  await one.call('sendDraft', waiting);
  await one.call('choosePortal', { kind: 'contract', url: second.url });
  first.setFault({ kind: 'none' });

  const fresh = await readyDraft(one, 'Il cavo non viene riconosciuto');
  await one.call('sendDraft', fresh);
  expect(await until(() => numberOf(one, fresh.id))).toBe(number);
  expect(numberOf(one, sent.id)).toBe(number);
  const status = await one.call('portalStatus', {});
  expect([status.elsewhere, status.waiting]).toEqual([1, 0]);
  expect((await one.call('outbox', {})).map((row) => [row.ticketId, row.waitReason])).toEqual([
    [waiting.id, { kind: 'recipient', address: first.url, customerCode: 'ALI-1' }],
  ]);
  expect(
    (await one.call('requests', { filter: 'all', text: '', offset: 0 })).rows.map((row) => row.id),
  ).toEqual([fresh.id]);
  // What the list leaves out is told beside it, each portal by its host.
  expect((await one.call('requests', { filter: 'all', text: '', offset: 0 })).elsewhere).toEqual([
    { realm: 'contract', label: new URL(first.url).host, count: 2 },
  ]);
  expect(second.journal().filter((entry) => entry.kind === 'ticket')).toHaveLength(1);

  await one.call('choosePortal', { kind: 'contract', url: first.url });
  await one.call('syncNow', {});
  expect(await until(() => numberOf(one, waiting.id))).toBe('P-000002');
  expect((await one.call('portalStatus', {})).elsewhere).toBe(0);
});

test('queued work waits when the customer code changes, and taken back as a draft it goes to the new one', async () => {
  const server = await portal();
  const one = await opened([server]);
  await one.services.start();
  await one.call('saveSettings', { ...one.services.context.profile.settings(), sendOutsideHours: true });
  await one.call('choosePortal', { kind: 'contract', url: server.url });
  server.setFault({ kind: 'reset', commits: false });
  const waiting = await readyDraft(one);
  await one.call('sendDraft', waiting);
  await one.call('saveProfile', {
    customerCode: 'ALI-2',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  server.setFault({ kind: 'none' });
  await one.call('syncNow', {});
  const item = (await one.call('outbox', {}))[0];
  expect(item?.waitReason).toEqual({ kind: 'recipient', address: server.url, customerCode: 'ALI-1' });
  expect(server.journal()).toEqual([]);
  if (item === undefined) throw new Error('nothing waits');
  await until(() => one.services.context.outbox.find(item.id)?.state === 'queued');
  await one.call('removeOutboxItem', { id: item.id });
  const terms = await one.call('terms', {});
  await one.call('acceptTerms', { version: terms.version, sha256: terms.sha256 });
  const { draft } = await one.call('draft', { id: waiting.id });
  await one.call('sendDraft', { id: draft.id, revision: draft.revision });
  await until(() => numberOf(one, waiting.id));
  expect(one.services.context.tickets.find(waiting.id)?.recipient).toBe(`contract ${server.url} ALI-2`);
});

test('what is to be carried by hand is for the customer code it was made for, says so, and goes to the new one as a draft', async () => {
  const one = await opened([]);
  await one.call('choosePortal', { kind: 'manual' });
  const [sent, carried] = [await readyDraft(one), await readyDraft(one, 'Il cavo non viene riconosciuto')];
  const later = await readyDraft(one, 'La scrittura si ferma al 80 %');
  for (const draft of [sent, carried]) await one.call('sendDraft', draft);
  await one.call('setManualNumber', { id: carried.id, number: 'H-000001' });
  await one.call('saveReply', { ticketId: carried.id, text: '13,4 V', evidenceIds: [] });
  await one.call('sendReply', { ticketId: carried.id });
  const waiting = async () =>
    (await one.call('outbox', {})).map(({ ticketId, work, waitReason }) => [ticketId, work.kind, waitReason]);
  expect(await waiting()).toEqual([
    [sent.id, 'create-ticket', { kind: 'by-hand' }],
    [carried.id, 'send-message', { kind: 'by-hand' }],
  ]);
  const profile = { company: 'Rossi', email: 'a@b.example', ticketLanguage: 'it' } as const;
  await one.call('saveProfile', { customerCode: 'ALI-2', ...profile });
  const former = { kind: 'recipient', address: '', customerCode: 'ALI-1' };
  expect(await waiting()).toEqual([
    [sent.id, 'create-ticket', former],
    [carried.id, 'send-message', former],
  ]);
  const list = await one.call('requests', { filter: 'all', text: '', offset: 0 });
  expect([list.rows.map(({ id }) => id), list.elsewhere]).toEqual([
    [later.id],
    [{ realm: 'manual', label: 'ALI-1', count: 2 }],
  ]);
  expect((await one.call('portalStatus', {})).elsewhere).toBe(2);

  // The same number of another customer is another request.
  const terms = await one.call('terms', {});
  await one.call('acceptTerms', { version: terms.version, sha256: terms.sha256 });
  await one.call('sendDraft', later);
  await one.call('setManualNumber', { id: later.id, number: 'H-000001' });
  expect([numberOf(one, carried.id), numberOf(one, later.id)]).toEqual(['H-000001', 'H-000001']);

  const item = one.services.context.outbox.ofTicket(sent.id)[0];
  await one.call('removeOutboxItem', { id: item?.id ?? '' });
  const { draft } = await one.call('draft', { id: sent.id });
  await one.call('sendDraft', { id: draft.id, revision: draft.revision });
  expect(one.services.context.tickets.find(sent.id)?.recipient).toBe('manual  ALI-2');
  await one.call('saveProfile', { customerCode: 'ALI-1', ...profile });
  expect(await waiting()).toEqual([
    [carried.id, 'send-message', { kind: 'by-hand' }],
    [sent.id, 'create-ticket', { ...former, customerCode: 'ALI-2' }],
  ]);
});

test('request that was carried by hand before customers were told apart is for whoever accepted its terms', () => {
  const db = openStore(':memory:');
  for (const step of migrations.slice(0, 12)) db.exec(step);
  db.exec("insert into profile values (1, 'NEW', 'Rossi', 'a@b.example', 'it')");
  const insert = db.prepare(
    "insert into tickets (id, stage, realm, state, revision, text, terms, created_at, frozen_at, updated_at) values (?, 'frozen', ?, 'open', 0, '{}', ?, '', '', '')",
  );
  insert.run('accepted', 'manual', '{"customerCode":"OLD"}');
  insert.run('spoiled', 'manual', 'no json');
  insert.run('practice', 'practice', null);
  for (const step of migrations.slice(12)) db.exec(step);
  insert.run('written since', 'manual', null);
  expect(db.prepare('select id, recipient from tickets order by id').raw().all()).toEqual([
    ['accepted', 'manual  OLD'],
    ['practice', null],
    ['spoiled', 'manual  NEW'],
    ['written since', 'manual  NEW'],
  ]);
  db.close();
});

test('recipient of a stored request is the address in use and the customer who accepted its terms', () => {
  const db = openStore(':memory:');
  for (const step of migrations.slice(0, 5)) db.exec(step);
  db.exec(`insert into settings values ('portal', '{"kind":"contract","url":"https://a.example","proxy":null}');
    insert into profile values (1, 'NEW', 'Rossi', 'a@b.example', 'it');
    insert into portal_cursors values ('contract https://a.example', 'c7'), ('contract https://b.example', 'c9'), ('practice', 'c1');`);
  const insert = db.prepare(
    "insert into tickets (id, stage, realm, number, state, revision, text, terms, created_at, frozen_at, updated_at) values (?, 'frozen', ?, ?, 'open', 0, ?, ?, '', '', '')",
  );
  const words = (subject: string, body: string): string => JSON.stringify({ language: 'it', subject, body });
  insert.run('own', 'contract', 'H-1', words('S', 'B'), '{"customerCode":"OLD"}');
  insert.run('heard-of', 'contract', 'H-2', words('H-2', ''), null);
  insert.run('practice', 'practice', 'H-1', words('S', 'B'), 'no json');
  for (const step of migrations.slice(5)) db.exec(step);
  expect(db.prepare('select id, recipient, heard_of from tickets order by id').raw().all()).toEqual([
    ['heard-of', 'contract https://a.example NEW', 1],
    ['own', 'contract https://a.example OLD', 0],
    ['practice', null, 0],
  ]);
  expect(db.prepare('select portal, cursor from portal_cursors order by portal').raw().all()).toEqual([
    ['contract https://a.example NEW', 'c7'],
    ['contract https://b.example NEW', 'c9'],
    ['practice', 'c1'],
  ]);
  db.close();
});

test('recipient names its address and customer code, and the practice desk has neither', () => {
  const recipient = recipientOf({ kind: 'contract', url: 'https://a.example', proxy: null }, 'ALI 1');
  expect(recipientNames(recipient)).toEqual({ address: 'https://a.example', customerCode: 'ALI 1' });
  expect(recipientNames(recipientOf({ kind: 'practice' }, 'ALI 1'))).toBeNull();
});

test("cursor, terms, versions and limits of one address are nobody else's", async () => {
  const { portals } = (await openTestWorkshop(freshFolder())).services.context;
  const [one, other] = ['https://a.example', 'https://b.example'].map((url) =>
    portalKey({ kind: 'contract', url, proxy: null }),
  );
  if (one === undefined || other === undefined) throw new Error('no keys');
  portals.keepTerms(one, { version: '2', sha256: 'a'.repeat(64), url: null });
  portals.keepCursor(`${one} ALI-1`, 'c1');
  portals.keepLatestVersions(one, {
    at: '2026-11-24T09:00:00.000Z',
    versions: { 'kess3-slave': '2.1' },
    stated: {},
  });
  expect([
    portals.terms(one)?.version,
    portals.cursor(`${one} ALI-1`),
    portals.latestVersions(one)?.versions,
  ]).toEqual(['2', 'c1', { 'kess3-slave': '2.1' }]);
  expect([
    portals.terms(other),
    portals.cursor(`${other} ALI-1`),
    portals.cursor(`${one} ALI-2`),
    portals.latestVersions(other),
  ]).toEqual([null, null, null, null]);
});
