import { createHash, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';
import {
  type RunningPracticePortal,
  startPracticePortal,
} from '../../electron/portal/practice/start-practice-portal.ts';
import { problemSchema } from '../../shared/portal/wire.ts';
import { done, newMessage, newTicket, temporaryFolder } from '../portal/portal-fixtures.ts';

let server: RunningPracticePortal;
beforeAll(async () => {
  server = await startPracticePortal({ dataFolder: temporaryFolder(), port: 0, operatorDelayMs: null });
});
afterAll(() => server.stop());

type Asked = {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
};

/** Plain `node:http`, because a browser-like client would not let the test set Host and Origin. */
function ask(
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  } = {},
): Promise<Asked> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { hostname, port, path, method: options.method ?? 'GET', headers: options.headers ?? {} },
      (answer) => {
        const parts: Buffer[] = [];
        answer
          .on('data', (part: Buffer) => parts.push(part))
          .on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              body: Buffer.concat(parts).toString('utf8'),
              headers: answer.headers,
            }),
          );
      },
    );
    sent.on('error', reject).end(options.body);
  });
}

const bearer = (): Record<string, string> => ({ authorization: `Bearer ${server.token}` });
const operatorPath = (): string => new URL(server.operatorUrl).pathname;
const form = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(fields).toString(),
});
const client = () =>
  contractPortal({
    address: server.url,
    credentials: async () => ({ user: 'practice', password: server.token }),
  });

describe('practice portal', () => {
  test.each<[string, number, string, () => Record<string, string>]>([
    ['without a token', 401, 'unauthorized', () => ({})],
    ['with a wrong token', 401, 'unauthorized', () => ({ authorization: `Bearer ${'x'.repeat(43)}` })],
    [
      'with the token as a basic password',
      401,
      'unauthorized',
      () => ({ authorization: `Basic ${Buffer.from(`practice:${server.token}`).toString('base64')}` }),
    ],
    ['by a web page', 403, 'forbidden', () => ({ ...bearer(), origin: 'https://evil.example' })],
    ['by a page without an origin of its own', 403, 'forbidden', () => ({ ...bearer(), origin: 'null' })],
    [
      'under a name that was made to point here',
      403,
      'forbidden',
      () => ({ ...bearer(), host: 'evil.example' }),
    ],
  ])('refuses when it is asked %s', async (_name, status, code, headers) => {
    for (const path of ['/api/v1/changes', '/api/v1/notices', `/api/v1/references/tickets/${randomUUID()}`]) {
      const answer = await ask(path, { headers: headers() });
      expect(answer.status).toBe(status);
      expect(problemSchema.parse(JSON.parse(answer.body)).code).toBe(code);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
  });

  test('cannot be reached from outside when it runs', async () => {
    const { port } = new URL(server.url);
    const outside = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter((address) => !address.internal && address.family === 'IPv4')
      .map((address) => address.address);
    // Another address of this PC than the one it listens at, for a PC without a network.
    if (process.platform !== 'darwin') outside.push('127.0.0.2');
    expect(outside.length).toBeGreaterThan(0);
    for (const host of outside) {
      await expect(
        new Promise((resolve, reject) => {
          httpRequest({ host, port, path: '/api/v1/terms', timeout: 2_000 }, resolve)
            .on('error', reject)
            .end();
        }),
      ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
  });

  test('does not know a route outside the contract when it is asked for one', async () => {
    const answer = await ask('/api/v1/tickets/all', { headers: bearer() });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'no-route' });
  });

  test('keeps the chunk limit it announces when a client sends more at once', async () => {
    const answer = await fetch(`${server.url}/api/v1/uploads/x`, {
      method: 'PATCH',
      headers: {
        ...bearer(),
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      body: Buffer.alloc(4 * 1024 * 1024 + 1),
    });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'too-large' });
  });

  test('says in problem details that an upload is not there when its address is wrong', async () => {
    const answer = await ask('/api/v1/uploads/nowhere', {
      method: 'PATCH',
      headers: {
        ...bearer(),
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': '0',
      },
    });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('operator page', () => {
  test('is not there when the token in its address is wrong', async () => {
    expect((await ask('/operator/wrong')).status).toBe(404);
    expect((await ask(`/operator/${'x'.repeat(32)}/mode`, form({ mode: 'maintenance' }))).status).toBe(404);
  });

  test('refuses a form when a foreign page sends it', async () => {
    expect(
      (await ask(`${operatorPath()}/mode`, form({ mode: 'maintenance' }, { origin: 'https://evil.example' })))
        .status,
    ).toBe(403);
    expect(
      (await ask(`${operatorPath()}/mode`, form({ mode: 'normal' }, { origin: server.url }))).status,
    ).toBe(303);
  });

  test('shows what a customer wrote as text when it holds markup, and runs no script', async () => {
    done(
      await client().createTicket(
        newTicket({ subject: '<img src=x onerror=alert(1)>', body: '</pre><script>alert(1)</script>' }),
      ),
    );
    const page = await ask(operatorPath());
    expect(page.body).not.toMatch(/<(script|img)/iu);
    expect(page.body).toContain('&lt;script&gt;');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    const style = /<style>([^<]*)<\/style>/u.exec(page.body)?.[1] ?? '';
    expect(page.headers['content-security-policy']).toContain(
      `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}';`,
    );
    expect((await ask(operatorPath(), { headers: { 'accept-language': 'it-IT' } })).body).toContain(
      'Prendi in carico',
    );
  });

  test('assigns, answers, closes and publishes when a person plays the operator', async () => {
    const portal = client();
    const { number } = done(await portal.createTicket(newTicket()));
    const start = done(await portal.changesSince(null)).cursor;
    for (const [action, fields] of [
      ['assign', {}],
      ['answer', { text: 'Quale tensione?' }],
      ['close', {}],
    ] as const)
      expect((await ask(`${operatorPath()}/tickets/${number}/${action}`, form(fields))).status).toBe(303);
    const changes = done(await portal.changesSince(start));
    expect(changes.tickets).toMatchObject([{ number, state: 'closed' }]);
    expect(changes.messages.map((message) => message.author.kind)).toEqual(['system', 'operator', 'system']);
    expect(
      (
        await ask(
          `${operatorPath()}/notices`,
          form({
            kind: 'info',
            it: 'Nuova versione',
            en: 'New version',
            startsAt: '2026-11-24T08:00',
            endsAt: '',
          }),
        )
      ).status,
    ).toBe(303);
    expect(done(await portal.notices())).toMatchObject([
      { kind: 'info', title: { it: 'Nuova versione', en: 'New version' }, endsAt: null },
    ]);
    expect(
      (
        await ask(
          `${operatorPath()}/notices`,
          form({ kind: 'party', it: 'x', en: 'x', startsAt: '', endsAt: '' }),
        )
      ).status,
    ).toBe(400);
  });

  test('R-HOURS-3, R-HOURS-4: the portal is closed for writing or altogether, and says until when, when a person sets it', async () => {
    const portal = client();
    const { number } = done(await portal.createTicket(newTicket()));
    const minute = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString().slice(0, 16);
    const endsAt = minute(7_200_000);
    for (const kind of ['closure', 'maintenance'])
      expect(
        (
          await ask(
            `${operatorPath()}/notices`,
            form({ kind, it: 'Chiuso', en: 'Closed', startsAt: minute(-3_600_000), endsAt }),
          )
        ).status,
      ).toBe(303);
    await ask(`${operatorPath()}/mode`, form({ mode: 'read-only' }));
    expect(await portal.createTicket(newTicket())).toMatchObject({
      kind: 'refused',
      retry: 'later',
      error: { code: 'portal.readOnly', params: { until: `${endsAt}:00.000Z` } },
    });
    expect(await portal.sendMessage(newMessage(number))).toMatchObject({
      kind: 'refused',
      retry: 'later',
      error: { code: 'portal.readOnly' },
    });
    expect((await portal.changesSince(null)).kind).toBe('done');
    await ask(`${operatorPath()}/mode`, form({ mode: 'maintenance' }));
    expect(await portal.changesSince(null)).toMatchObject({
      kind: 'refused',
      retry: 'later',
      retryAfterMs: 3_600_000,
      error: { code: 'portal.maintenance', params: { until: `${endsAt}:00.000Z` } },
    });
    await ask(`${operatorPath()}/mode`, form({ mode: 'normal' }));
    expect((await portal.createTicket(newTicket())).kind).toBe('done');
  });
});

test('practice portal takes one reference once when two uploads of it race', async () => {
  const portal = client();
  const { number } = done(await portal.createTicket(newTicket()));
  const bytes = Buffer.from('the same bytes');
  const reference = randomUUID();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const pair = (key: string, value: string): string => `${key} ${Buffer.from(value).toString('base64')}`;
  const headers = { ...bearer(), 'tus-resumable': '1.0.0' };
  const addresses = await Promise.all(
    [1, 2].map(
      async () =>
        (
          await ask('/api/v1/uploads', {
            method: 'POST',
            headers: {
              ...headers,
              'upload-length': String(bytes.length),
              'upload-metadata': [
                pair('ticket', number),
                pair('reference', reference),
                pair('name', 'a.log'),
                pair('sha256', sha256),
              ].join(','),
            },
          })
        ).headers['location'],
    ),
  );
  for (const address of addresses) {
    const answer = await ask(String(address), {
      method: 'PATCH',
      headers: {
        ...headers,
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': String(bytes.length),
      },
      body: bytes.toString('utf8'),
    });
    expect(answer.status).toBe(204);
  }
  const messages = done(await portal.changesSince(null)).messages.filter(
    (message) => message.number === number,
  );
  expect(messages.flatMap((message) => message.attachments)).toHaveLength(1);
});
