import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { inspect } from 'node:util';
import axios from 'axios';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';
import { toSafeError, toSafeFailure } from '../../electron/portal/contract/to-safe-error.ts';
import { newTicket, newUpload, temporaryFolder } from '../portal/portal-fixtures.ts';

const password = `canary-password-${randomBytes(8).toString('hex')}`;
const token = `canary-session-${randomBytes(16).toString('hex')}`;
const words = `canary-text-${randomBytes(8).toString('hex')}`;
const secrets = [password, token, words];

/** Signs everybody in with the canary token and then answers as `mood` says. */
let mood: (
  request: import('node:http').IncomingMessage,
  response: import('node:http').ServerResponse,
) => void = (_request, response) => response.end();
let server: Server;
let url = '';
const said: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    request.on('error', () => undefined);
    if (!request.url?.endsWith('/session')) return mood(request, response);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ token, expiresAt: '2030-01-01T00:00:00.000Z' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      said.push(inspect(parts));
    });
});
afterEach(() => expect(secrets.filter((secret) => said.join('\n').includes(secret))).toEqual([]));
afterAll(() => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

function everyFace(value: unknown): string {
  return [
    JSON.stringify(value),
    inspect(value, { depth: 20, showHidden: true }),
    String(value),
    inspect(Object.getOwnPropertyDescriptors(value), { depth: 20 }),
  ].join('\n');
}

const echo =
  (status: number) =>
  (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse): void => {
    // The portal throws everything it was told back at the client.
    const heard = JSON.stringify({
      type: 'about:blank',
      title: `${request.headers.authorization} ${words}`,
      status,
      code: 'invalid',
      detail: words,
      headers: request.headers,
    });
    response
      .writeHead(status, {
        'content-type': 'application/problem+json',
        'x-echo': token,
        'retry-after': token,
      })
      .end(heard);
  };

test.each<[string, typeof mood]>([
  ['400 with all that was said', echo(400)],
  ['401 with all that was said', echo(401)],
  ['409 with all that was said', echo(409)],
  ['422 with all that was said', echo(422)],
  ['500 with all that was said', echo(500)],
  ['503 with all that was said', echo(503)],
  ['200 with all that was said', echo(200)],
  [
    'a redirect that holds the token',
    (_request, response) => response.writeHead(302, { location: `/?token=${token}` }).end(),
  ],
  ['a reset', (request) => request.socket.resetAndDestroy()],
  [
    'half an answer',
    (request, response) => {
      response
        .writeHead(201, { 'content-length': '1000', 'content-type': 'application/json' })
        .write(`{"echo":"${token}`, () => request.socket.destroy());
    },
  ],
  [
    'garbage instead of HTTP',
    (request) => request.socket.end(`HTTP/1.1 999 ${token}\r\n\u0000: ${words}\r\n\r\n`),
  ],
  ['silence', () => undefined],
])('FINDING-10: outcome holds no secret when the portal answers with %s', async (_name, next) => {
  mood = next;
  const portal = contractPortal({
    address: url,
    credentials: async () => ({ user: 'practice', password }),
    limits: { idleMs: 200, totalMs: 300 },
  });
  const upload = newUpload(temporaryFolder(), 'P-1', 1_000);
  const outcomes = [
    await portal.createTicket(newTicket({ subject: words, body: words })),
    await portal.findTicketByReference('x'),
    await portal.changesSince(words),
    await portal.uploadAttachment({ ...upload, number: words }),
  ];
  expect(outcomes.some((outcome) => outcome.kind === 'done')).toBe(false);
  const faces = outcomes.map(everyFace).join('\n');
  expect(secrets.filter((secret) => faces.includes(secret))).toEqual([]);
  expect(faces).not.toContain(upload.file);
});

const problem = (more: Record<string, unknown>, status = 422): string =>
  JSON.stringify({ type: words, title: words, status, code: 'invalid', ...more });

test.each<readonly [string, string, number, Record<string, unknown>]>([
  ['a field it made up', problem({ field: `body.${words}` }), 422, { status: 422, reason: 'invalid' }],
  [
    'a field of ours',
    problem({ field: 'terms.sha256' }),
    422,
    { status: 422, reason: 'invalid', field: 'terms.sha256' },
  ],
  ['a field of nothing', problem({ field: 'constructor' }), 422, { status: 422, reason: 'invalid' }],
  ['a reason it made up', problem({ code: words }), 422, { status: 422 }],
  [
    'an end in a thousand digits',
    problem({ code: 'read-only', until: `2026-12-07T08:30:00.${'1234567890'.repeat(50)}Z` }, 423),
    423,
    { status: 423, reason: 'read-only', until: '2026-12-07T08:30:00.123Z' },
  ],
  [
    'words of its own beside',
    problem({ detail: words, instance: words, number: words }),
    422,
    { status: 422, reason: 'invalid' },
  ],
])('no word the portal chose stays in a failure when it answers with %s', async (_what, body, status, params) => {
  mood = (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end(body);
  const portal = contractPortal({ address: url, credentials: async () => ({ user: 'practice', password }) });
  const outcome = await portal.createTicket(newTicket());
  expect(outcome.kind).not.toBe('done');
  if (outcome.kind === 'done') return;
  const kept = Object.fromEntries(Object.entries(outcome.error.params));
  if (status === 422 && !('reason' in params)) expect(kept['reason']).toBeUndefined();
  else expect(kept).toEqual(params);
  expect(everyFace(outcome)).not.toContain(words);
  expect(JSON.stringify(outcome.error).length).toBeLessThan(200);
});

test('safe error holds no secret when the library throws one that does', async () => {
  mood = (request) => request.socket.resetAndDestroy();
  const thrown: unknown = await axios
    .post(`${url}/x?token=${token}`, { password, words }, { headers: { Authorization: `Bearer ${token}` } })
    .then(
      () => null,
      (error: unknown) => error,
    );
  expect(secrets.every((secret) => inspect(thrown, { depth: 20 }).includes(secret))).toBe(true);
  for (const safe of [
    toSafeError(thrown),
    toSafeFailure(thrown, 'once'),
    toSafeFailure(thrown, 'repeatable'),
  ]) {
    expect(secrets.filter((secret) => everyFace(safe).includes(secret))).toEqual([]);
  }
});

test.each<[unknown, string, string]>([
  [{ code: 'ECONNREFUSED', syscall: 'connect' }, 'portal.unreachable', 'no'],
  [{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'portal.unreachable', 'no'],
  [{ code: 'ETIMEDOUT', syscall: 'connect' }, 'portal.unreachable', 'no'],
  [{ code: 'E_CONNECT_TIMEOUT' }, 'portal.timeout', 'no'],
  [{ code: 'ERR_NETWORK', cause: { code: 'CERT_HAS_EXPIRED' } }, 'portal.certificate', 'no'],
  [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'portal.certificate', 'no'],
  [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'portal.certificate', 'no'],
  [
    { name: 'AggregateError', errors: [{ code: 'ECONNREFUSED', syscall: 'connect' }] },
    'portal.unreachable',
    'no',
  ],
  [{ code: 'ECONNRESET', syscall: 'read' }, 'portal.unreachable', 'maybe'],
  [{ code: 'EPIPE', syscall: 'write' }, 'portal.unreachable', 'maybe'],
  [{ code: 'ECONNABORTED' }, 'portal.timeout', 'maybe'],
  [{ code: 'ERR_CANCELED' }, 'portal.timeout', 'maybe'],
  [{ code: 'ETIMEDOUT', syscall: 'read' }, 'portal.timeout', 'maybe'],
  [{ code: 'ERR_BAD_RESPONSE' }, 'portal.badAnswer', 'maybe'],
  [{ code: 'HPE_INVALID_CONSTANT' }, 'portal.badAnswer', 'maybe'],
  [{ code: 'Z_BUF_ERROR' }, 'portal.badAnswer', 'maybe'],
  [{ code: 'ERR__ERROR_FORMAT_PADDING_1' }, 'portal.badAnswer', 'maybe'],
  [{ code: 'ZSTD_error_prefix_unknown' }, 'portal.badAnswer', 'maybe'],
  [new Error(words), 'portal.unreachable', 'maybe'],
  ['text', 'portal.unreachable', 'maybe'],
  [null, 'portal.unreachable', 'maybe'],
  [undefined, 'portal.unreachable', 'maybe'],
])('safe error of %j has one code and says whether a byte can have arrived when it is thrown', (thrown, code, reached) => {
  expect(toSafeError(thrown)).toEqual({ error: { code, params: {} }, reached });
});
