import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewUpload, Portal, PortalOutcome } from '../../electron/portal/port.ts';
import { redminePortal } from '../../electron/portal/redmine/redmine-portal.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import {
  type Alter,
  type Instead,
  type SmallIssue,
  type SmallRedmine,
  smallKey,
  smallRedmine,
} from '../portal/small-redmine.ts';

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
  let nowMs = Date.now();
  const portal = portalOf({ nowMs: () => nowMs });
  server.instead((request, response) => {
    if (request.url?.startsWith('/issues/2.json') !== true) return false;
    response.writeHead(500, { 'Content-Type': 'text/html' }).end('oops');
    return true;
  });
  const tries = [];
  // Steps in every size within a second are one failure: what lasts so short hides nothing.
  for (const afterMs of [0, 100, 400, 500, 60_000, 60_000]) {
    nowMs += afterMs;
    tries.push(await portal.changesSince(null));
  }
  expect(tries.map(said)).toEqual([...Array<string>(5).fill('refused portal.serverFault later'), 'done']);
  const half = tries.at(-1);
  if (half?.kind !== 'done') throw new Error('not told');
  // It is told as far as it is known and said to be no more, and what is known of its state stays.
  expect(half.value.tickets.find(({ number }) => number === '2')).toMatchObject({
    subject: 'Due',
    state: null,
    operator: undefined,
  });
  expect(half.value.aside.map(({ entry }) => entry)).toEqual([expect.stringContaining('"issue":2')]);
  server.instead(null);
  server.answer(2, 'Eccomi');
  const due = server.issues[1];
  if (due !== undefined) due.updatedMs = atMs;
  const other = await portalOf().changesSince(half.value.cursor);
  expect(other.kind === 'done' && other.value.messages.map(({ text }) => text)).toEqual(['Eccomi']);
  expect(other.kind === 'done' && other.value.cursor).toMatch(/^\d+ \d+$/u);
  server.instead((request, response) => {
    if (request.url?.startsWith('/issues.json') !== true) return false;
    const seven = { id: 7, subject: 'Bene', author: { id: 5 }, updated_on: '2026-11-02T09:00:00Z' };
    const odd = { issues: [{ id: 'sette' }, seven] };
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(odd));
    return true;
  });
  const [begin, later] = [await portal.changesSince(null), await portal.changesSince(`${Date.now()} 3`)];
  // The one that can be read comes without its conversation: by itself that server has no such issue.
  expect(
    begin.kind === 'done' && [begin.value.tickets.map(({ number }) => number), begin.value.aside.length],
  ).toEqual([['7'], 2]);
  expect(said(later)).toBe('refused portal.badAnswer later');
});

/** A request of ours on that server. */
async function madeBy(portal: Portal, reference: string = randomUUID()) {
  const made = await portal.createTicket({ ...ticket(), clientReference: reference });
  if (made.kind !== 'done') throw new Error(said(made));
  return { number: made.value.number, reference };
}
const noteTo = (number: string, text: string, reference: string = randomUUID()) => ({
  number,
  clientReference: reference,
  idempotencyKey: reference,
  text,
});
async function newsOf(portal: Portal, cursor: string | null = null, limit?: number) {
  const page = await portal.changesSince(cursor, limit);
  if (page.kind !== 'done') throw new Error(said(page));
  return page.value;
}
const issueOf = (number: string): SmallIssue => {
  const issue = server.issues.find(({ id }) => String(id) === number);
  if (issue === undefined) throw new Error(`no issue ${number}`);
  return issue;
};

test('ONCE-1: a request without a kept field is found by its words, however many stand before it', async () => {
  for (let made = 0; made < 130; made += 1) server.add(`Prima ${made}`, Date.now() - 1_000_000);
  const { number, reference } = await madeBy(portalOf({ desk: { ...desk, referenceField: '' } }));
  for (let made = 0; made < 60; made += 1) server.add(`Dopo ${made}`, Date.now());
  const found = await portalOf({ desk: { ...desk, referenceField: '' } }).findTicketByReference(reference);
  expect(found.kind === 'done' && found.value?.number).toBe(number);
});

test('ONCE-1: a filter that is passed over by now says nothing of what is absent', async () => {
  const portal = portalOf();
  await madeBy(portal);
  expect(said(await portal.findTicketByReference(randomUUID()))).toBe('done');
  expect(portal.capabilities.lookUp).toBe(true);
  server.passOver(true);
  expect(said(await portal.findTicketByReference(randomUUID()))).toBe('refused portal.noLookUp later');
  expect(portal.capabilities.lookUp).toBe(false);
});

type Asks = (portal: Portal, number: string) => Promise<PortalOutcome<unknown>>;
const askMessage: Asks = (portal, number) => portal.findMessageByReference(number, randomUUID());
const askTicket: Asks = (portal) => portal.findTicketByReference(randomUUID());
const askFile: Asks = (portal, number) => portal.uploadAttachment(fileOf(number, Buffer.from('letto')));
const askClose: Asks = (portal, number) => portal.closeTicket(number);
const ofOne =
  (change: (text: string) => string): Alter =>
  (text, path) =>
    /^GET \/issues\/\d/u.test(path) ? change(text) : text;
const ofList =
  (change: (text: string) => string): Alter =>
  (text, path) =>
    path.startsWith('GET /issues.json') ? change(text) : text;

test.each<[string, Asks, Alter]>([
  ['a conversation left out', askMessage, ofOne((text) => text.replace('"journals"', '"other"'))],
  [
    'a conversation that is no list',
    askMessage,
    ofOne((text) => text.replace('"journals":[', '"journals":1,"x":[')),
  ],
  [
    'a note without a number',
    askMessage,
    ofOne((text) => text.replace('"journals":[', '"journals":[{"notes":""},')),
  ],
  ['a note whose words are none', askMessage, ofOne((text) => text.replace('"notes":"', '"notes":7,"x":"'))],
  [
    'the conversation of another',
    askMessage,
    ofOne((text) => text.replace('"issue":{"id":1,', '"issue":{"id":9,')),
  ],
  ['JSON that is nearly some', askMessage, ofOne((text) => text.replace('Eccomi', 'Ecco\nmi'))],
  ['files left out', askFile, ofOne((text) => text.replace('"attachments"', '"other"'))],
  [
    'a file without a number',
    askFile,
    ofOne((text) => text.replace('"attachments":[]', '"attachments":[{}]')),
  ],
  ['the files of another', askFile, ofOne((text) => text.replace('"issue":{"id":1,', '"issue":{"id":9,'))],
  ['the state of another', askClose, ofOne((text) => text.replace('"issue":{"id":1,', '"issue":{"id":9,'))],
  ['a request that cannot be read', askTicket, ofList((text) => text.replace('"id":1,', '"id":"uno",'))],
  [
    'a request without its words',
    askTicket,
    ofList((text) => text.replace('"description":"', '"description":7,"x":"')),
  ],
  [
    'a list that is shorter than it says',
    askTicket,
    ofList((text) => text.replace(/"total_count":\d+/u, '"total_count":40')),
  ],
])('ONCE-1: %s says nothing of what is absent', async (_what, asks, alter) => {
  const portal = portalOf();
  const { number } = await madeBy(portal);
  server.answer(1, 'Eccomi');
  expect(said(await askMessage(portal, number))).toBe('done');
  expect(said(await askTicket(portal, number))).toBe('done');
  server.alter(alter);
  const before = server.asked.length;
  expect(said(await asks(portal, number))).toBe('refused portal.badAnswer later');
  expect(server.asked.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('ONCE-1: a field with other words in it keeps no reference, and the line tells whose a request is', async () => {
  const first = portalOf();
  const { number, reference } = await madeBy(first);
  issueOf(number).fields.set(1, 'n/a');
  const portal = portalOf();
  expect(said(await portal.findTicketByReference(randomUUID()))).toBe('refused portal.noLookUp later');
  expect((await newsOf(portal)).tickets[0]?.clientReference).toBe(reference);
});

test('a note of the operator that ends in our line is theirs, and brings all of its words', async () => {
  const portal = portalOf();
  const { number } = await madeBy(portal);
  const reference = randomUUID();
  const sent = await portal.sendMessage(noteTo(number, 'Provato', reference));
  const answer = `Cambiate il cavo.\r\n\r\nProvato\r\n\r\nRef. ${reference}`;
  server.answer(Number(number), answer);
  const { messages } = await newsOf(portal);
  expect(messages.map(({ author, clientReference, text }) => [author.kind, clientReference, text])).toEqual([
    ['customer', reference, 'Provato'],
    ['operator', null, answer.replaceAll('\r\n', '\n')],
  ]);
  const found = await portal.findMessageByReference(number, reference);
  expect(found.kind === 'done' && found.value).toEqual(sent.kind === 'done' && sent.value);
  // What somebody quotes and nobody finds is no proof that it never arrived.
  issueOf(number).journals.shift();
  expect(said(await portal.findMessageByReference(number, reference))).toBe('refused portal.noLookUp later');
});

test('news: a note that is written anew comes with a name of its own, the same one each time', async () => {
  const portal = portalOf();
  const { number } = await madeBy(portal);
  await portal.sendMessage(noteTo(number, 'Provato'));
  server.answer(Number(number), 'Cambi il cavo');
  const names = [];
  for (const notes of ['Cambi il cavo', 'Cambi la scheda', 'Cambi la scheda']) {
    const [own, note] = issueOf(number).journals;
    if (note !== undefined) note.notes = notes;
    const { messages } = await newsOf(portal);
    names.push([messages[0]?.rewordedId, messages[1]?.id, messages[1]?.rewordedId, own?.id]);
  }
  expect(names.map(([own, id]) => [own, id])).toEqual(
    names.map(() => [undefined, String(issueOf(number).journals[1]?.id)]),
  );
  expect(new Set(names.map(([, , name]) => name)).size).toBe(2);
});

test('news: notes that come newest first are told in the order they were written', async () => {
  const portal = portalOf();
  const { number } = await madeBy(portal);
  server.answer(Number(number), 'Che versione?');
  await portal.sendMessage(noteTo(number, 'La due'));
  server.alter(
    ofOne((text) => {
      const told: { issue: { journals: unknown[] } } = JSON.parse(text);
      told.issue.journals.reverse();
      return JSON.stringify(told);
    }),
  );
  const { tickets, messages } = await newsOf(portal);
  expect(messages.map(({ text }) => text)).toEqual(['Che versione?', 'La due']);
  expect(tickets[0]?.state).toBe('open');
});

test('BOUND-REDMINE: a file refused for its name teaches no size, and one refused for its size does', async () => {
  const portal = portalOf();
  const { number } = await madeBy(portal);
  const bytes = Buffer.from('x'.repeat(5_000));
  const errors = '{"errors":["no"]}';
  server.instead(writing(422, 'application/json', errors));
  const named = await portal.uploadAttachment(fileOf(number, bytes));
  expect(said(named)).toBe('refused portal.rejected never');
  expect(named.kind === 'refused' && named.error.params['refusedBytes']).toBeUndefined();
  server.instead((request, response) => {
    if (request.method !== 'POST' || Number(request.headers['content-length']) < 4_000) return false;
    response.writeHead(422, { 'Content-Type': 'application/json' }).end(errors);
    return true;
  });
  const sized = await portal.uploadAttachment(fileOf(number, bytes));
  expect(said(sized)).toBe('refused portal.tooLarge never');
  expect(sized.kind === 'refused' && sized.error.params['refusedBytes']).toBe(5_000);
  expect(issueOf(number).files).toEqual([]);
});

test('A6: a kept token that is passed over without a word is followed by a fresh one', async () => {
  const portal = portalOf();
  const { number } = await madeBy(portal);
  const kept = `7.${'a'.repeat(64)}`;
  let hangs = 0;
  server.instead((request, response) => {
    if (request.method !== 'PUT') return false;
    hangs += 1;
    if (hangs > 1) return false;
    response.writeHead(204).end();
    return true;
  });
  const upload = { ...fileOf(number, Buffer.from('letto')), resumeUrl: kept };
  expect(said(await portal.uploadAttachment(upload))).toBe('done');
  expect([hangs, issueOf(number).files.length]).toEqual([2, 1]);
  // One that is fresh and passed over says that this user may add none.
  server.instead((request, response) => {
    if (request.method !== 'PUT') return false;
    response.writeHead(204).end();
    return true;
  });
  const handed = (): number => server.asked.filter(({ path }) => path.startsWith('/uploads')).length;
  const before = handed();
  const none = await portal.uploadAttachment({ ...fileOf(number, Buffer.from('altro')), resumeUrl: kept });
  expect([said(none), handed() - before]).toEqual(['refused portal.forbidden never', 1]);
});

test('news: a note that cannot be read is told as it came, unless it may be private; the others are heard', async () => {
  const portal = portalOf();
  const { number } = await madeBy(portal);
  server.answer(Number(number), 'Ecco');
  const odd = '{"notes":"senza numero"},{"notes":"tra noi","private_notes":true},';
  server.alter(ofOne((text) => text.replace('"journals":[', `"journals":[${odd}`)));
  const { messages, aside } = await newsOf(portal);
  expect(messages.map(({ text }) => text)).toEqual(['Ecco']);
  expect(aside.map(({ entry }) => entry)).toEqual(['{"notes":"senza numero"}']);
  // Without its conversation it waits: a note would be lost without a word.
  server.alter(ofOne((text) => text.replace('"journals"', '"other"')));
  expect(said(await portal.changesSince(null))).toBe('refused portal.badAnswer later');
});

test('news: a file that was deleted leaves no message behind', async () => {
  const portal = portalOf();
  const { number } = await madeBy(portal);
  issueOf(number).journals.push({ id: 900, user: 9, notes: '', files: [77], atMs: Date.now() });
  server.answer(Number(number), 'Ecco');
  expect((await newsOf(portal)).messages.map(({ text }) => text)).toEqual(['Ecco']);
});

test('a server that says in the list of statuses alone which of them close is understood', async () => {
  const portal = portalOf();
  const { number } = await madeBy(portal);
  const [other] = [server.add('Aperta', Date.now() - 90_000)];
  server.alter((text, path) =>
    path.startsWith('GET /issue_statuses') ? text : text.replaceAll(/,"is_closed":(?:true|false)/gu, ''),
  );
  expect(said(await portal.closeTicket(number))).toBe('done');
  expect(issueOf(number).isClosed).toBe(true);
  const puts = server.asked.filter(({ method }) => method === 'PUT').length;
  expect(said(await portal.closeTicket(number))).toBe('done');
  expect(server.asked.filter(({ method }) => method === 'PUT')).toHaveLength(puts);
  const { tickets } = await newsOf(portal);
  expect(tickets.map((one) => [one.number, one.state])).toEqual([
    [String(other?.id), 'open'],
    [number, 'closed'],
  ]);
});

test.each([
  ['true'],
  ['"no"'],
  ['null'],
  ['0'],
])('a note whose being private is %s is shown to nobody', async (said_) => {
  const portal = portalOf();
  const { number } = await madeBy(portal);
  server.answer(Number(number), 'Tra noi');
  expect((await newsOf(portal)).messages).toHaveLength(1);
  server.alter(ofOne((text) => text.replaceAll('"private_notes":false', `"private_notes":${said_}`)));
  const { messages, tickets } = await newsOf(portal);
  expect([messages, tickets[0]?.state]).toEqual([[], 'open']);
});

test('a project is known by its identifier first, and by a name only where no other has it', async () => {
  const twice: Alter = (text, path) =>
    path.startsWith('GET /projects.json')
      ? text.replace('"projects":[', '"projects":[{"id":8,"name":"assistenza","identifier":"altra"},')
      : text;
  server.alter(twice);
  expect((await madeBy(portalOf())).number).toBe('1');
  server.alter((text, path) => twice(text, path).replace('"identifier":"assistenza"', '"identifier":"una"'));
  expect(said(await portalOf().createTicket(ticket()))).toBe('refused portal.deskUnknown later');
});

test('news and look-ups: requests somebody else opened are not taken for ours, and move the news on', async () => {
  const portal = portalOf();
  const { reference } = await madeBy(portal);
  const copy = server.add('Copia', Date.now(), 9);
  copy.fields.set(1, reference);
  const lost = randomUUID();
  server.add('Di un altro', Date.now(), 9).fields.set(1, lost);
  const atMs = Date.now() - 600_000;
  for (let made = 0; made < 30; made += 1) server.add(`Altrui ${made}`, atMs + made * 1_000, 9);
  const seen = new Set<string>();
  let [cursor, steps] = [null as string | null, 0];
  for (let hasMore = true; hasMore; steps += 1) {
    expect(steps).toBeLessThan(100);
    const page = await newsOf(portal, cursor, 4);
    for (const { number } of page.tickets) seen.add(number);
    ({ cursor, hasMore } = page);
  }
  expect([...seen]).toEqual(['1']);
  const found = await portal.findTicketByReference(reference);
  expect(found.kind === 'done' && found.value?.number).toBe('1');
  expect(said(await portal.findTicketByReference(lost))).toBe('refused portal.noLookUp later');
});

test('news: an entry without a time is told by itself, and a page of nothing else is passed', async () => {
  const atMs = Date.parse('2026-11-02T09:00:00Z');
  for (let made = 0; made < 9; made += 1) server.add(`Numero ${made}`, atMs + made * 1_000);
  server.alter(
    ofList((text) => {
      const told: { issues: { id: unknown; updated_on: string }[] } = JSON.parse(text);
      const issues = told.issues.map((issue) =>
        issue.id === 2
          ? { ...issue, updated_on: 'ieri' }
          : [4, 5, 6].includes(Number(issue.id))
            ? { ...issue, id: `n${String(issue.id)}` }
            : issue,
      );
      return JSON.stringify({ ...told, issues });
    }),
  );
  for (const limit of [3, 20]) {
    const portal = portalOf();
    const seen = new Set<string>();
    const aside = new Set<string>();
    let [cursor, steps] = [null as string | null, 0];
    for (let hasMore = true; hasMore; steps += 1) {
      expect(steps).toBeLessThan(60);
      const page = await newsOf(portal, cursor, limit);
      for (const { number } of page.tickets) seen.add(number);
      for (const { entry } of page.aside) aside.add(entry);
      ({ cursor, hasMore } = page);
    }
    expect([limit, [...seen].toSorted(), aside.size]).toEqual([limit, ['1', '3', '7', '8', '9'], 4]);
  }
});

test('news: a step that takes long ends with what it has, and nothing of it is waited for without end', async () => {
  const atMs = Date.parse('2026-11-02T09:00:00Z');
  for (let made = 0; made < 12; made += 1) server.add(`Lento ${made}`, atMs + Math.floor(made / 5) * 1_000);
  const portal = portalOf({ pace: { stepMs: 0 } });
  const seen: string[] = [];
  let [cursor, steps] = [null as string | null, 0];
  for (let hasMore = true; hasMore; steps += 1) {
    expect(steps).toBeLessThan(40);
    const page = await newsOf(portal, cursor);
    for (const { number } of page.tickets) seen.push(number);
    ({ cursor, hasMore } = page);
  }
  expect(new Set(seen).size).toBe(12);
  expect(steps).toBeGreaterThan(11);

  const hanging = portalOf({ pace: { totalMs: 400 }, limits: { idleMs: 60_000, totalMs: 60_000 } });
  server.instead((request) => request.url?.startsWith('/issues/3.json') === true);
  const page = await newsOf(hanging);
  expect([page.tickets.map(({ number }) => number), page.hasMore]).toEqual([['1', '2'], true]);
  expect(said(await hanging.changesSince(`${atMs} 2`))).toBe('refused portal.timeout later');
});

test('news: what is still settling is read again, and a place ahead of the server begins anew once', async () => {
  server.add('Appena', Date.now() - 60_000);
  const heard = async (portal: Portal, cursor: string | null): Promise<readonly [number, string | null]> => {
    const { tickets, cursor: next } = await newsOf(portal, cursor);
    return [tickets.length, next];
  };
  const slow = portalOf();
  const quick = portalOf({ pace: { settlingMs: 5_000 } });
  const [, slowly] = await heard(slow, null);
  const [, quickly] = await heard(quick, null);
  expect([(await heard(slow, slowly))[0], (await heard(quick, quickly))[0]]).toEqual([1, 0]);
  let nowMs = Date.now();
  const ahead = `${Math.floor(nowMs / 1_000) * 1_000 + 86_400_000} 3`;
  const portal = portalOf({ nowMs: () => nowMs });
  const looks = [];
  for (const afterMs of [0, 60_000, 3_600_000]) {
    nowMs += afterMs;
    looks.push((await heard(portal, ahead))[0]);
  }
  expect(looks).toEqual([1, 0, 1]);
});

test('a key that is none, or a keychain that does not answer, sends nothing', async () => {
  const before = server.asked.length;
  expect(said(await portalOf({ key: async () => 'a\r\nb: c' }).createTicket(ticket()))).toBe(
    'refused portal.keyRefused later',
  );
  expect(said(await portalOf({ key: async () => null }).changesSince(null))).toBe(
    'refused portal.keyRefused later',
  );
  expect(server.asked.length).toBe(before);
  expect(() => portalOf({ address: 'http://portal.example' })).toThrow();
});
