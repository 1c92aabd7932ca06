import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';
import { defaultHttpLimits, httpClient } from '../../electron/portal/contract/http-client.ts';
import { toSafeFailure } from '../../electron/portal/contract/to-safe-error.ts';
import { type Fault, jsonAnswer, noFault, pageAnswer, problemAnswer } from '../portal/fault.ts';
import { done, newTicket, type PortalPair, portalPair, stopAll } from '../portal/portal-fixtures.ts';

let pair: PortalPair;
/** Its client gives up early, for what never ends. */
let hasty: PortalPair;
beforeAll(async () => {
  pair = await portalPair({}, { maxAnswerBytes: 200_000 });
  hasty = await portalPair({}, { idleMs: 400, totalMs: 800, connectMs: 400, maxAnswerBytes: 200_000 });
  // Signs in while nothing is wrong, so that every fault below meets the request itself.
  for (const { portal } of [pair, hasty]) done(await portal.notices());
});
afterAll(stopAll);

/** The same fault for a creation (a repeat could act twice) and for a look-up (asking again is harmless). */
async function bothUnder(fault: Fault, { server, portal }: PortalPair = pair) {
  const ticket = newTicket();
  server.setFault(fault);
  const created = await portal.createTicket(ticket);
  const found = await portal.findTicketByReference(ticket.clientReference);
  server.setFault(noFault);
  return { created, found };
}

const never = (code: string) => ({ kind: 'refused', retry: 'never', error: { code }, retryAfterMs: null });
const later = (code: string, retryAfterMs: number | null = null) => ({
  kind: 'refused',
  retry: 'later',
  error: { code },
  retryAfterMs,
});
const unknown = (code: string) => ({ kind: 'unknown', error: { code } });

describe('status', () => {
  test.each<[string, Fault, object, object]>([
    [
      '400 of the contract',
      problemAnswer(400, 'invalid'),
      never('portal.rejected'),
      never('portal.rejected'),
    ],
    ['400 of somebody else', pageAnswer(400), unknown('portal.notTheApi'), later('portal.notTheApi')],
    [
      '403 of the contract',
      problemAnswer(403, 'forbidden'),
      never('portal.forbidden'),
      never('portal.forbidden'),
    ],
    ['403 of somebody else', pageAnswer(403), unknown('portal.notTheApi'), later('portal.notTheApi')],
    ['404 of somebody else', pageAnswer(404), unknown('portal.notTheApi'), later('portal.notTheApi')],
    [
      '404 of a missing route',
      problemAnswer(404, 'no-route'),
      later('portal.notTheApi'),
      later('portal.notTheApi'),
    ],
    ['407', pageAnswer(407), later('portal.proxyRefused'), later('portal.proxyRefused')],
    ['408', problemAnswer(408, 'fault'), unknown('portal.timeout'), later('portal.timeout')],
    [
      '409 while the first is running',
      problemAnswer(409, 'key-in-progress'),
      unknown('portal.conflict'),
      later('portal.conflict'),
    ],
    ['409 of somebody else', pageAnswer(409), unknown('portal.conflict'), later('portal.conflict')],
    [
      '409 of a closed ticket',
      problemAnswer(409, 'ticket-closed'),
      never('portal.rejected'),
      never('portal.rejected'),
    ],
    ['413', pageAnswer(413), never('portal.tooLarge'), never('portal.tooLarge')],
    [
      '422 of another payload',
      problemAnswer(422, 'key-reused'),
      never('portal.conflict'),
      never('portal.conflict'),
    ],
    ['422 of a field', problemAnswer(422, 'invalid'), never('portal.rejected'), never('portal.rejected')],
    ['423', problemAnswer(423, 'read-only'), later('portal.readOnly'), later('portal.readOnly')],
    ['425', pageAnswer(425), later('portal.rateLimited'), later('portal.rateLimited')],
    ['429', pageAnswer(429), later('portal.rateLimited'), later('portal.rateLimited')],
    ['500', problemAnswer(500, 'fault'), unknown('portal.serverFault'), later('portal.serverFault')],
    [
      '500 after the work was done',
      problemAnswer(500, 'fault', {}, true),
      unknown('portal.serverFault'),
      later('portal.serverFault'),
    ],
    ['502', pageAnswer(502), unknown('portal.serverFault'), later('portal.serverFault')],
    ['503', pageAnswer(503), later('portal.serverFault'), later('portal.serverFault')],
    [
      '503 under maintenance',
      problemAnswer(503, 'maintenance'),
      later('portal.maintenance'),
      later('portal.maintenance'),
    ],
    [
      '504 after the work was done',
      pageAnswer(504, true),
      unknown('portal.serverFault'),
      later('portal.serverFault'),
    ],
    ['511 of a captive portal', pageAnswer(511), later('portal.notTheApi'), later('portal.notTheApi')],
    [
      'problem of another status',
      {
        kind: 'answer',
        commits: false,
        answer: {
          status: 404,
          headers: { 'content-type': 'application/problem+json' },
          body: '{"type":"about:blank","title":"x","status":410,"code":"not-found"}',
        },
      },
      unknown('portal.notTheApi'),
      later('portal.notTheApi'),
    ],
  ])('outcome of a creation and of a look-up is told apart when the answer is %s', async (_name, fault, created, found) => {
    const outcomes = await bothUnder(fault);
    expect(outcomes.created).toMatchObject(created);
    expect(outcomes.found).toMatchObject(found);
  });

  test('look-up says absent when and only when the portal itself says not-found', async () => {
    expect((await bothUnder(problemAnswer(404, 'not-found'))).found).toMatchObject({
      kind: 'done',
      value: null,
    });
  });
});

describe('Retry-After', () => {
  const at = 'Tue, 24 Nov 2026 08:00:00 GMT';
  test.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['a date by the portal clock', { date: at, 'retry-after': 'Tue, 24 Nov 2026 08:00:09 GMT' }, 9_000],
    ['a year', { 'retry-after': '31536000' }, 3_600_000],
    ['a date in a year', { date: at, 'retry-after': 'Wed, 24 Nov 2027 08:00:00 GMT' }, 3_600_000],
    ['a date gone by', { date: at, 'retry-after': 'Tue, 24 Nov 2020 08:00:00 GMT' }, 0],
    ['garbage', { 'retry-after': 'when it suits' }, null],
    ['absent', {}, null],
  ])('P2: is %s when the portal asks to wait', async (_name, headers: Record<string, string>, expected) => {
    for (const fault of [
      problemAnswer(429, 'rate-limited', headers),
      problemAnswer(503, 'maintenance', headers),
    ]) {
      const { created } = await bothUnder(fault);
      expect(created).toMatchObject({ kind: 'refused', retry: 'later', retryAfterMs: expected });
    }
  });

  test.each<[string, Fault]>([
    ['500', problemAnswer(500, 'fault', { 'retry-after': '600' })],
    ['502', problemAnswer(502, 'fault', { 'retry-after': '600' })],
    ['504', problemAnswer(504, 'fault', { 'retry-after': '600' })],
    ['408', problemAnswer(408, 'fault', { 'retry-after': '600' })],
    ['409 of a key in progress', problemAnswer(409, 'key-in-progress', { 'retry-after': '600' })],
    [
      'a page of a gateway',
      {
        kind: 'answer',
        commits: false,
        answer: { status: 502, headers: { 'retry-after': '600' }, body: '<html>' },
      },
    ],
    [
      '202 without a receipt',
      {
        kind: 'answer',
        commits: false,
        answer: { status: 202, headers: { 'retry-after': '600' }, body: '' },
      },
    ],
    [
      '202 with some other JSON',
      {
        kind: 'answer',
        commits: false,
        answer: {
          status: 202,
          headers: { 'content-type': 'application/json', 'retry-after': '600' },
          body: '{}',
        },
      },
    ],
  ])('P2: is kept where the answer leaves in doubt whether the work was done: %s', async (_name, fault) => {
    const { created, found } = await bothUnder(fault);
    expect(created).toMatchObject({ kind: 'unknown', retryAfterMs: 600_000 });
    expect(found).toMatchObject({ kind: 'refused', retry: 'later', retryAfterMs: 600_000 });
  });

  test("P2: is kept for a look-up behind somebody else's 404", async () => {
    const { found } = await bothUnder({
      kind: 'answer',
      commits: false,
      answer: { status: 404, headers: { 'retry-after': '600' }, body: '' },
    });
    expect(found).toMatchObject({ kind: 'refused', retry: 'later', retryAfterMs: 600_000 });
  });

  test('P2: is kept by everything that is only read', async () => {
    const { server, portal } = pair;
    server.setFault(problemAnswer(500, 'fault', { 'retry-after': '600' }));
    const asked = [
      portal.changesSince(null),
      portal.notices(),
      portal.terms(),
      portal.products(),
      portal.packs(),
      portal.requirements(),
    ];
    const outcomes = await Promise.all([...asked, portal.closeTicket('P-000001')]);
    server.setFault(noFault);
    expect(outcomes).toHaveLength(7);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ kind: 'refused', retry: 'later', retryAfterMs: 600_000 });
  });

  test('carries when the closure ends when the portal says so', async () => {
    const until = '2026-12-24T08:00:00.000Z';
    const fault: Fault = {
      kind: 'answer',
      commits: false,
      answer: {
        status: 423,
        headers: { 'content-type': 'application/problem+json' },
        body: JSON.stringify({ type: 'about:blank', title: 'Locked', status: 423, code: 'read-only', until }),
      },
    };
    expect((await bothUnder(fault)).created).toMatchObject({
      error: { code: 'portal.readOnly', params: { until } },
    });
  });
});

describe('answer', () => {
  test.each<[string, Fault, string]>([
    ['a page with 200', pageAnswer(200), 'portal.notTheApi'],
    ['a page with 200 after the work was done', pageAnswer(200, true), 'portal.notTheApi'],
    [
      'a redirect',
      {
        kind: 'answer',
        commits: false,
        answer: { status: 302, headers: { location: 'http://127.0.0.1:1/api/v1/tickets' }, body: '' },
      },
      'portal.notTheApi',
    ],
    ['half of itself', { kind: 'half-answer' }, 'portal.unreachable'],
    ['reset before the portal saw it', { kind: 'reset', commits: false }, 'portal.unreachable'],
    ['reset after the work was done', { kind: 'reset', commits: true }, 'portal.unreachable'],
    ['silence', { kind: 'silence', commits: true }, 'portal.timeout'],
    [
      'a drip beyond the deadline of the whole',
      { kind: 'drip', commits: false, everyMs: 50 },
      'portal.timeout',
    ],
    ['huge', { kind: 'huge', commits: false, bytes: 50 * 1024 * 1024, gzip: false }, 'portal.badAnswer'],
    [
      'a gzip bomb',
      { kind: 'huge', commits: false, bytes: 50 * 1024 * 1024, gzip: true },
      'portal.badAnswer',
    ],
    ['broken JSON', jsonAnswer('{"number":"P-1"'), 'portal.badAnswer'],
    ['a JSON text', jsonAnswer('"P-1"'), 'portal.badAnswer'],
    ['null', jsonAnswer('null'), 'portal.badAnswer'],
    ['nothing', jsonAnswer(''), 'portal.badAnswer'],
    [
      'a poisoned prototype',
      jsonAnswer(
        '{"__proto__":{"number":"P-1","clientReference":"f0a1f2b8-5a0e-4c1d-9b53-1f4d7f3f8a10","receivedAt":"2026-11-24T08:00:00.000Z"}}',
      ),
      'portal.badAnswer',
    ],
    [
      'of another ticket',
      jsonAnswer(
        '{"number":"P-1","clientReference":"f0a1f2b8-5a0e-4c1d-9b53-1f4d7f3f8a10","receivedAt":"2026-11-24T08:00:00.000Z"}',
      ),
      'portal.badAnswer',
    ],
    [
      'a header flood',
      {
        kind: 'answer',
        commits: false,
        answer: { status: 201, headers: { 'x-flood': 'x'.repeat(200_000) }, body: '' },
      },
      'portal.badAnswer',
    ],
  ])('leaves a creation unknown and a look-up to be repeated when it is %s', async (_name, fault, code) => {
    const { created, found } = await bothUnder(fault, code === 'portal.timeout' ? hasty : pair);
    expect(created).toMatchObject(unknown(code));
    expect(found).toMatchObject(later(code));
    expect(Reflect.get({}, 'number')).toBeUndefined();
  });

  test('is certainly not sent when nobody listens at the address', async () => {
    const portal = contractPortal({
      address: 'http://127.0.0.1:1',
      credentials: async () => ({ user: 'u', password: 'p' }),
    });
    expect(await portal.createTicket(newTicket())).toMatchObject(later('portal.unreachable'));
  });

  test('is waited for no longer than the deadline when a server accepts and says nothing', async () => {
    const mute = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const address = mute.address();
    const portal = contractPortal({
      address: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
      credentials: async () => ({ user: 'u', password: 'p' }),
      limits: { idleMs: 200, totalMs: 400 },
    });
    expect(await portal.createTicket(newTicket())).toMatchObject(later('portal.timeout'));
    mute.close();
  });
});

test('creation goes out once and ends in doubt when a kept connection is reset under it', async () => {
  done(await pair.portal.notices());
  const seen: string[] = [];
  pair.server.setFault(({ method, path }) => {
    seen.push(`${method} ${path}`);
    return { kind: 'reset', commits: true };
  });
  expect(await pair.portal.createTicket(newTicket())).toMatchObject(unknown('portal.unreachable'));
  expect(seen).toEqual(['POST /api/v1/tickets']);
  pair.server.setFault(noFault);
});

test('request is certainly not sent when the connection is not made in time', async () => {
  const mute = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise((resolve) => mute.once('listening', resolve));
  const address = mute.address();
  // TLS to a server that never greets: connected on the wire, but no byte of a request can leave.
  const send = httpClient(`https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, {
    ...defaultHttpLimits,
    connectMs: 100,
  });
  const failure = await send({ method: 'POST', path: '/api/v1/tickets', headers: {}, body: '{}' }).then(
    () => null,
    (error: unknown) => toSafeFailure(error, 'once'),
  );
  expect(failure).toMatchObject(later('portal.timeout'));
  mute.close();
});

test('FINDING-9: request stays on its origin when its path looks like another address', async () => {
  const other: string[] = [];
  const foreign = createHttpServer((request, response) => {
    other.push(request.url ?? '');
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => foreign.once('listening', resolve));
  const address = foreign.address();
  const send = httpClient(pair.server.url, defaultHttpLimits);
  let home = 0;
  pair.server.setFault(() => {
    home += 1;
    return noFault;
  });
  for (const path of [
    `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/steal`,
    `//127.0.0.1:${typeof address === 'object' ? address?.port : 0}/steal`,
  ])
    await send({ method: 'GET', path, headers: {}, body: null }).catch(() => null);
  pair.server.setFault(noFault);
  expect(home).toBe(2);
  expect(other).toEqual([]);
  foreign.close();
});

test('session that ended is renewed once and the request sent once more when the portal answers 401', async () => {
  const seen: string[] = [];
  pair.server.setFault(({ method, path }) => {
    seen.push(`${method} ${path}`);
    return seen.length === 1 ? problemAnswer(401, 'unauthorized') : noFault;
  });
  expect((await pair.portal.createTicket(newTicket())).kind).toBe('done');
  expect(seen).toEqual(['POST /api/v1/tickets', 'POST /api/v1/session', 'POST /api/v1/tickets']);
  seen.length = 0;
  pair.server.setFault(({ method, path }) => {
    seen.push(`${method} ${path}`);
    return path.endsWith('/session') ? noFault : problemAnswer(401, 'unauthorized');
  });
  expect(await pair.portal.createTicket(newTicket())).toMatchObject(later('portal.unauthorized'));
  expect(seen).toHaveLength(3);
  pair.server.setFault(noFault);
});

test('P7: answer is hung up on at the cap, and not taken in whole first, when it has no end', async () => {
  const block = Buffer.alloc(256 * 1024, ' ');
  let sentBytes = 0;
  const flood = createHttpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    // As much as a buffer between the two may hold is not counted as taken; an end after 400 MB, should nobody hang up.
    const more = (): void => {
      while (!response.destroyed && sentBytes < 400_000_000) {
        sentBytes += block.length;
        if (!response.write(block)) return;
      }
      response.end();
    };
    response.on('drain', more).on('error', () => undefined);
    more();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => flood.once('listening', resolve));
  const address = flood.address();
  const send = httpClient(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, {
    ...defaultHttpLimits,
    maxAnswerBytes: 5_000_000,
  });
  const failure = await send({ method: 'GET', path: '/', headers: {}, body: null }).then(
    () => null,
    (error: unknown) => toSafeFailure(error, 'repeatable'),
  );
  expect(failure).toMatchObject(later('portal.badAnswer'));
  expect(sentBytes).toBeLessThan(60_000_000);
  flood.closeAllConnections();
  flood.close();
});
