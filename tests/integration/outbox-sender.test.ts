import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AppOutside } from '../../electron/app/app-outside.ts';
import { ticketNumberSchema } from '../../shared/domain/ids.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { type Fault, jsonAnswer, noFault, pageAnswer, problemAnswer } from '../portal/fault.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import {
  freshFolder,
  noEvidence,
  type OpenedServices,
  openTestWorkshop,
  readyDraft,
  until,
} from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function portal(operatorDelayMs?: number, ignoresKeys = false): Promise<FaultyPortal> {
  const folder = mkdtempSync(join(tmpdir(), 'officina-portal-'));
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
    ignoresKeys,
    ...(operatorDelayMs === undefined ? {} : { operatorDelayMs }),
  });
  stops.push(() => server.stop());
  return server;
}

async function shop(
  server: FaultyPortal,
  dataFolder = freshFolder(),
  outside: Partial<AppOutside> = {},
): Promise<OpenedServices> {
  const opened = await openTestWorkshop(dataFolder, {
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    timing: { gapMs: 30, syncMs: 50 },
    random: () => 0.01,
    ...outside,
  });
  stops.push(() => opened.services.stop());
  return opened;
}

/** A LOG on disk, taken as evidence the way a drop takes it. */
async function frozen(opened: OpenedServices, text: string): Promise<Evidence> {
  const path = join(freshFolder(), 'ktag.log');
  writeFileSync(path, text);
  const report = await opened.services.handlers.freezeDroppedFiles({ paths: [path] });
  const evidence = report?.frozen[0];
  if (evidence === undefined) throw new Error(JSON.stringify(report?.refused));
  return evidence;
}

const isCreation = (method: string, path: string): boolean => method === 'POST' && path.endsWith('/tickets');

const creations = (server: FaultyPortal) => server.journal().filter((entry) => entry.kind === 'ticket');

test('R-TICKET-1: ticket gets its number, its conversation and its end when the portal works', async () => {
  const server = await portal(20);
  const opened = await shop(server);
  const { call, services, told } = opened;
  await services.start();
  const { id, revision } = await readyDraft(opened);
  expect((await call('review', { id })).text.subject).toContain('driver');
  await call('sendDraft', { id, revision });
  const number = await until(() => services.context.tickets.find(id)?.number);
  expect(told.numbered.map((ticket) => ticket.number)).toEqual([number]);
  await until(() => told.answered.length > 0);
  const view = await call('ticket', { id });
  expect(view.row).toMatchObject({ stage: 'ticket', turn: 'you', unread: 1 });
  expect(view.messages.map((message) => message.author.kind)).toEqual(['system', 'system', 'operator']);
  await call('markRead', { id });
  await call('saveReply', { ticketId: id, text: 'Misuro 13,4 V', evidenceIds: [] });
  await call('sendReply', { ticketId: id });
  await until(() =>
    services.context.messages
      .ofTicket(id)
      .some((message) => message.author.kind === 'customer' && message.delivery === 'delivered'),
  );
  await call('closeTicket', { id });
  await until(() => services.context.tickets.find(id)?.state === 'closed');
  expect(
    services.context.messages.ofTicket(id).filter((message) => message.text === 'Misuro 13,4 V'),
  ).toHaveLength(1);
  expect(
    (await call('requests', { filter: 'closed', text: String(number), offset: 0 })).rows.map((row) => row.id),
  ).toEqual([id]);
  expect(creations(server)).toHaveLength(1);
  expect(opened.faults).toEqual([]);
});

test.each<[string, Fault]>([
  ['the answer was lost after the portal took it', { kind: 'reset', commits: true }],
  ['the connection broke before the portal had it', { kind: 'reset', commits: false }],
  ['a page of somebody else stood in between', pageAnswer(200, true)],
  ['the portal broke after taking it', problemAnswer(500, 'fault', {}, true)],
  ['the request was delivered twice', { kind: 'duplicate' }],
  ['half the answer arrived', { kind: 'half-answer' }],
])('COMPLAINT-10, P5: portal holds exactly one ticket when %s', async (_when, fault) => {
  const server = await portal();
  const opened = await shop(server);
  let left = 1;
  server.setFault(({ method, path }) =>
    method === 'POST' && path.endsWith('/tickets') && left-- > 0 ? fault : noFault,
  );
  await opened.services.start();
  const { id, revision } = await readyDraft(opened);
  await opened.call('sendDraft', { id, revision });
  await until(() => opened.services.context.tickets.find(id)?.number);
  expect(creations(server)).toHaveLength(1);
});

test.each<[string, Fault]>([
  ['the answer was lost after the portal took it', { kind: 'reset', commits: true }],
  ['the connection broke before the portal had it', { kind: 'reset', commits: false }],
  ['a page of somebody else stood in between', pageAnswer(200, true)],
  ['the portal broke after taking it', problemAnswer(500, 'fault', {}, true)],
  ['half the answer arrived', { kind: 'half-answer' }],
])('COMPLAINT-10, P5: portal that forgets keys holds one ticket when %s: doubt is looked up, never sent again', async (_when, fault) => {
  const server = await portal(undefined, true);
  const opened = await shop(server);
  let left = 1;
  server.setFault(({ method, path }) => (isCreation(method, path) && left-- > 0 ? fault : noFault));
  await opened.services.start();
  const { id, revision } = await readyDraft(opened);
  await opened.call('sendDraft', { id, revision });
  await until(() => opened.services.context.tickets.find(id)?.number);
  expect(creations(server)).toHaveLength(1);
});

test('R-HOURS-3: queue waits as a whole and goes on by itself when the portal was read-only', async () => {
  const server = await portal();
  const opened = await shop(server);
  let sends = 0;
  let closed = true;
  server.setFault(({ method, path }) => {
    if (method !== 'POST' || !path.endsWith('/tickets') || !closed) return noFault;
    sends += 1;
    return problemAnswer(423, 'read-only', { 'retry-after': '1' });
  });
  await opened.services.start();
  const first = await readyDraft(opened, 'La lettura non parte');
  const second = await readyDraft(opened, 'La scrittura non parte');
  await opened.call('sendDraft', first);
  await opened.call('sendDraft', second);
  await until(() => opened.services.sender.queueWait()?.reason.code === 'portal.readOnly');
  expect((await opened.call('portalStatus', {})).mode).toBe('read-only');
  expect((await opened.call('outbox', {})).map((row) => row.lastError?.code)).toEqual([
    'portal.readOnly',
    'portal.readOnly',
  ]);
  expect(sends).toBe(1);
  closed = false;
  await until(() => opened.services.context.tickets.find(second.id)?.number);
  const journal = creations(server);
  expect(journal.map((entry) => entry.clientReference)).toEqual([first.id, second.id]);
});

test.each([
  ['creation', isCreation],
  ['look-up', (method: string, path: string) => method === 'GET' && path.includes('/references/tickets/')],
])('P6: a number that another ticket has is no answer, nothing of it stays, and the queue goes on when a %s gives it', async (kind, isMeant) => {
  const server = await portal();
  // The look-up is to come before the news that tell the number anyway.
  const opened = await shop(server, freshFolder(), { timing: { gapMs: 30, syncMs: 50, leastApartMs: 5 } });
  const [first, second, third] = [
    await readyDraft(opened, 'La lettura non parte'),
    await readyDraft(opened, 'La scrittura non parte'),
    await readyDraft(opened, 'Il driver non si trova'),
  ];
  for (const draft of [first, second, third]) await opened.call('sendDraft', draft);
  let wrong = 1;
  let lost = 1;
  server.setFault(({ method, path }) => {
    const taken = opened.services.context.tickets.find(first.id)?.number ?? null;
    if (taken === null) return noFault;
    if (kind === 'look-up' && lost > 0 && isCreation(method, path)) {
      lost -= 1;
      return { kind: 'reset', commits: true };
    }
    if (wrong === 0) return noFault;
    if (!isMeant(method, path)) return noFault;
    wrong -= 1;
    return jsonAnswer(
      JSON.stringify({ number: taken, clientReference: second.id, receivedAt: '2026-11-24T08:00:00.000Z' }),
      true,
    );
  });
  await opened.services.start();
  const numbers = await until(() => {
    const found = [first, second, third].map(
      ({ id }) => opened.services.context.tickets.find(id)?.number ?? null,
    );
    return found.includes(null) ? null : found;
  });
  expect(wrong).toBe(0);
  expect(new Set(numbers).size).toBe(3);
  await until(() => opened.services.context.outbox.open().length === 0);
  expect(opened.told.numbered.map((ticket) => ticket.number).toSorted()).toEqual(numbers.toSorted());
  expect(creations(server)).toHaveLength(3);
  expect(opened.faults).toEqual([]);
});

test('file reaches the portal whole, after the ticket has its number', async () => {
  const server = await portal();
  const opened = await shop(server);
  const file = await frozen(opened, '18:01:44 ERR back checksum\n'.repeat(400));
  await opened.services.start();
  const draft = await readyDraft(opened, 'Non si apre', [file.id]);
  await opened.call('sendDraft', draft);
  await until(
    () =>
      opened.services.context.outbox.open().length === 0 &&
      opened.services.context.tickets.find(draft.id)?.number,
  );
  await until(() =>
    opened.services.context.messages
      .ofTicket(draft.id)
      .some(
        (message) =>
          message.attachments[0]?.sha256 === file.sha256 && message.attachments[0].evidenceId === file.id,
      ),
  );
});

test('A6: ticket does not leave and the person is told when one of its files is gone', async () => {
  const server = await portal();
  const opened = await shop(server);
  const file = await frozen(opened, 'x');
  await opened.services.start();
  const draft = await readyDraft(opened, 'Non si apre', [file.id]);
  rmSync(join(opened.dataFolder, 'evidence'), { recursive: true });
  await opened.call('sendDraft', draft);
  const rejected = await until(() =>
    opened.services.context.outbox.ofTicket(draft.id).find((item) => item.state === 'rejected'),
  );
  expect(rejected.lastError?.code).toBe('evidence.copyMissing');
  expect(creations(server)).toEqual([]);
  await opened.call('removeOutboxItem', { id: rejected.id });
  expect((await opened.call('draft', { id: draft.id })).draft.content.evidenceIds).toEqual([file.id]);
  expect(await opened.call('outbox', {})).toEqual([]);
});

test('P1: password is asked for and nothing is lost when the portal refuses it', async () => {
  const server = await portal();
  let password = 'wrong';
  const opened = await shop(server, freshFolder(), {
    keychain: {
      read: async () => ({ kind: 'present', secret: password }),
      save: async (_account, secret) => {
        password = secret;
      },
      remove: async () => true,
    },
  });
  await opened.call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  await opened.call('choosePortal', { kind: 'contract', url: server.url });
  await opened.services.start();
  const draft = await readyDraft(opened);
  await opened.call('sendDraft', draft);
  await until(() => opened.services.sender.queueWait()?.reason.code === 'portal.unauthorized');
  await opened.call('saveCredentials', { password: server.token });
  await until(() => opened.services.context.tickets.find(draft.id)?.number);
  expect(creations(server)).toHaveLength(1);
});

test('manual ticket is carried by hand and lives like any other when its number is typed in', async () => {
  const server = await portal();
  const opened = await shop(server);
  await opened.call('choosePortal', { kind: 'manual' });
  await opened.services.start();
  const draft = await readyDraft(opened);
  expect((await opened.call('review', { id: draft.id })).delivery).toBe('by-hand');
  await opened.call('sendDraft', draft);
  expect((await opened.call('manualPackage', { id: draft.id })).blocks.map((block) => block.label)).toEqual([
    'product',
    'subject',
    'description',
  ]);
  await opened.call('setManualNumber', { id: draft.id, number: ticketNumberSchema.parse('48213') });
  expect((await opened.call('ticket', { id: draft.id })).row).toMatchObject({
    number: '48213',
    stage: 'ticket',
    turn: 'vendor',
  });
  await opened.call('choosePortal', { kind: 'practice' });
  expect((await opened.call('requests', { filter: 'all', text: '', offset: 0 })).rows).toEqual([]);
  expect(creations(server)).toEqual([]);
});

test('ticket opened on the web form appears with its conversation when the portal lists it', async () => {
  const server = await portal(10);
  const first = await shop(server);
  await first.services.start();
  const draft = await readyDraft(first);
  await first.call('sendDraft', draft);
  await until(() => first.told.answered.length > 0);
  const second = await shop(server);
  await second.services.start();
  await until(() => second.told.answered.length > 0);
  const { rows } = await second.call('requests', { filter: 'all', text: '', offset: 0 });
  expect(rows).toMatchObject([
    { number: first.services.context.tickets.find(draft.id)?.number, turn: 'you', unread: 1 },
  ]);
});

test('R-ACCEPT-1: official document is kept under its hash and compared with the one the portal names', async () => {
  const server = await portal();
  const path = join(freshFolder(), 'termini.pdf');
  writeFileSync(path, 'not the official one');
  const opened = await openTestWorkshop(freshFolder(), {
    evidence: { ...noEvidence, dialogs: { chooseFiles: async () => [path], chooseFolder: async () => null } },
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
  });
  stops.push(() => opened.services.stop());
  await opened.call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  expect((await opened.call('terms', {})).document).toBeNull();
  const view = await opened.call('importTermsDocument', {});
  expect(view?.document?.name).toBe('termini.pdf');
  expect(view?.document?.sha256).not.toBe(view?.sha256);
  expect(existsSync(join(opened.dataFolder, 'terms', view?.document?.sha256 ?? ''))).toBe(true);
  writeFileSync(path, '');
  await expect(opened.call('importTermsDocument', {})).rejects.toMatchObject({
    error: { code: 'evidence.empty' },
  });
  expect((await opened.call('terms', {})).document?.name).toBe('termini.pdf');
});

test('workshop leaves no fault behind when it is closed while its portal is still being opened', async () => {
  const server = await portal();
  let open: () => void = () => undefined;
  const opened = await openTestWorkshop(freshFolder(), {
    startPractice: () =>
      new Promise((ready) => {
        open = () => ready({ url: server.url, token: server.token, stop: async () => undefined });
      }),
  });
  const starting = opened.services.start();
  await opened.services.stop();
  open();
  await starting;
  expect(opened.faults).toEqual([]);
});
