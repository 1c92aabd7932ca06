import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { frozenState } from '../../electron/evidence/frozen-state.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { onLinux, onLinuxAsUser } from '../fixtures/on-linux.ts';
import { noFault } from '../portal/fault.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { done, newTicket, newUpload, portalPair, stopAll } from '../portal/portal-fixtures.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await stopAll();
});

/** Takes the right to read away, as a scanner does that looks at a copy, and gives it back when called. */
function heldCopy(path: string): () => void {
  chmodSync(path, 0);
  return () => chmodSync(path, 0o600);
}

async function workshopWithFile(): Promise<{
  readonly server: FaultyPortal;
  readonly opened: OpenedServices;
  readonly file: Evidence;
  readonly copy: string;
}> {
  const folder = freshFolder();
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  stops.push(() => server.stop());
  const opened = await openTestWorkshop(freshFolder(), {
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    timing: { gapMs: 30, syncMs: 50 },
    random: () => 0.01,
  });
  stops.push(() => opened.services.stop());
  const path = join(freshFolder(), 'ktag.log');
  writeFileSync(path, '18:01:44 ERR back checksum\n');
  const file = (await opened.services.handlers.freezeDroppedFiles({ paths: [path] }))?.frozen[0];
  if (file === undefined) throw new Error('not frozen');
  await opened.services.start();
  return { server, opened, file, copy: opened.services.evidence.files.frozenFile(file.id).path };
}

const tickets = (server: FaultyPortal) => server.journal().filter((entry) => entry.kind === 'ticket');
const uploads = (server: FaultyPortal) => server.journal().filter((entry) => entry.kind === 'attachment');

onLinuxAsUser('[linux] copy is told apart as intact, held, altered and gone, whoever asks', async () => {
  const { file, copy } = await workshopWithFile();
  expect(await frozenState(copy, file)).toBe('intact');
  const release = heldCopy(copy);
  expect(await frozenState(copy, file)).toBe('unreadable-now');
  release();
  expect(await frozenState(copy, file)).toBe('intact');
  writeFileSync(copy, 'x'.repeat(file.sizeBytes));
  expect(await frozenState(copy, file)).toBe('altered');
  rmSync(copy);
  expect(await frozenState(copy, file)).toBe('gone');
});

onLinuxAsUser(
  '[linux] D3 request waits in the queue, says which copy it waits for, and goes with it when a scanner lets go',
  async () => {
    const { server, opened, file, copy } = await workshopWithFile();
    const draft = await readyDraft(opened, 'Non si apre', [file.id]);
    const release = heldCopy(copy);
    await opened.call('sendDraft', draft);
    const ofDraft = () => opened.services.context.outbox.ofTicket(draft.id);
    const waiting = await until(() =>
      ofDraft().find((item) => item.state === 'queued' && item.lastError !== null),
    );
    expect(waiting).toMatchObject({
      work: { kind: 'create-ticket' },
      lastError: { code: 'evidence.copyUnreadable', params: { name: 'ktag.log' } },
    });
    expect(tickets(server)).toEqual([]);
    release();
    await until(
      () =>
        opened.services.context.outbox.open().length === 0 &&
        opened.services.context.tickets.find(draft.id)?.number,
    );
    expect(tickets(server)).toHaveLength(1);
    expect(uploads(server)).toHaveLength(1);
    expect(opened.faults).toEqual([]);
  },
);

onLinuxAsUser(
  '[linux] D3 file of a numbered request waits and goes later when a scanner took it after the ticket went',
  async () => {
    const { server, opened, file, copy } = await workshopWithFile();
    let release: (() => void) | null = null;
    server.setFault(({ method, path }) => {
      // The ticket is on its way: its files were read a moment ago.
      if (method === 'POST' && path.endsWith('/tickets')) release ??= heldCopy(copy);
      return noFault;
    });
    const draft = await readyDraft(opened, 'Non si apre', [file.id]);
    await opened.call('sendDraft', draft);
    const waiting = await until(() =>
      opened.services.context.outbox
        .ofTicket(draft.id)
        .find((item) => item.work.kind === 'upload-attachment' && item.lastError !== null),
    );
    expect(waiting).toMatchObject({
      state: 'queued',
      lastError: { code: 'evidence.copyUnreadable', params: { name: 'ktag.log' } },
    });
    expect(opened.services.context.tickets.find(draft.id)?.number).not.toBeNull();
    expect(uploads(server)).toEqual([]);
    (release as (() => void) | null)?.();
    await until(() => opened.services.context.outbox.open().length === 0);
    expect(uploads(server)).toHaveLength(1);
  },
);

onLinux(
  '[linux] A6: request is refused, names the file and sends nothing when its copy was altered without a change of length',
  async () => {
    const { server, opened, file, copy } = await workshopWithFile();
    const draft = await readyDraft(opened, 'Non si apre', [file.id]);
    writeFileSync(copy, 'x'.repeat(file.sizeBytes));
    await opened.call('sendDraft', draft);
    const rejected = await until(() =>
      opened.services.context.outbox.ofTicket(draft.id).find((item) => item.state === 'rejected'),
    );
    expect(rejected.lastError).toEqual({ code: 'evidence.copyMissing', params: { name: 'ktag.log' } });
    expect(
      server.journal().filter(({ kind }) => kind === 'ticket' || kind === 'attachment' || kind === 'chunk'),
    ).toEqual([]);
  },
);

onLinuxAsUser(
  '[linux] D3 upload is tried again later, and the portal books nothing, when a scanner takes the copy under it',
  async () => {
    const { server, portal, folder } = await portalPair();
    const { number } = done(await portal.createTicket(newTicket()));
    const upload = newUpload(folder, number, 1024 * 1024);
    let release: (() => void) | null = null;
    server.setFault(({ method, path }) => {
      // The portal is asked for the file after the copy was found intact and before it is opened to be sent.
      if (method === 'GET' && path.includes('attachments')) release ??= heldCopy(upload.file);
      return noFault;
    });
    expect(await portal.uploadAttachment(upload)).toMatchObject({
      kind: 'refused',
      retry: 'later',
      error: { code: 'evidence.copyUnreadable', params: { name: upload.name } },
    });
    expect(done(await portal.findAttachmentByReference(upload.clientReference))).toBeNull();
    (release as (() => void) | null)?.();
    expect(done(await portal.uploadAttachment(upload)).sha256).toBe(upload.sha256);
  },
);
