import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';
import { uploadAttachment, type UploadParts } from '../../electron/portal/contract/upload.ts';
import { uploadMemory } from '../../electron/portal/contract/upload-memory.ts';
import type { Portal } from '../../electron/portal/port.ts';
import { apiBase } from '../../shared/portal/wire.ts';
import { newUpload } from '../portal/portal-fixtures.ts';
import { freshFolder } from './workshop-fixture.ts';

const sizeBytes = 4 * 1024 * 1024;
const turnMs = 900;
const number = 'H-000001';

type Answer = (status: number, headers?: Readonly<Record<string, string>>, body?: object) => void;
type Answering = (method: string, path: string, answer: Answer) => void;
/** What a portal of the test's own was asked, each with its moment in milliseconds, and how many questions stand open. */
type Served = { readonly portal: Portal; readonly asked: string[]; readonly open: () => number };

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const notFound = (answer: Answer): void =>
  answer(
    404,
    { 'content-type': 'application/problem+json' },
    { type: 'about:blank', title: 'none', status: 404, code: 'not-found' },
  );

/** A portal that takes a session and an announcement, and leaves every other answer to the test. */
async function served(answering: Answering): Promise<Served> {
  const asked: string[] = [];
  const open = new Set<ServerResponse>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = '', url = '' } = request;
    const path = url.replace(apiBase, '');
    asked.push(`${method} ${path.split('/')[1] ?? ''}`);
    open.add(response);
    response.once('close', () => open.delete(response));
    const answer: Answer = (status, headers = {}, body) => {
      if (!response.destroyed)
        response
          .writeHead(status, { 'tus-resumable': '1.0.0', ...headers })
          .end(body && JSON.stringify(body));
    };
    request.resume().once('end', () => {
      if (path === '/session')
        answer(
          200,
          { 'content-type': 'application/json' },
          { token: 'x'.repeat(32), expiresAt: '2099-01-01T00:00:00.000Z' },
        );
      else if (method === 'POST') answer(201, { location: `${apiBase}/uploads/1` });
      else answering(method, path, answer);
    });
  };
  const server = createServer(handle);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  stops.push(() => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  const portal = contractPortal({
    address: `http://127.0.0.1:${port}`,
    credentials: async () => ({ user: 'practice', password: 'x' }),
    limits: { uploadTurnMs: turnMs },
  });
  return { portal, asked, open: () => open.size };
}

const ofKind = (asked: readonly string[], kind: string): number =>
  asked.filter((what) => what === kind).length;
const offset = (bytes: number): Readonly<Record<string, string>> => ({
  'upload-offset': String(bytes),
  'upload-length': String(sizeBytes),
});

test('K3: a file of which every piece is slowly refused as too large ends with its turn, and nothing of it is asked after that', async () => {
  const { portal, asked, open } = await served((method, path, answer) => {
    if (method === 'HEAD') answer(200, offset(0));
    else if (method === 'PATCH') setTimeout(() => answer(413), turnMs / 2);
    else if (path.startsWith('/references')) notFound(answer);
    else answer(503);
  });
  const outcome = await portal.uploadAttachment(newUpload(freshFolder(), number, sizeBytes));
  expect(outcome).toMatchObject({ kind: 'refused', retry: 'later', error: { code: 'portal.timeout' } });
  const patches = ofKind(asked, 'PATCH uploads');
  expect(patches).toBeGreaterThanOrEqual(1);
  expect(patches).toBeLessThanOrEqual(3);
  const before = asked.length;
  await expect.poll(open).toBe(0);
  // A second turn begins with a question of its own: what stands before it belongs to nobody any more.
  await portal.uploadAttachment(newUpload(freshFolder(), number, 10));
  expect(asked[before]).toBe('GET references');
});

test.each([
  ['is asked for', 'GET references'],
  ['takes a piece', 'PATCH uploads'],
  ['names its limits', 'GET requirements'],
])('a turn ends in its time when the portal falls silent as it %s', async (_what, silent) => {
  const { portal, asked, open } = await served((method, path, answer) => {
    if (`${method} ${path.split('/')[1] ?? ''}` === silent) return;
    if (method === 'PATCH') answer(204, offset(sizeBytes));
    else if (path.startsWith('/references')) notFound(answer);
    else answer(503);
  });
  const outcome = await portal.uploadAttachment(newUpload(freshFolder(), number, sizeBytes));
  expect(outcome).toMatchObject({ kind: 'refused', retry: 'later', error: { code: 'portal.timeout' } });
  expect(ofKind(asked, silent)).toBe(1);
  await expect.poll(open).toBe(0);
});

test('a portal that books nothing is asked no longer than a turn takes', async () => {
  const { portal, asked } = await served((method, path, answer) => {
    if (method === 'PATCH') answer(204, offset(sizeBytes));
    else if (path.startsWith('/references')) notFound(answer);
    else answer(503);
  });
  const outcome = await portal.uploadAttachment(newUpload(freshFolder(), number, sizeBytes));
  expect(outcome).toMatchObject({ kind: 'refused', retry: 'later', error: { code: 'portal.timeout' } });
  expect(ofKind(asked, 'PATCH uploads')).toBe(1);
});

test('a file given up by the person ends as such, and asks nothing more', async () => {
  const giveUp = new AbortController();
  const { portal, asked, open } = await served((method, path, answer) => {
    if (method === 'PATCH') giveUp.abort();
    else if (path.startsWith('/references')) notFound(answer);
    else answer(503);
  });
  const outcome = await portal.uploadAttachment(
    newUpload(freshFolder(), number, sizeBytes, { signal: giveUp.signal }),
  );
  expect(outcome).toMatchObject({ kind: 'refused', retry: 'later', error: { code: 'cancelled' } });
  expect(ofKind(asked, 'PATCH uploads')).toBe(1);
  await expect.poll(open).toBe(0);
});

test('a turn that nobody set is as long as a transfer may take, not over at once', async () => {
  const upload = newUpload(freshFolder(), number, 1_000);
  const { clientReference, name, sha256 } = upload;
  const receipt = {
    number,
    clientReference,
    name,
    sizeBytes: 1_000,
    sha256,
    receivedAt: '2026-11-24T18:00:00Z',
  };
  const isOver: boolean[] = [];
  const outcome = await uploadAttachment(
    {
      origin: 'https://portal.example',
      send: () => new Promise(() => undefined),
      stallMs: 30_000,
      chunkBytes: async () => 1_000,
      find: async (_reference, turn) => {
        await new Promise((later) => setTimeout(later, 50));
        isOver.push(turn.aborted);
        return { kind: 'done', value: receipt, serverDate: null };
      },
      nowMs: Date.now,
    },
    upload,
  );
  expect(outcome).toMatchObject({ kind: 'done', value: { number } });
  expect(isOver).toEqual([false]);
});

test('K3: portal that has every byte and never names the file is asked in twelve turns in all, and then the person decides', async () => {
  const methods: string[] = [];
  const length = 10;
  const upload = newUpload(freshFolder(), number, length);
  const headers = new Map([
    ['upload-offset', String(length)],
    ['upload-length', String(length)],
    ['tus-resumable', '1.0.0'],
  ]);
  const origin = 'https://portal.example';
  /** The turn after so many that ended the same way. */
  const turnAfter = (turns: number) => {
    const memory = uploadMemory(0);
    for (let turn = 0; turn < turns; turn += 1) memory.unbooked(upload.clientReference);
    const parts: UploadParts = {
      origin,
      send: async ({ method }) => {
        methods.push(method);
        const header = (name: string) => headers.get(name) ?? null;
        return { kind: 'answer', answer: { status: 200, header, text: '' } };
      },
      stallMs: 30_000,
      nowMs: () => 0,
      chunkBytes: async () => 65_536,
      find: async () => ({ kind: 'done', value: null, serverDate: null }),
      memory,
    };
    return uploadAttachment(parts, { ...upload, resumeUrl: `${origin}${apiBase}/uploads/1` });
  };
  const told = (retry: string) =>
    expect.objectContaining({ retry, error: expect.objectContaining({ code: 'portal.notBooked' }) });
  expect(await Promise.all([0, 10, 11].map(turnAfter))).toEqual([
    told('later'),
    told('later'),
    told('never'),
  ]);
  expect(methods).toEqual(['HEAD', 'HEAD', 'HEAD']);
});
