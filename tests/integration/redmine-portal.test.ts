import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewUpload, Portal, PortalOutcome } from '../../electron/portal/port.ts';
import { redminePortal } from '../../electron/portal/redmine/redmine-portal.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { type Instead, type SmallRedmine, smallKey, smallRedmine } from '../portal/small-redmine.ts';

let server: SmallRedmine;
beforeEach(async () => {
  server = await smallRedmine();
});
afterEach(() => server.stop());

const desk = {
  project: 'assistenza',
  tracker: 'support',
  referenceField: 'riferimento',
  serialField: 'Matricola',
};
const portalOf = (more: object = {}): Portal =>
  redminePortal({
    address: server.url,
    desk,
    key: async () => smallKey,
    limits: { idleMs: 1_000, totalMs: 1_500, uploadTurnMs: 1_500 },
    ...more,
  });
const ticket = (subject = 'Non legge') => ({
  clientReference: randomUUID(),
  idempotencyKey: randomUUID(),
  language: 'it' as const,
  subject,
  body: 'Non legge più.',
  productId: 'kess3',
  serial: 'K3',
  termsVersion: '1',
  termsSha256: '',
});
function said<T>(outcome: PortalOutcome<T>): string {
  if (outcome.kind === 'done') return 'done';
  return `${outcome.kind} ${outcome.error.code}${outcome.kind === 'refused' ? ` ${outcome.retry}` : ''}`;
}

const writing =
  (status: number, type: string, body: string, headers: Record<string, string> = {}): Instead =>
  (request, response) => {
    if (request.method !== 'POST' && request.method !== 'PUT') return false;
    response.writeHead(status, { 'Content-Type': type, ...headers }).end(body);
    return true;
  };

test.each<[string, Instead, string]>([
  ['a page of somebody else', writing(200, 'text/html', '<html>login</html>'), 'unknown portal.notTheApi'],
  ['half an answer', writing(201, 'application/json', '{"issue":{"id":'), 'unknown portal.badAnswer'],
  [
    'an issue that is not ours',
    writing(201, 'application/json', '{"issue":{"id":4}}'),
    'unknown portal.badAnswer',
  ],
  ['an answer of 6 MB', writing(201, 'application/json', ' '.repeat(6_000_000)), 'unknown portal.badAnswer'],
  [
    'another place',
    writing(302, 'text/html', '', { Location: 'http://127.0.0.1:9/' }),
    'unknown portal.notTheApi',
  ],
  ['a fault', writing(500, 'text/html', 'oops'), 'unknown portal.serverFault'],
  ['a fault on the way', writing(502, 'text/html', 'oops'), 'unknown portal.serverFault'],
  ['a rest', writing(429, 'text/plain', '', { 'Retry-After': '7' }), 'refused portal.rateLimited later'],
  [
    'a closed door',
    writing(503, 'text/html', 'soon', { 'Retry-After': '9' }),
    'refused portal.serverFault later',
  ],
  [
    'its own refusal',
    writing(422, 'application/json', '{"errors":["Subject"]}'),
    'refused portal.rejected never',
  ],
  ['a refusal of somebody else', writing(422, 'text/html', 'no'), 'unknown portal.notTheApi'],
  ['a door of somebody else', writing(403, 'text/html', 'no'), 'unknown portal.notTheApi'],
  ['too much', writing(413, 'text/html', ''), 'refused portal.tooLarge never'],
  ['nothing at all', () => true, 'refused portal.timeout later'],
])('FINDING-8, P6: %s in the place of an answer is believed for what it is', async (_what, instead, told) => {
  server.add('Già qui', Date.now());
  const portal = portalOf();
  if (told !== 'refused portal.timeout later') await portal.changesSince(null);
  server.instead(instead);
  const outcome = await portal.createTicket(ticket());
  expect(said(outcome)).toBe(told);
  expect(JSON.stringify(outcome)).not.toContain(smallKey);
  if (outcome.kind === 'refused' && told.includes('rateLimited')) expect(outcome.retryAfterMs).toBe(7_000);
  server.instead(null);
  expect(server.asked.every(({ key }) => key === smallKey)).toBe(true);
  expect(server.issues).toHaveLength(1);
});

test('ONCE-1: what a server leaves out without a word is seen by reading back', async () => {
  const portal = portalOf();
  const made = await portal.createTicket(ticket());
  const number = made.kind === 'done' ? made.value.number : '';
  // Every change is taken, and nothing changes.
  server.instead(writing(204, 'application/json', ''));
  const message = { number, clientReference: randomUUID(), idempotencyKey: 'x', text: 'Eccomi' };
  expect(said(await portal.sendMessage(message))).toBe('refused portal.forbidden never');
  expect(said(await portal.closeTicket(number))).toBe('refused portal.forbidden never');
});

function fileOf(number: string, bytes: Buffer): NewUpload {
  const file = join(freshFolder(), 'lettura.bin');
  writeFileSync(file, bytes);
  return {
    number,
    clientReference: randomUUID(),
    messageReference: null,
    name: 'lettura.bin',
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    file,
    resumeUrl: null,
    onResumeUrl: () => undefined,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  };
}

test('A6: a file that comes back otherwise than it left is not called arrived', async () => {
  const portal = portalOf();
  const made = await portal.createTicket(ticket());
  const number = made.kind === 'done' ? made.value.number : '';
  const download =
    (body: string, status = 200): Instead =>
    (request, response) => {
      if (request.url?.startsWith('/attachments/') !== true) return false;
      response.writeHead(status, { Location: 'http://127.0.0.1:9/' }).end(body);
      return true;
    };
  const upload = fileOf(number, Buffer.from('tutto quanto'));
  const cases: [Instead | null, string][] = [
    [download('tutto quantO'), 'refused portal.conflict never'],
    [download('x'.repeat(200_000)), 'refused portal.badAnswer later'],
    [download('', 302), 'refused portal.notTheApi later'],
    [null, 'done'],
  ];
  for (const [instead, told] of cases) {
    server.instead(instead);
    expect(said(await portal.uploadAttachment(upload))).toBe(told);
  }
  expect(server.asked.filter(({ path }) => path.startsWith('/uploads'))).toHaveLength(1);
  expect(server.issues[0]?.files).toHaveLength(1);
});

test('news: times to the second, any number of requests in one of them, in steps of every size', async () => {
  const atMs = Date.parse('2026-11-02T09:00:00Z');
  for (let made = 0; made < 60; made += 1) server.add(`In un secondo ${made}`, atMs);
  for (let made = 0; made < 30; made += 1) server.add(`Sparsi ${made}`, atMs + made * 700);
  let walks = 0;
  for (const limit of [1, 2, 7, 20, undefined]) {
    const portal = portalOf();
    const seen = new Map<string, number>();
    let cursor: string | null = null;
    for (let steps = 0; ; steps += 1) {
      expect(steps).toBeLessThan(400);
      const page = await portal.changesSince(cursor, limit);
      if (page.kind !== 'done') throw new Error(said(page));
      for (const { number } of page.value.tickets) seen.set(number, (seen.get(number) ?? 0) + 1);
      cursor = page.value.cursor;
      if (!page.value.hasMore) break;
    }
    expect([limit, seen.size, Math.max(...seen.values())]).toEqual([limit, 90, 1]);
    const again = await portal.changesSince(cursor, limit);
    expect(
      again.kind === 'done' && [again.value.tickets.length, again.value.cursor, again.value.hasMore],
    ).toEqual([0, cursor, false]);
    walks += 1;
  }
  expect(walks).toBe(5);
});

test('news: one issue that cannot be read harms itself, and a filter that is passed over moves nothing', async () => {
  const atMs = Date.now() - 60_000;
  for (const subject of ['Uno', 'Due', 'Tre']) server.add(subject, atMs);
  const portal = portalOf();
  server.instead((request, response) => {
    if (request.url?.startsWith('/issues/2.json') !== true) return false;
    response.writeHead(500, { 'Content-Type': 'text/html' }).end('oops');
    return true;
  });
  const tries = [];
  for (let look = 0; look < 3; look += 1) tries.push(await portal.changesSince(null));
  expect(tries.map(said)).toEqual([
    'refused portal.serverFault later',
    'refused portal.serverFault later',
    'done',
  ]);
  server.instead((request, response) => {
    if (request.url?.startsWith('/issues.json') !== true) return false;
    const odd = { issues: [{ id: 'sette' }, { id: 7, subject: 'Bene', updated_on: '2026-11-02T09:00:00Z' }] };
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(odd));
    return true;
  });
  const [begin, later] = [await portal.changesSince(null), await portal.changesSince(`${Date.now()} 3`)];
  // The one that can be read comes without its conversation: by itself that server has no such issue.
  expect(
    begin.kind === 'done' && [begin.value.tickets.map(({ number }) => number), begin.value.aside.length],
  ).toEqual([['7'], 1]);
  expect(said(later)).toBe('refused portal.badAnswer later');
});

test('a key that is none, or a keychain that does not answer, sends nothing', async () => {
  const before = server.asked.length;
  expect(said(await portalOf({ key: async () => 'a\r\nb: c' }).createTicket(ticket()))).toBe(
    'refused portal.unauthorized later',
  );
  expect(said(await portalOf({ key: async () => null }).changesSince(null))).toBe(
    'refused portal.unauthorized later',
  );
  expect(server.asked.length).toBe(before);
  expect(() => portalOf({ address: 'http://portal.example' })).toThrow();
});
