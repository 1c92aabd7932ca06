import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { type OutboxItem, perhapsDoneMark } from '../../shared/domain/outbox-item.ts';
import { noFault, problemAnswer } from '../portal/fault.ts';
import type { FaultyPortal } from '../portal/faulty-portal.ts';
import { backUp, damaged, portal, shop } from './restored-stand.ts';
import { freshFolder, type OpenedServices, readyDraft, until } from './workshop-fixture.ts';

/** A program that is started. */
async function started(server: FaultyPortal, place: string): Promise<OpenedServices> {
  const opened = await shop(server, place);
  await opened.services.start();
  return opened;
}

/** The store is spoiled, and the program starts again from the backup. */
async function restoredAfter(
  one: OpenedServices,
  server: FaultyPortal,
  place: string,
): Promise<OpenedServices> {
  await damaged(one);
  const again = await started(server, place);
  expect(again.services.store.health).toMatchObject({ kind: 'restored', cause: 'damaged' });
  return again;
}

async function frozenFile(one: OpenedServices): Promise<Evidence> {
  const path = join(freshFolder(), 'ktag.log');
  writeFileSync(path, '18:01:44 ERR back checksum\n'.repeat(50));
  const file = (await one.services.handlers.freezeDroppedFiles({ paths: [path] }))?.frozen[0];
  if (file === undefined) throw new Error('not frozen');
  return file;
}

const refused = (end: string) => (server: FaultyPortal) =>
  server.setFault(({ method, path }) =>
    method === 'POST' && path.endsWith(end) ? problemAnswer(503, 'maintenance') : noFault,
  );
/** The portal cannot be asked for what is new: nothing settles itself by the news. */
const mute = (server: FaultyPortal) =>
  server.setFault(({ path }) => (path.startsWith('/api/v1/changes') ? problemAnswer(500, 'fault') : noFault));
const itemOf = (opened: OpenedServices, id: TicketId, kind: string): OutboxItem => {
  const item = opened.services.context.outbox.ofTicket(id).find(({ work }) => work.kind === kind);
  if (item === undefined) throw new Error(`no ${kind}`);
  return item;
};
const counted = (server: FaultyPortal): readonly number[] =>
  ['ticket', 'message', 'attachment'].map(
    (kind) => server.journal().filter((entry) => entry.kind === kind).length,
  );
const isDone = ({ services }: OpenedServices) => services.context.outbox.open().length === 0;
async function sendAgain(opened: OpenedServices, id: TicketId): Promise<void> {
  const { draft } = await opened.call('draft', { id });
  await opened.call('sendDraft', { id, revision: draft.revision });
}

test('K3: file of a draft that was sent after the backup is not sent twice when the draft is sent again', async () => {
  const [server, place] = [await portal(), freshFolder()];
  const one = await started(server, place);
  const draft = await readyDraft(one, 'La lettura si ferma', [(await frozenFile(one)).id]);
  await backUp(one);
  await one.call('sendDraft', draft);
  await until(() => isDone(one));
  expect(counted(server)).toEqual([1, 0, 1]);
  mute(server);
  const two = await restoredAfter(one, server, place);
  await sendAgain(two, draft.id);
  await until(() => isDone(two));
  expect(counted(server)).toEqual([1, 0, 1]);
  expect(itemOf(two, draft.id, 'upload-attachment').state).toBe('accepted');
});

test('K3: file of a request queued at the backup is not sent twice when the request is taken back and sent again', async () => {
  const [server, place] = [await portal(), freshFolder()];
  const one = await started(server, place);
  const draft = await readyDraft(one, 'La lettura si ferma', [(await frozenFile(one)).id]);
  refused('/tickets')(server);
  await one.call('sendDraft', draft);
  await backUp(one);
  server.setFault(noFault);
  const { id } = itemOf(one, draft.id, 'create-ticket');
  await one.call('retryOutboxItem', { id });
  await until(() => isDone(one));
  expect(counted(server)).toEqual([1, 0, 1]);
  server.setFault(() => problemAnswer(503, 'fault'));
  const two = await restoredAfter(one, server, place);
  await two.call('removeOutboxItem', { id });
  mute(server);
  await sendAgain(two, draft.id);
  await two.call('retryOutboxItem', { id });
  await until(() => isDone(two));
  expect(counted(server)).toEqual([1, 0, 1]);
});

test('K3: file of a reply queued at the backup is not sent twice when the reply is taken back and sent again', async () => {
  const [server, place] = [await portal(), freshFolder()];
  const one = await started(server, place);
  const file = await frozenFile(one);
  const draft = await readyDraft(one, 'La lettura si ferma');
  await one.call('sendDraft', draft);
  await until(() => isDone(one));
  refused('/messages')(server);
  await one.call('saveReply', { ticketId: draft.id, text: 'Ecco il file', evidenceIds: [file.id] });
  await one.call('sendReply', { ticketId: draft.id });
  await backUp(one);
  server.setFault(noFault);
  const { id } = itemOf(one, draft.id, 'send-message');
  await one.call('retryOutboxItem', { id });
  await until(() => isDone(one));
  expect(counted(server)).toEqual([1, 1, 1]);
  server.setFault(() => problemAnswer(503, 'fault'));
  const two = await restoredAfter(one, server, place);
  await two.call('removeOutboxItem', { id });
  mute(server);
  await two.call('sendReply', { ticketId: draft.id });
  await two.call('retryOutboxItem', { id });
  await until(() => isDone(two));
  expect(counted(server)).toEqual([1, 1, 1]);
});

test('file of a draft that nobody sent before the restore goes at once: a request that was not there has no file there', async () => {
  const [server, place] = [await portal(), freshFolder()];
  const one = await started(server, place);
  const draft = await readyDraft(one, 'La lettura si ferma', [(await frozenFile(one)).id]);
  await backUp(one);
  const two = await restoredAfter(one, server, place);
  refused('/uploads')(server);
  await sendAgain(two, draft.id);
  const { id } = itemOf(two, draft.id, 'upload-attachment');
  expect(two.services.context.outbox.resumeUrl(id)).toBe(perhapsDoneMark);
  await until(() => two.services.context.tickets.find(draft.id)?.number);
  await until(() => itemOf(two, draft.id, 'upload-attachment').attempts > 0);
  expect(two.services.context.outbox.resumeUrl(id)).toBeNull();
  server.setFault(noFault);
  await two.call('retryOutboxItem', { id });
  await until(() => isDone(two));
  expect(counted(server)).toEqual([1, 0, 1]);
});
