import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';
import { uploadMemory } from '../../electron/portal/contract/upload-memory.ts';
import { ownAddress, resumePoint, uploadOffset } from '../../electron/portal/contract/upload-protocol.ts';
import type { AttachmentReceipt, NewUpload, PortalOutcome } from '../../electron/portal/port.ts';
import { apiBase } from '../../shared/portal/wire.ts';
import { type Fault, type FaultPlan, noFault, pageAnswer, problemAnswer } from '../portal/fault.ts';
import {
  done,
  newTicket,
  newUpload,
  type PortalPair,
  portalPair,
  stopAll,
} from '../portal/portal-fixtures.ts';

afterEach(stopAll);

const chunkBytes = 128 * 1024;
const sizeBytes = 3 * chunkBytes;

/** What reached the process because nobody listened; none of it may. */
const unheard: unknown[] = [];
const hear = (error: unknown): void => void unheard.push(error);
beforeEach(() => {
  unheard.length = 0;
  process.on('unhandledRejection', hear);
});
afterEach(() => {
  process.off('unhandledRejection', hear);
});

type Bench = PortalPair & { readonly number: string; readonly asked: Map<string, number> };

/** A portal with a ticket; `asked` counts its upload requests by method, whatever became of them. */
async function bench(gapMs?: number): Promise<Bench> {
  const pair = await portalPair({}, { chunkBytes }, gapMs);
  return { ...pair, number: done(await pair.portal.createTicket(newTicket())).number, asked: new Map() };
}

function plan({ server, asked }: Bench, fault: FaultPlan): void {
  server.setFault((request) => {
    const isUpload = request.path.startsWith(`${apiBase}/uploads`);
    if (isUpload) asked.set(request.method, (asked.get(request.method) ?? 0) + 1);
    return isUpload ? fault(request) : noFault;
  });
}

const settlesMs = 20_000;

/** The outcome, or an error when there is none in time: a promise that never settles is what this file is about. */
async function ended(
  outcome: Promise<PortalOutcome<AttachmentReceipt>>,
): Promise<PortalOutcome<AttachmentReceipt>> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('never settles')), settlesMs);
  });
  return Promise.race([outcome, never]).finally(() => clearTimeout(timer));
}

/** An upload that remembers its address as the outbox does. */
function remembering(
  folder: string,
  number: string,
  changes: Partial<NewUpload> = {},
): { readonly next: () => NewUpload; readonly kept: string[] } {
  const kept: string[] = [];
  const upload = newUpload(folder, number, sizeBytes, changes);
  return {
    kept,
    next: () => ({
      ...upload,
      resumeUrl: kept.at(-1) ?? upload.resumeUrl,
      onResumeUrl: (url) => void kept.push(url),
    }),
  };
}

const answer = (status: number, headers: Record<string, string>, commits = true): Fault => ({
  kind: 'answer',
  commits,
  answer: { status, headers: { 'tus-resumable': '1.0.0', ...headers }, body: '' },
});

const locations: readonly (readonly [string, string | null])[] = [
  ['of another host', `http://internal:1080${apiBase}/uploads/1`],
  ['of another scheme', `https://127.0.0.1${apiBase}/uploads/1`],
  ['that is no address', 'http://['],
  ['that is a script', 'javascript:alert(1)'],
  ['that is data', 'data:text/plain,1'],
  ['that is a file', 'file:///etc/passwd'],
  ['that is empty', ''],
  ['of another path', `${apiBase}/tickets`],
  ['above its place', `${apiBase}/uploads/../tickets/1/close`],
  ['that names no upload', `${apiBase}/uploads/`],
  ['without a scheme', '//internal:1080/api/v1/uploads/1'],
  ['that is missing', null],
];
test.each(locations)('upload ends and nothing is asked of a Location %s', async (_what, location) => {
  const stand = await bench();
  plan(stand, ({ method }) =>
    method === 'POST' ? answer(201, location === null ? {} : { location }) : noFault,
  );
  const { next, kept } = remembering(stand.folder, stand.number);
  expect(await ended(stand.portal.uploadAttachment(next()))).toMatchObject({
    kind: 'refused',
    retry: 'later',
  });
  expect(stand.asked.get('POST')).toBe(1);
  expect(stand.asked.get('PATCH') ?? 0).toBe(0);
  expect(kept).toEqual([]);
  plan(stand, () => noFault);
  done(await stand.portal.uploadAttachment(next()));
  expect(unheard).toEqual([]);
});

const offsets = [
  '0',
  '1',
  '-1',
  String(sizeBytes + 1),
  '1e9',
  '0x40',
  '131072.5',
  '',
  ' 131072 1',
  '９',
  null,
] as const;
test.each(
  offsets,
)('upload asks a bounded number of times when each PATCH is answered with the offset %s', async (offset) => {
  const stand = await bench();
  plan(stand, ({ method }) =>
    method === 'PATCH' ? answer(204, offset === null ? {} : { 'upload-offset': offset }, false) : noFault,
  );
  const { next } = remembering(stand.folder, stand.number);
  expect(await ended(stand.portal.uploadAttachment(next()))).toMatchObject({
    kind: 'refused',
    retry: 'later',
  });
  expect(stand.asked.get('PATCH')).toBeGreaterThanOrEqual(1);
  expect(stand.asked.get('PATCH')).toBeLessThanOrEqual(10);
  expect(unheard).toEqual([]);
});

test('upload asks a bounded number of times when a PATCH is answered with less than was there before', async () => {
  const stand = await bench();
  plan(stand, ({ method }) =>
    method === 'PATCH' && (stand.asked.get('PATCH') ?? 0) > 1
      ? answer(204, { 'upload-offset': '64' }, false)
      : noFault,
  );
  const { next } = remembering(stand.folder, stand.number);
  expect(await ended(stand.portal.uploadAttachment(next()))).toMatchObject({
    kind: 'refused',
    retry: 'later',
  });
  expect(stand.asked.get('PATCH')).toBe(2);
  expect(unheard).toEqual([]);
});

test('upload is ended when each PATCH takes one byte more, for a file of any size would take as many requests', async () => {
  const stand = await bench();
  let taken = 0;
  plan(stand, ({ method }) => {
    if (method !== 'PATCH') return noFault;
    taken += 1;
    return answer(204, { 'upload-offset': String(taken) }, false);
  });
  const { next } = remembering(stand.folder, stand.number);
  expect(await ended(stand.portal.uploadAttachment(next()))).toMatchObject({
    kind: 'refused',
    retry: 'later',
  });
  expect(taken).toBe(3);
});

test.each([
  String(sizeBytes + 1),
  '-5',
  '1e3',
  null,
])('upload of a kept address whose HEAD says %s is announced afresh after a bound', async (offset) => {
  const stand = await bench();
  const { next, kept } = remembering(stand.folder, stand.number);
  plan(stand, ({ method }) => (method === 'PATCH' ? pageAnswer(503) : noFault));
  await stand.portal.uploadAttachment(next());
  expect(kept).toHaveLength(1);
  stand.asked.clear();
  plan(stand, ({ method }) =>
    method === 'HEAD'
      ? answer(
          200,
          { 'upload-length': String(sizeBytes), ...(offset === null ? {} : { 'upload-offset': offset }) },
          false,
        )
      : noFault,
  );
  const outcomes = [];
  for (let turn = 0; turn < 3; turn += 1)
    outcomes.push((await ended(stand.portal.uploadAttachment(next()))).kind);
  expect(outcomes).toEqual(['refused', 'refused', 'done']);
  expect(stand.asked.get('POST')).toBe(1);
  expect(unheard).toEqual([]);
});

test.each([
  301, 400, 403, 405, 406, 409, 412, 415, 422, 423, 428, 431, 451, 460,
])('upload of a kept address answered %i is announced afresh after a bound and not given up', async (status) => {
  for (const method of ['HEAD', 'PATCH']) {
    const stand = await bench();
    const { next } = remembering(stand.folder, stand.number);
    plan(stand, (request) => (request.method === 'PATCH' ? pageAnswer(503) : noFault));
    await stand.portal.uploadAttachment(next());
    stand.asked.clear();
    let fresh = false;
    plan(stand, (request) => {
      fresh ||= request.method === 'POST';
      return request.method === method && !fresh
        ? problemAnswer(status, status === 403 ? 'forbidden' : 'invalid')
        : noFault;
    });
    const outcomes = [];
    for (let turn = 0; turn < 3; turn += 1) outcomes.push(await ended(stand.portal.uploadAttachment(next())));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'done']);
    expect(outcomes.filter((outcome) => outcome.kind === 'refused').map(({ retry }) => retry)).toEqual([
      'later',
      'later',
    ]);
    expect(stand.asked.get('POST')).toBe(1);
  }
});

test.each([
  408, 500, 502, 504, 507,
])('upload of a kept address answered %i has longer, and is announced afresh then', async (status) => {
  const stand = await bench();
  const { next } = remembering(stand.folder, stand.number);
  plan(stand, (request) => (request.method === 'PATCH' ? pageAnswer(503) : noFault));
  await stand.portal.uploadAttachment(next());
  stand.asked.clear();
  let fresh = false;
  plan(stand, (request) => {
    fresh ||= request.method === 'POST';
    return request.method === 'HEAD' && !fresh ? pageAnswer(status) : noFault;
  });
  const kinds = [];
  for (let turn = 0; turn < 8; turn += 1)
    kinds.push((await ended(stand.portal.uploadAttachment(next()))).kind);
  expect(kinds.at(-1)).toBe('done');
  expect(kinds.slice(0, -1).filter((kind) => kind === 'done')).toEqual([]);
  expect(stand.asked.get('POST')).toBe(1);
});

test('kept address is kept when the portal says that it is closed, or that it wants another password', async () => {
  const stand = await bench();
  const { next } = remembering(stand.folder, stand.number);
  plan(stand, (request) => (request.method === 'PATCH' ? pageAnswer(503) : noFault));
  await stand.portal.uploadAttachment(next());
  stand.asked.clear();
  for (const answered of [
    pageAnswer(503),
    problemAnswer(503, 'maintenance'),
    pageAnswer(429),
    pageAnswer(401),
  ]) {
    plan(stand, (request) => (request.method === 'HEAD' ? answered : noFault));
    for (let turn = 0; turn < 9; turn += 1) await ended(stand.portal.uploadAttachment(next()));
  }
  expect(stand.asked.get('POST')).toBeUndefined();
  expect(stand.asked.get('HEAD')).toBeGreaterThanOrEqual(27);
});

test('upload whose last byte may have arrived is not sent again when its address is gone, before two absent look-ups apart', async () => {
  const stand = await bench();
  const { next, kept } = remembering(stand.folder, stand.number);
  let bytes = 0;
  plan(stand, ({ method }) => {
    if (method === 'PATCH') bytes += chunkBytes;
    // The last piece is lost on the way to us, and the portal books nothing yet.
    return method === 'PATCH' && bytes === sizeBytes ? { kind: 'reset', commits: false } : noFault;
  });
  expect(await ended(stand.portal.uploadAttachment(next()))).toMatchObject({
    kind: 'refused',
    retry: 'later',
  });
  expect(kept.at(-1)).toMatch(/#sent$/u);
  plan(stand, ({ method }) => (method === 'HEAD' ? problemAnswer(404, 'not-found') : noFault));
  stand.asked.clear();
  for (let turn = 0; turn < 3; turn += 1)
    expect(await ended(stand.portal.uploadAttachment(next()))).toMatchObject({
      kind: 'refused',
      retry: 'later',
      error: { code: 'portal.notBooked' },
    });
  expect(stand.asked.get('POST') ?? 0).toBe(0);
});

test('upload that a gateway finds too large in one piece goes in smaller ones, and is refused when none is small enough', async () => {
  const stand = await bench();
  const limitBytes = 70_000;
  const tooLarge = (): Fault => pageAnswer(413);
  let refusing = true;
  plan(stand, ({ method }) => (method === 'PATCH' && refusing ? tooLarge() : noFault));
  const { next } = remembering(stand.folder, stand.number);
  expect(await ended(stand.portal.uploadAttachment(next()))).toMatchObject({
    kind: 'refused',
    retry: 'never',
    error: { code: 'portal.tooLarge' },
  });
  expect(stand.asked.get('PATCH')).toBe(2);
  refusing = false;
  done(await stand.portal.uploadAttachment(next()));
  const sizes = stand.server.journal().flatMap((entry) => (entry.kind === 'chunk' ? [entry.bytes] : []));
  expect(sizes.length).toBeGreaterThanOrEqual(6);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(limitBytes);
});

test('upload goes in pieces of 64 KiB at the least, whatever the portal wants of them', async () => {
  const stand = await bench();
  stand.server.setFault(({ method, path }) => {
    if (path === `${apiBase}/requirements`)
      return {
        kind: 'rewrite',
        rewrite: (told) => ({
          ...told,
          body: Buffer.from(told.body.toString('utf8').replace(/"chunkBytes":\d+/u, '"chunkBytes":1')),
        }),
      };
    if (path.startsWith(`${apiBase}/uploads`)) stand.asked.set(method, (stand.asked.get(method) ?? 0) + 1);
    return noFault;
  });
  done(await stand.portal.uploadAttachment(remembering(stand.folder, stand.number).next()));
  expect(stand.asked.get('PATCH')).toBe(sizeBytes / (64 * 1024));
});

test.each([
  ['a second later', 3, 1],
  ['only by the next turn', 5, 2],
])('file a portal books %s is on it once, and no byte of it goes twice', async (_when, absences, turns) => {
  const stand = await bench();
  const { next } = remembering(stand.folder, stand.number);
  let lookUps = 0;
  stand.server.setFault(({ method, path }) => {
    if (path.startsWith(`${apiBase}/uploads`)) stand.asked.set(method, (stand.asked.get(method) ?? 0) + 1);
    if (!path.includes('/references/attachments/')) return noFault;
    lookUps += 1;
    return lookUps <= absences ? problemAnswer(404, 'not-found') : noFault;
  });
  const outcomes = [];
  for (let turn = 0; turn < turns; turn += 1)
    outcomes.push((await ended(stand.portal.uploadAttachment(next()))).kind);
  expect(outcomes).toEqual([...Array.from({ length: turns - 1 }, () => 'refused'), 'done']);
  expect(lookUps).toBe(absences + 1);
  expect([stand.asked.get('POST'), stand.asked.get('PATCH')]).toEqual([1, sizeBytes / chunkBytes]);
});

test.each([
  'another ticket',
  'another size',
  'another hash',
])('look-up that names %s is not "arrived", and is believed the third time', async (what) => {
  const stand = await bench(0);
  const { next } = remembering(stand.folder, stand.number);
  const upload = next();
  const receipt: AttachmentReceipt = {
    number: what === 'another ticket' ? 'P-999999' : stand.number,
    clientReference: upload.clientReference,
    name: upload.name,
    sizeBytes: what === 'another size' ? 1 : upload.sizeBytes,
    sha256: what === 'another hash' ? 'b'.repeat(64) : upload.sha256,
    receivedAt: '2026-11-24T18:00:00Z',
  };
  stand.server.setFault(({ path }) =>
    path.includes('/references/attachments/')
      ? {
          kind: 'answer',
          commits: false,
          answer: {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(receipt),
          },
        }
      : noFault,
  );
  const conflict = (retry: string) => ({ kind: 'refused', retry, error: { code: 'portal.conflict' } });
  for (const retry of ['later', 'later', 'never'])
    expect(await ended(stand.portal.uploadAttachment(upload))).toMatchObject(conflict(retry));
  // Said in one breath it is said once.
  const slow = contractPortal({
    address: stand.server.url,
    credentials: async () => ({ user: 'practice', password: stand.server.token }),
  });
  for (let count = 0; count < 4; count += 1)
    expect(await ended(slow.uploadAttachment(upload))).toMatchObject(conflict('later'));
  stand.server.setFault(() => noFault);
  expect(done(await ended(slow.uploadAttachment(upload))).number).toBe(stand.number);
});

test('upload under way ends at once when the program is being closed, whatever the portal does', async () => {
  const stand = await bench();
  const leaving = new AbortController();
  const portal = contractPortal({
    address: stand.server.url,
    credentials: async () => ({ user: 'practice', password: stand.server.token }),
    limits: { chunkBytes },
    leaving: leaving.signal,
  });
  let began = false;
  plan(stand, ({ method }) => {
    began ||= method === 'PATCH';
    return method === 'PATCH' ? { kind: 'silence', commits: false } : noFault;
  });
  const outcome = portal.uploadAttachment(remembering(stand.folder, stand.number).next());
  await expect.poll(() => began).toBe(true);
  leaving.abort();
  expect(await ended(outcome)).toMatchObject({ kind: 'refused', retry: 'later' });
});

test('upload that our own side cannot note is told as what it is, and nobody listens in vain', async () => {
  const stand = await bench();
  const fault = new Error('disk full');
  const upload: NewUpload = {
    ...newUpload(stand.folder, stand.number, sizeBytes),
    onResumeUrl: () => {
      throw fault;
    },
  };
  await expect(stand.portal.uploadAttachment(upload)).rejects.toBe(fault);
  expect(unheard).toEqual([]);
});

test('kept address is read with its mark and never leads elsewhere', () => {
  const origin = 'https://portal.example';
  const own = `${origin}${apiBase}/uploads/${randomUUID()}`;
  expect(resumePoint(origin, own)).toEqual({ address: own, isSent: false });
  expect(resumePoint(origin, `${own}#sent`)).toEqual({ address: own, isSent: true });
  const elsewhere = [
    '',
    ' ',
    'https://',
    `https://user:pass@portal.example${apiBase}/uploads/1`,
    `${origin}${apiBase}/uploads/%2e%2e/tickets`,
    `${origin}:444${apiBase}/uploads/1`,
  ];
  expect(elsewhere.map((address) => ownAddress(origin, address))).toEqual(elsewhere.map(() => null));
  expect(['7', '07', '+7', '7.0', '7e0', '８', '-0', '99'].map((text) => uploadOffset(text, 10))).toEqual([
    7,
    7,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('absent look-ups count once for each gap', () => {
  const quick = uploadMemory(0);
  expect([quick.absent('a'), quick.absent('a'), quick.absent('b')]).toEqual([false, true, false]);
  const slow = uploadMemory(60_000);
  expect([slow.absent('a'), slow.absent('a'), slow.absent('a')]).toEqual([false, false, false]);
});

test('a file that may be on the portal whole is absent only after minutes, for a portal may look it through so long', () => {
  let nowMs = 0;
  const memory = uploadMemory(undefined, () => nowMs);
  const absentAt = [0, 10, 15].map((minutes) => {
    nowMs = minutes * 60_000;
    return memory.absent('a');
  });
  expect(absentAt).toEqual([false, false, true]);
});

test('an absent look-up from before a start counts once, and its gap from the start', async () => {
  let nowMs = 0;
  const begun = uploadMemory(40, () => nowMs);
  expect(begun.absent('a', true)).toBe(false);
  nowMs = 60;
  expect([begun.absent('a', true), uploadMemory(0).absent('b', false)]).toEqual([true, false]);
  const stand = await bench();
  const { next, kept } = remembering(stand.folder, stand.number);
  let bytes = 0;
  plan(stand, ({ method }) => {
    if (method === 'PATCH') bytes += chunkBytes;
    return method === 'PATCH' && bytes === sizeBytes ? { kind: 'reset', commits: false } : noFault;
  });
  await ended(stand.portal.uploadAttachment(next()));
  plan(stand, ({ method }) => (method === 'HEAD' ? problemAnswer(404, 'not-found') : noFault));
  for (let turn = 0; turn < 3; turn += 1) await ended(stand.portal.uploadAttachment(next()));
  expect(kept.filter((address) => address.endsWith('#absent'))).toHaveLength(1);
  expect(kept.at(-1)).toMatch(/#absent$/u);
});

test('references and hashes that a portal gives back in capitals are ours all the same', async () => {
  const stand = await bench();
  const capitals: Fault = {
    kind: 'rewrite',
    rewrite: (answer) => ({
      ...answer,
      body: Buffer.from(
        answer.body
          .toString('utf8')
          .replaceAll(
            /"(clientReference|sha256)":"([^"]+)"/gu,
            (_all, name: string, value: string) => `"${name}":"${value.toUpperCase()}"`,
          ),
      ),
    }),
  };
  stand.server.setFault(({ path, method }) =>
    path.endsWith('/session') || method === 'PATCH' ? noFault : capitals,
  );
  const ticket = newTicket();
  const { number } = done(await stand.portal.createTicket(ticket));
  expect(done(await stand.portal.findTicketByReference(ticket.clientReference))?.number).toBe(number);
  const upload = remembering(stand.folder, number).next();
  expect(done(await stand.portal.uploadAttachment(upload))).toMatchObject({
    sha256: upload.sha256,
    clientReference: upload.clientReference,
  });
});
