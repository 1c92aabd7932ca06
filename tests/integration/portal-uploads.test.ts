import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { NewUpload } from '../../electron/portal/port.ts';
import { type Fault, type FaultPlan, noFault, pageAnswer, problemAnswer } from '../portal/fault.ts';
import type { JournalEntry } from '../portal/journal.ts';
import {
  done,
  newTicket,
  newUpload,
  type PortalPair,
  portalPair,
  stopAll,
} from '../portal/portal-fixtures.ts';

afterEach(stopAll);

const chunkBytes = 256 * 1024;
const mebibyte = 1024 * 1024;

async function withTicket(): Promise<PortalPair & { readonly number: string }> {
  const pair = await portalPair({}, { chunkBytes });
  return { ...pair, number: done(await pair.portal.createTicket(newTicket())).number };
}

function onSecondChunk(fault: Fault): FaultPlan {
  let patches = 0;
  return ({ method }) => {
    if (method === 'PATCH') patches += 1;
    return method === 'PATCH' && patches === 2 ? fault : noFault;
  };
}

function chunks(journal: readonly JournalEntry[]): Extract<JournalEntry, { kind: 'chunk' }>[] {
  return journal.filter((entry) => entry.kind === 'chunk');
}

function receivedBytes(journal: readonly JournalEntry[]): number {
  return chunks(journal).reduce((sum, entry) => sum + entry.bytes, 0);
}

test.each([
  1,
  100_000,
  chunkBytes,
  chunkBytes + 1,
  300_001,
  524_289,
])("K4: upload goes on at the portal's offset and sends one chunk twice at most when the connection breaks after %i bytes", async (afterBytes) => {
  const { server, portal, folder, number } = await withTicket();
  let resumeUrl: string | null = null;
  const upload = newUpload(folder, number, 2 * mebibyte, {
    onResumeUrl: (url) => {
      resumeUrl = url;
    },
  });
  let passed = 0;
  server.setFault(({ method }) => {
    if (method !== 'PATCH') return noFault;
    const room = afterBytes - passed;
    passed += chunkBytes;
    return room > chunkBytes ? noFault : { kind: 'cut-upload', afterBytes: Math.max(room, 0) };
  });
  expect(await portal.uploadAttachment(upload)).toMatchObject({ kind: 'refused', retry: 'later' });
  expect(resumeUrl).toContain(`${server.url}/api/v1/uploads/`);
  server.setFault(noFault);
  const receipt = done(await portal.uploadAttachment({ ...upload, resumeUrl }));
  expect(receipt).toMatchObject({ sha256: upload.sha256, sizeBytes: upload.sizeBytes });
  expect(receivedBytes(server.journal()) - upload.sizeBytes).toBeLessThanOrEqual(chunkBytes);
  expect(server.journal().filter((entry) => entry.kind === 'attachment')).toHaveLength(1);
});

test('upload tells what the portal confirmed, never what was only handed to the line, over a cut and a resume', async () => {
  const { server, portal, folder, number } = await withTicket();
  let resumeUrl: string | null = null;
  let confirmed = 0;
  const told: { readonly sentBytes: number; readonly confirmed: number }[] = [];
  const upload = newUpload(folder, number, 4 * chunkBytes, {
    onResumeUrl: (url) => {
      resumeUrl = url;
    },
    onProgress: (sentBytes) => void told.push({ sentBytes, confirmed }),
  });
  const noting: Fault = {
    kind: 'rewrite',
    rewrite: (answer) => {
      confirmed = Number(answer.headers['upload-offset'] ?? confirmed);
      return answer;
    },
  };
  let pieces = 0;
  server.setFault(({ method }) => {
    if (method === 'PATCH') pieces += 1;
    return pieces === 3 ? { kind: 'cut-upload', afterBytes: chunkBytes / 2 } : noting;
  });
  expect(await portal.uploadAttachment(upload)).toMatchObject({ kind: 'refused', retry: 'later' });
  const before = told.length;
  expect(told.map(({ sentBytes }) => sentBytes)).toEqual([0, chunkBytes, 2 * chunkBytes]);
  server.setFault(noting);
  done(await portal.uploadAttachment({ ...upload, resumeUrl }));
  // The piece that was cut is asked about first: what of it arrived is told before anything more is sent.
  expect(told[before]?.sentBytes).toBeGreaterThanOrEqual(2 * chunkBytes);
  expect(told.at(-1)?.sentBytes).toBe(4 * chunkBytes);
  expect(told.every((one) => one.sentBytes === one.confirmed)).toBe(true);
});

test('upload sends no byte twice when its process is stopped between two chunks', async () => {
  const { server, portal, folder, number } = await withTicket();
  const stop = new AbortController();
  let resumeUrl: string | null = null;
  const upload = newUpload(folder, number, 2 * mebibyte, {
    signal: stop.signal,
    onResumeUrl: (url) => {
      resumeUrl = url;
    },
    onProgress: (sentBytes) => {
      if (sentBytes >= mebibyte) stop.abort();
    },
  });
  expect(await portal.uploadAttachment(upload)).toMatchObject({
    kind: 'refused',
    retry: 'later',
    error: { code: 'cancelled' },
  });
  done(await portal.uploadAttachment({ ...upload, signal: new AbortController().signal, resumeUrl }));
  expect(receivedBytes(server.journal()) - upload.sizeBytes).toBeLessThanOrEqual(chunkBytes);
});

test('upload sends nothing when the portal holds the file already, whatever became of the answer', async () => {
  const { server, portal, folder, number } = await withTicket();
  const upload = newUpload(folder, number, 300_000);
  server.setFault(({ method }) => (method === 'PATCH' ? { kind: 'delay', ms: 0 } : noFault));
  done(await portal.uploadAttachment(upload));
  server.setFault(({ method }) => (method === 'GET' ? noFault : pageAnswer(500)));
  expect(done(await portal.uploadAttachment(upload)).sha256).toBe(upload.sha256);
});

test('upload starts afresh when the kept address is gone or belongs to somebody else', async () => {
  const { server, portal, folder, number } = await withTicket();
  for (const resumeUrl of [
    `${server.url}/api/v1/uploads/${'0'.repeat(32)}`,
    'https://evil.example/api/v1/uploads/1',
    `${server.url}/api/v1/tickets`,
    'not an address',
  ]) {
    const upload = newUpload(folder, number, 50_000, { resumeUrl });
    expect(done(await portal.uploadAttachment(upload)).sha256).toBe(upload.sha256);
  }
});

test('upload is tried again later and not begun anew when the question for the offset fails', async () => {
  const { server, portal, folder, number } = await withTicket();
  let resumeUrl: string | null = null;
  const upload = newUpload(folder, number, 2 * chunkBytes, {
    onResumeUrl: (url) => {
      resumeUrl = url;
    },
  });
  server.setFault(onSecondChunk(pageAnswer(502)));
  expect(await portal.uploadAttachment(upload)).toMatchObject({
    kind: 'refused',
    retry: 'later',
    error: { code: 'portal.serverFault' },
  });
  let creations = 0;
  server.setFault(({ method }) => {
    if (method === 'POST') creations += 1;
    return method === 'HEAD' ? problemAnswer(503, 'maintenance', { 'retry-after': '30' }) : noFault;
  });
  expect(await portal.uploadAttachment({ ...upload, resumeUrl })).toMatchObject({
    kind: 'refused',
    retry: 'later',
    retryAfterMs: 30_000,
  });
  expect(creations).toBe(0);
});

test.each([
  'HEAD',
  'POST',
  'PATCH',
])('P2: rest that a server fault asks for is kept when %s of an upload meets it', async (met) => {
  const { server, portal, folder, number } = await withTicket();
  let resumeUrl: string | null = null;
  const upload = newUpload(folder, number, 2 * chunkBytes, {
    onResumeUrl: (url) => {
      resumeUrl = url;
    },
  });
  if (met === 'HEAD') {
    server.setFault(onSecondChunk(pageAnswer(502)));
    expect(await portal.uploadAttachment(upload)).toMatchObject({ kind: 'refused' });
    expect(resumeUrl).not.toBeNull();
  }
  server.setFault(({ method }) =>
    method === met ? problemAnswer(500, 'fault', { 'retry-after': '30' }) : noFault,
  );
  expect(await portal.uploadAttachment({ ...upload, resumeUrl })).toMatchObject({
    kind: 'refused',
    retry: 'later',
    retryAfterMs: 30_000,
  });
});

test.each<[string, (upload: NewUpload) => void]>([
  ['longer', (upload) => appendFileSync(upload.file, 'x')],
  ['another of the same length', (upload) => writeFileSync(upload.file, Buffer.alloc(upload.sizeBytes))],
  ['gone', (upload) => rmSync(upload.file)],
])('A6: upload sends nothing when the frozen copy is %s', async (_name, spoil) => {
  const { server, portal, folder, number } = await withTicket();
  const upload = newUpload(folder, number, 50_000);
  spoil(upload);
  expect(await portal.uploadAttachment(upload)).toMatchObject({
    kind: 'refused',
    retry: 'never',
    error: { code: 'evidence.copyMissing', params: { name: upload.name } },
  });
  expect(chunks(server.journal())).toEqual([]);
});

test.each<[string, (file: string) => void]>([
  ['cut short', (file) => truncateSync(file, 10)],
  ['taken away', (file) => rmSync(file)],
])('upload ends and the portal books nothing when the frozen copy is %s under it', async (_name, spoil) => {
  const { portal, folder, number } = await withTicket();
  const upload = newUpload(folder, number, mebibyte);
  expect(await portal.uploadAttachment({ ...upload, onResumeUrl: () => spoil(upload.file) })).toMatchObject({
    kind: 'refused',
    retry: 'never',
    error: { code: 'evidence.copyMissing' },
  });
  expect(done(await portal.findAttachmentByReference(upload.clientReference))).toBeNull();
});

test('upload is refused for good when the bytes the portal got have another SHA-256 than was announced', async () => {
  const { portal, folder, number } = await withTicket();
  const upload = newUpload(folder, number, 50_000);
  const before = readFileSync(upload.file);
  // Changed after the check of the frozen copy, between the announcement and the bytes.
  const outcome = await portal.uploadAttachment({
    ...upload,
    onResumeUrl: () => writeFileSync(upload.file, Buffer.alloc(before.length)),
  });
  expect(outcome).toMatchObject({
    kind: 'refused',
    retry: 'never',
    error: { code: 'portal.rejected', params: { status: 422, field: 'sha256' } },
  });
  expect(done(await portal.findAttachmentByReference(upload.clientReference))).toBeNull();
});

test('upload names a message when the file belongs to a reply, and is refused when that reply is not of the ticket', async () => {
  const { portal, folder, number } = await withTicket();
  const reply = {
    number,
    clientReference: crypto.randomUUID(),
    idempotencyKey: crypto.randomUUID(),
    text: 'Ecco il file',
  };
  done(await portal.sendMessage(reply));
  done(
    await portal.uploadAttachment(
      newUpload(folder, number, 10_000, { messageReference: reply.clientReference }),
    ),
  );
  const changes = done(await portal.changesSince(null));
  expect(
    changes.messages.find((message) => message.clientReference === reply.clientReference)?.attachments,
  ).toHaveLength(1);
  expect(
    await portal.uploadAttachment(
      newUpload(folder, number, 10_000, { messageReference: crypto.randomUUID() }),
    ),
  ).toMatchObject({
    kind: 'refused',
    retry: 'never',
    error: { params: { field: 'messageReference' } },
  });
  expect(await portal.uploadAttachment(newUpload(folder, 'P-999999', 10_000))).toMatchObject({
    kind: 'refused',
    retry: 'never',
    error: { code: 'portal.notFound' },
  });
});

test('upload goes on with a new session when the old one ended in the middle', async () => {
  const { server, portal, folder, number } = await withTicket();
  server.setFault(onSecondChunk(problemAnswer(401, 'unauthorized')));
  const upload = newUpload(folder, number, mebibyte);
  expect(done(await portal.uploadAttachment(upload)).sha256).toBe(upload.sha256);
});
