import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TicketId } from '../../shared/domain/ids.ts';
import { isPerhapsCarried } from '../../shared/flows/queue-gate.ts';
import { apiBase } from '../../shared/portal/wire.ts';
import { noFault, problemAnswer } from '../portal/fault.ts';
import type { FaultyPortal } from '../portal/faulty-portal.ts';
import { atTheEnd, backUp, damaged, portal, shop } from './restored-stand.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const numberOf = ({ services }: OpenedServices, id: TicketId): string | null =>
  services.context.tickets.find(id)?.number ?? null;
const rows = async (opened: OpenedServices): Promise<unknown> =>
  (await opened.call('requests', { filter: 'all', text: '', offset: 0 })).rows.map((row) => [
    row.stage,
    row.number,
    row.outboxState,
  ]);
const tickets = (server: FaultyPortal): number =>
  server.journal().filter((entry) => entry.kind === 'ticket').length;

test.each([
  false,
  true,
])('draft that was sent after the backup is one request with its number, on a portal that forgets keys: %s', async (ignoresKeys) => {
  const server = await portal(ignoresKeys);
  const place = freshFolder();
  const one = await shop(server, place);
  await one.services.start();
  const draft = await readyDraft(one, 'La lettura non parte e si ferma');
  await backUp(one);
  await one.call('sendDraft', draft);
  const number = await until(() => numberOf(one, draft.id));
  await damaged(one);
  const two = await shop(server, place);
  expect(two.services.store.health.kind).toBe('restored');
  await two.services.start();
  await until(() => numberOf(two, draft.id) === number);
  expect(await rows(two)).toEqual([['ticket', number, null]]);
  await expect(two.call('draft', { id: draft.id })).rejects.toMatchObject({
    error: { code: 'draft.frozen' },
  });
  expect(tickets(server)).toBe(1);
  expect(two.faults).toEqual([]);
});

test.each([
  false,
  true,
])('draft sent again after the restore, before any news, is looked up first and found, on a portal that forgets keys: %s', async (ignoresKeys) => {
  const server = await portal(ignoresKeys);
  const place = freshFolder();
  const one = await shop(server, place);
  await one.services.start();
  const draft = await readyDraft(one, 'La lettura non parte e si ferma');
  const other = await readyDraft(one, 'La scrittura non parte e si ferma');
  await backUp(one);
  await one.call('sendDraft', draft);
  const number = await until(() => numberOf(one, draft.id));
  await damaged(one);
  server.setFault(({ path }) => (path.startsWith('/api/v1/changes') ? problemAnswer(500, 'fault') : noFault));
  const two = await shop(server, place);
  await two.services.start();
  for (const id of [draft.id, other.id]) {
    const again = await two.call('draft', { id });
    await two.call('sendDraft', { id, revision: again.draft.revision });
  }
  await until(() => numberOf(two, draft.id) === number);
  // What was never sent goes, after the portal said twice that it has it not.
  await until(() => numberOf(two, other.id) !== null);
  expect(tickets(server)).toBe(2);
  server.setFault(noFault);
});

test('what stood in the queue at the backup and was sent since is looked up, not sent again, by a portal that forgets keys', async () => {
  const server = await portal(true);
  const place = freshFolder();
  const one = await shop(server, place);
  await one.services.start();
  const first = await readyDraft(one, 'La lettura non parte e si ferma');
  await one.call('sendDraft', first);
  await until(() => numberOf(one, first.id));
  server.setFault({ kind: 'reset', commits: false });
  const second = await readyDraft(one, 'La scrittura non parte e si ferma');
  await one.call('sendDraft', second);
  await one.call('saveReply', { ticketId: first.id, text: 'Una risposta sola', evidenceIds: [] });
  const reply = await one.call('sendReply', { ticketId: first.id });
  await backUp(one);
  server.setFault(noFault);
  await one.call('syncNow', {});
  await until(() => one.services.context.outbox.open().length === 0);
  const number = numberOf(one, second.id);
  await damaged(one);
  const two = await shop(server, place);
  expect(two.services.context.outbox.open().map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  await two.services.start();
  await until(() => two.services.context.outbox.open().length === 0);
  expect(numberOf(two, second.id)).toBe(number);
  expect(two.services.context.messages.find(reply.id)?.delivery).toBe('delivered');
  expect(tickets(server)).toBe(2);
  expect(server.journal().filter((entry) => entry.kind === 'message')).toHaveLength(1);
});

/** Behind one in doubt a second request and a second reply that were never tried: in the backup they wait, and since then both arrived. */
async function untriedAtBackup(server: FaultyPortal) {
  const place = freshFolder();
  const one = await shop(server, place);
  await one.services.start();
  const first = await readyDraft(one, 'La lettura non parte e si ferma');
  await one.call('sendDraft', first);
  await until(() => numberOf(one, first.id));
  server.setFault({ kind: 'reset', commits: false });
  const requests = [
    await readyDraft(one, 'La scrittura non parte'),
    await readyDraft(one, 'Il cavo non viene visto'),
  ] as const;
  for (const request of requests) await one.call('sendDraft', request);
  for (const text of ['Una risposta', 'E poi la seconda']) {
    await one.call('saveReply', { ticketId: first.id, text, evidenceIds: [] });
    await one.call('sendReply', { ticketId: first.id });
  }
  const { outbox } = one.services.context;
  await until(() => outbox.open().filter(({ attempts }) => attempts > 0).length === 2);
  await backUp(one);
  const untried = outbox.open().filter(({ attempts }) => attempts === 0);
  expect(untried.map(({ work }) => work.kind)).toEqual(['create-ticket', 'send-message']);
  server.setFault(noFault);
  await one.call('syncNow', {});
  await until(() => outbox.open().length === 0);
  await damaged(one);
  // Neither news nor look-ups say that they are there.
  server.setFault(({ method }) => (method === 'GET' ? problemAnswer(500, 'fault') : noFault));
  const two = await shop(server, place);
  await two.services.start();
  return { two, untried, ticketId: first.id };
}
const words = (server: FaultyPortal): string[] =>
  server.journal().flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []));

/** The portal answers again, the queue drains, and everything that waited is there once. */
async function isThereOnce(server: FaultyPortal, { call, services }: OpenedServices): Promise<void> {
  server.setFault(noFault);
  await call('syncNow', {});
  await until(() => services.context.outbox.open().length === 0);
  expect(tickets(server)).toBe(3);
  expect(words(server)).toEqual(['Una risposta', 'E poi la seconda']);
}

test('what waited untried at the backup and arrived since is asked for first when the person removes it and sends it again', async () => {
  const server = await portal(true);
  const { two, untried, ticketId } = await untriedAtBackup(server);
  const [creation, reply] = untried;
  if (creation === undefined || reply === undefined) throw new Error('nothing waits');
  await two.call('removeOutboxItem', { id: creation.id });
  const { draft } = await two.call('draft', { id: creation.ticketId });
  await two.call('sendDraft', { id: draft.id, revision: draft.revision });
  await two.call('removeOutboxItem', { id: reply.id });
  await two.call('sendReply', { ticketId });
  await isThereOnce(server, two);
});

test('what waited untried at the backup and arrived since is asked for first when it is set aside and taken back', async () => {
  const server = await portal(true);
  const { two, untried } = await untriedAtBackup(server);
  for (const { id } of untried) await two.call('setOutboxItemAside', { id });
  for (const { id } of untried) await two.call('retryOutboxItem', { id });
  await isThereOnce(server, two);
});

test('what was set aside untried at the backup, and taken back and sent since, is asked for first when it is taken back again', async () => {
  const server = await portal(true);
  const place = freshFolder();
  const one = await shop(server, place);
  await one.services.start();
  const first = await readyDraft(one, 'La lettura non parte e si ferma');
  await one.call('sendDraft', first);
  await until(() => numberOf(one, first.id));
  server.setFault({ kind: 'reset', commits: false });
  const { outbox } = one.services.context;
  // It stands before the others, so that these are not tried.
  await one.call('sendDraft', await readyDraft(one, 'La scrittura non parte'));
  await until(() => outbox.open().some(({ attempts }) => attempts > 0));
  await one.call('sendDraft', await readyDraft(one, 'Il cavo non viene visto'));
  await one.call('saveReply', { ticketId: first.id, text: 'Una risposta', evidenceIds: [] });
  await one.call('sendReply', { ticketId: first.id });
  const untried = outbox.open().filter(({ attempts }) => attempts === 0);
  expect(untried.map(({ work }) => work.kind)).toEqual(['create-ticket', 'send-message']);
  for (const { id } of untried) await one.call('setOutboxItemAside', { id });
  await backUp(one);
  server.setFault(noFault);
  for (const { id } of untried) await one.call('retryOutboxItem', { id });
  await one.call('syncNow', {});
  await until(() => outbox.open().length === 0);
  await damaged(one);
  server.setFault(({ method }) => (method === 'GET' ? problemAnswer(500, 'fault') : noFault));
  const two = await shop(server, place);
  await two.services.start();
  for (const { id } of untried) await two.call('retryOutboxItem', { id });
  server.setFault(noFault);
  await two.call('syncNow', {});
  await until(() => two.services.context.outbox.open().length === 0);
  expect(tickets(server)).toBe(3);
  expect(words(server)).toEqual(['Una risposta']);
});

const onTwoLines = 'Una risposta sola,\nperché basta';
test.each([
  ['as they were', (body: string) => body],
  ['with other ends of lines', (body: string) => body.replaceAll('\\n', '\\r\\n')],
  ['with accents apart from their letters', (body: string) => body.normalize('NFD')],
])('words of a reply that was sent after the backup are not offered again when they come back %s', async (_how, rewritten) => {
  const server = await portal(false);
  const place = freshFolder();
  const one = await shop(server, place);
  await one.services.start();
  const draft = await readyDraft(one, 'La lettura non parte e si ferma');
  await one.call('sendDraft', draft);
  await until(() => numberOf(one, draft.id));
  await one.call('saveReply', { ticketId: draft.id, text: onTwoLines, evidenceIds: [] });
  await backUp(one);
  await one.call('sendReply', { ticketId: draft.id });
  await until(() => one.services.context.outbox.open().length === 0);
  await damaged(one);
  server.setFault(({ path }) =>
    path.startsWith(`${apiBase}/changes`)
      ? {
          kind: 'rewrite',
          rewrite: (answer) => ({ ...answer, body: Buffer.from(rewritten(answer.body.toString('utf8'))) }),
        }
      : noFault,
  );
  const two = await shop(server, place);
  expect(two.services.context.replies.find(draft.id).text).toBe(onTwoLines);
  await two.services.start();
  await until(() => two.services.context.replies.find(draft.id).text === '');
  const replies = two.services.context.messages
    .ofTicket(draft.id)
    .filter(({ text }) => text.startsWith('Una risposta sola'));
  expect(replies).toHaveLength(1);
});

test('files of a request that this store forgot are found in the news, and of the others a person says whether they arrived', async () => {
  const server = await portal(false);
  const place = freshFolder();
  const one = await shop(server, place);
  await one.services.start();
  const paths = ['ktag.log', 'foto.log'].map((name, index) => {
    const path = join(freshFolder(), name);
    writeFileSync(path, `18:01:44 ERR back checksum ${index}\n`.repeat(50));
    return path;
  });
  const report = await one.services.handlers.freezeDroppedFiles({ paths });
  const files = report?.frozen ?? [];
  expect(files).toHaveLength(2);
  const draft = await readyDraft(
    one,
    'La lettura non parte e si ferma',
    files.map(({ id }) => id),
  );
  await backUp(one);
  // The second file never gets there before the store is lost.
  let announced = 0;
  server.setFault(({ method, path }) => {
    if (method === 'POST' && path.endsWith('/uploads')) announced += 1;
    return announced > 1 && path.includes('/uploads') && method !== 'GET'
      ? { kind: 'reset', commits: false }
      : noFault;
  });
  await one.call('sendDraft', draft);
  await until(() => server.journal().some((entry) => entry.kind === 'attachment') && announced > 1);
  await damaged(one);
  server.setFault(noFault);
  const two = await shop(server, place);
  await two.services.start();
  await until(() => numberOf(two, draft.id));
  const uploads = () =>
    two.services.context.outbox.ofTicket(draft.id).filter((item) => item.work.kind === 'upload-attachment');
  await until(() => uploads().filter((item) => item.state === 'accepted').length === 1);
  const left = uploads().find((item) => item.state === 'to-verify');
  expect(uploads()).toHaveLength(2);
  if (left === undefined) throw new Error('nothing is asked of the person');
  await two.call('decideOutboxItem', { id: left.id, decision: { kind: 'send-again' } });
  await until(() => two.services.context.outbox.open().length === 0);
  const sent = server.journal().flatMap((entry) => (entry.kind === 'attachment' ? [entry.sha256] : []));
  expect(sent.toSorted()).toEqual(files.map(({ sha256 }) => String(sha256)).toSorted());
});

test.each([
  'request',
  'reply',
])('%s refused before the backup, and sent again since, is asked for first when it is sent again', async (what) => {
  const server = await portal(true);
  const place = freshFolder();
  const one = await shop(server, place);
  await one.services.start();
  const first = await readyDraft(one, 'La lettura non parte e si ferma');
  await one.call('sendDraft', first);
  await until(() => numberOf(one, first.id));
  server.setFault(({ method }) => (method === 'POST' ? problemAnswer(422, 'invalid') : noFault));
  const ticketId = what === 'request' ? (await sentDraft(one)).id : first.id;
  if (what === 'reply') {
    await one.call('saveReply', { ticketId, text: 'Una risposta sola', evidenceIds: [] });
    await one.call('sendReply', { ticketId });
  }
  const refused = await until(() =>
    one.services.context.outbox.ofTicket(ticketId).find(({ state }) => state === 'rejected'),
  );
  await backUp(one);
  server.setFault(noFault);
  await one.call('retryOutboxItem', { id: refused.id });
  await until(() => one.services.context.outbox.find(refused.id)?.state === 'accepted');
  await damaged(one);
  server.setFault(({ method }) => (method === 'GET' ? problemAnswer(500, 'fault') : noFault));
  const two = await shop(server, place);
  await two.services.start();
  await two.call('retryOutboxItem', { id: refused.id });
  expect(two.services.context.outbox.find(refused.id)?.state).toBe('unknown');
  server.setFault(noFault);
  await two.call('syncNow', {});
  await until(() => two.services.context.outbox.find(refused.id)?.state === 'accepted');
  expect(tickets(server)).toBe(what === 'request' ? 2 : 1);
  expect(words(server)).toEqual(what === 'request' ? [] : ['Una risposta sola']);
});

async function sentDraft(opened: OpenedServices) {
  const draft = await readyDraft(opened, 'La scrittura non parte');
  await opened.call('sendDraft', draft);
  return draft;
}

test('file whose bytes all went after the backup, and that the portal books only after the restore, is not sent again', async () => {
  const server = await portal(false);
  const place = freshFolder();
  const one = await shop(server, place);
  await one.services.start();
  const path = join(freshFolder(), 'ktag.log');
  writeFileSync(path, '18:01:44 ERR back checksum\n'.repeat(50));
  const file = (await one.services.handlers.freezeDroppedFiles({ paths: [path] }))?.frozen[0];
  if (file === undefined) throw new Error('nothing frozen');
  server.setFault(({ method, path }) =>
    method === 'POST' && path.endsWith('/uploads') ? { kind: 'reset', commits: false } : noFault,
  );
  const draft = await readyDraft(one, 'La lettura non parte e si ferma', [file.id]);
  await one.call('sendDraft', draft);
  await until(() => numberOf(one, draft.id));
  await backUp(one);
  server.setFault(noFault);
  await one.call('syncNow', {});
  await until(() => server.journal().some(({ kind }) => kind === 'attachment'));
  await damaged(one);
  // For a while the portal names no file, neither by its reference nor in its news.
  let looks = 0;
  let announced = 0;
  const isOfFile = (path: string): boolean => path.includes('/references/attachments/');
  server.setFault(({ method, path }) => {
    if (isOfFile(path)) looks += 1;
    if (method === 'POST' && path.endsWith('/uploads')) announced += 1;
    return (isOfFile(path) && looks <= 1) || path.includes('/changes')
      ? problemAnswer(404, 'not-found')
      : noFault;
  });
  const two = await shop(server, place);
  await two.services.start();
  await until(() => looks > 1);
  await until(() => two.services.context.outbox.open().length === 0);
  expect(announced).toBe(0);
  expect(server.journal().filter(({ kind }) => kind === 'attachment')).toHaveLength(1);
});

test('what was to be carried by hand at the backup is doubted after it: it says so, blocks nothing, and stays in doubt', async () => {
  const place = freshFolder();
  const open = async (): Promise<OpenedServices> => {
    const opened = await openTestWorkshop(place, { random: () => 0.01 });
    atTheEnd(() => opened.services.stop());
    return opened;
  };
  const one = await open();
  await one.call('choosePortal', { kind: 'manual' });
  await one.services.start();
  const [first, second] = [
    await readyDraft(one, 'La lettura non parte'),
    await readyDraft(one, 'La scrittura non parte'),
  ];
  for (const draft of [first, second]) await one.call('sendDraft', draft);
  await one.call('setManualNumber', { id: first.id, number: '2026/4711' });
  await one.call('saveReply', { ticketId: first.id, text: '13,4 V', evidenceIds: [] });
  await one.call('sendReply', { ticketId: first.id });
  const doubted = ({ services }: OpenedServices): readonly unknown[] =>
    services.context.outbox.inState('by-hand').map((item) => [item.work.kind, isPerhapsCarried(item)]);
  expect(doubted(one)).toEqual([
    ['create-ticket', false],
    ['send-message', false],
  ]);
  await backUp(one);
  await damaged(one);
  const two = await open();
  expect(two.services.store.health.kind).toBe('restored');
  await two.services.start();
  expect(doubted(two)).toEqual([
    ['create-ticket', true],
    ['send-message', true],
  ]);
  // Taken back and sent again it is in doubt as before, and what the person says of it is taken at once.
  const creation = two.services.context.outbox
    .inState('by-hand')
    .find(({ work }) => work.kind === 'create-ticket');
  await two.call('removeOutboxItem', { id: creation?.id ?? '' });
  const again = await two.call('draft', { id: second.id });
  await two.call('sendDraft', { id: second.id, revision: again.draft.revision });
  expect(doubted(two)).toContainEqual(['create-ticket', true]);
  await two.call('setManualNumber', { id: second.id, number: '2026/4712' });
  const reply = two.services.context.outbox.inState('by-hand')[0];
  await two.call('decideOutboxItem', { id: reply?.id ?? '', decision: { kind: 'carried' } });
  expect(doubted(two)).toEqual([]);
  expect([first, second].map(({ id }) => numberOf(two, id))).toEqual(['2026/4711', '2026/4712']);
  // What is written now was never carried.
  const third = await readyDraft(two, 'Il cavo non viene visto');
  await two.call('sendDraft', third);
  expect(doubted(two)).toEqual([['create-ticket', false]]);
});
