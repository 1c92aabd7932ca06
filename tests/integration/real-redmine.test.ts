import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { NewTicket, NewUpload, Portal, PortalOutcome } from '../../electron/portal/port.ts';
import { type RedmineOptions, redminePortal } from '../../electron/portal/redmine/redmine-portal.ts';
import type { Desk } from '../../shared/domain/portal-choice.ts';
import type { HeardChanges } from '../../shared/portal/heard-changes.ts';
import { type CuttingProxy, cuttingProxy } from '../portal/cutting-proxy.ts';
import { missingForRedmine, type RealRedmine, startRedmine } from '../portal/real-redmine.ts';

const missing = missingForRedmine();
const isHere = missing.length === 0;
const folder = isHere ? mkdtempSync(join(tmpdir(), 'officina-redmine-')) : '';
let redmine: RealRedmine;
let proxy: CuttingProxy;

const said: Desk = {
  project: 'assistenza',
  tracker: 'Support',
  referenceField: 'Riferimento',
  serialField: 'Matricola',
};

function portalOf(
  desk: Partial<Desk> = {},
  key: keyof RealRedmine['keys'] = 'workshop',
  address = proxy.url,
  pace: RedmineOptions['pace'] = {},
): Portal {
  return redminePortal({ address, desk: { ...said, ...desk }, key: async () => redmine.keys[key], pace });
}

function done<T>(outcome: PortalOutcome<T>): T {
  if (outcome.kind !== 'done') throw new Error(`${outcome.kind} ${JSON.stringify(outcome.error)}`);
  return outcome.value;
}

const request = (more: Partial<NewTicket> = {}): NewTicket => ({
  clientReference: randomUUID(),
  idempotencyKey: randomUUID(),
  language: 'it',
  subject: 'La lettura si ferma al 73 %',
  body: 'Vettura: Golf 7\n\nDopo la lettura: «errore 0x2F».\nÈ la terza volta.',
  productId: 'kess3',
  serial: 'K3-0042',
  termsVersion: '1',
  termsSha256: '0'.repeat(64),
  ...more,
});

function fileFor(
  number: string,
  sizeBytes: number,
  more: Partial<NewUpload> = {},
): NewUpload & { urls: string[] } {
  const bytes = randomBytes(sizeBytes);
  const file = join(folder, `${randomUUID()}.bin`);
  writeFileSync(file, bytes);
  const urls: string[] = [];
  return {
    number,
    clientReference: randomUUID(),
    messageReference: null,
    name: 'Lettura è fatta (1).bin',
    sizeBytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    file,
    resumeUrl: null,
    onResumeUrl: (url) => urls.push(url),
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...more,
    urls,
  };
}

/** The server's own interface, as somebody else uses it. */
async function asOther(
  key: keyof RealRedmine['keys'],
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await fetch(redmine.url + path, {
    method,
    headers: { 'X-Redmine-API-Key': redmine.keys[key], 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect(answer.status, `${method} ${path}: ${text}`).toBeLessThan(300);
  return text === '' ? null : JSON.parse(text);
}
const issueSchema = z.object({
  issue: z.object({
    description: z.string(),
    custom_fields: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
    attachments: z.array(z.object({ filename: z.string(), filesize: z.number() })),
    journals: z.array(z.object({ id: z.number(), notes: z.string().nullable() })),
    status: z.object({ is_closed: z.boolean() }),
  }),
});
const issueOf = async (number: string) =>
  issueSchema.parse(await asOther('operator', 'GET', `/issues/${number}.json?include=journals,attachments`))
    .issue;
const countOf = async (subject: string): Promise<number> =>
  z
    .object({ total_count: z.number() })
    .parse(
      await asOther('operator', 'GET', `/issues.json?status_id=*&subject=${encodeURIComponent(subject)}`),
    ).total_count;

/** Everything from a cursor on, in as many steps as it takes. */
async function allNews(portal: Portal, from: string | null, limit?: number) {
  const tickets = new Map<string, HeardChanges['tickets'][number]>();
  const messages = new Map<string, HeardChanges['messages'][number]>();
  let cursor = from;
  for (let steps = 1; steps < 200; steps += 1) {
    const page: HeardChanges = done(await portal.changesSince(cursor, limit));
    for (const ticket of page.tickets) tickets.set(ticket.number, ticket);
    for (const message of page.messages) messages.set(message.id, message);
    expect(page.aside).toEqual([]);
    cursor = page.cursor;
    if (!page.hasMore) return { tickets, messages, cursor, steps };
  }
  throw new Error('the news have no end');
}

describe.skipIf(!isHere)(`[redmine] a real server${isHere ? '' : `, missing: ${missing.join(', ')}`}`, () => {
  beforeAll(async () => {
    redmine = await startRedmine(folder);
    proxy = await cuttingProxy(redmine.url);
  }, 240_000);
  afterAll(async () => {
    await proxy?.stop();
    await redmine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('request goes with two files, is answered, read back, answered again and closed', async () => {
    const portal = portalOf();
    const ticket = request();
    const { number } = done(await portal.createTicket(ticket));
    expect(done(await portal.findTicketByReference(ticket.clientReference))?.number).toBe(number);
    const files = [fileFor(number, 4_321), fileFor(number, 1_500_000, { name: 'due.bin' })];
    for (const file of files)
      expect(done(await portal.uploadAttachment(file))).toMatchObject({
        sha256: file.sha256,
        sizeBytes: file.sizeBytes,
      });
    const reference = randomUUID();
    const text = 'Provato anche con un altro cavo.\nStessa cosa.';
    const sent = done(
      await portal.sendMessage({ number, clientReference: reference, idempotencyKey: reference, text }),
    );
    const there = await issueOf(number);
    expect(there.attachments.map(({ filesize }) => filesize)).toEqual([4_321, 1_500_000]);
    expect(there.custom_fields.filter(({ value }) => value !== null && value !== '')).toEqual(
      [
        { name: 'Riferimento', value: ticket.clientReference },
        { name: 'Matricola', value: 'K3-0042' },
      ].map((field) => expect.objectContaining(field)),
    );
    await asOther('operator', 'PUT', `/issues/${number}.json`, {
      issue: { notes: 'Che versione ha il programma?\r\nGrazie.' },
    });
    await asOther('operator', 'PUT', `/issues/${number}.json`, {
      issue: { notes: 'Solo tra noi', private_notes: true },
    });
    const news = await allNews(portal, null);
    expect(news.tickets.get(number)).toMatchObject({
      clientReference: ticket.clientReference,
      state: 'waiting-customer',
      subject: ticket.subject,
      body: ticket.body,
      serial: 'K3-0042',
      operator: 'Operator Prova',
    });
    const told = [...news.messages.values()].filter((message) => message.number === number);
    expect(
      told.map(({ author, text: words, clientReference }) => [author.kind, words, clientReference]),
    ).toEqual([
      ['customer', text, reference],
      ['operator', 'Che versione ha il programma?\nGrazie.', null],
    ]);
    expect(told[0]?.id).toBe(sent.id);
    expect(portal.capabilities).toMatchObject({ lookUp: true, privateMessage: false, terms: false });
    done(await portal.closeTicket(number));
    done(await portal.closeTicket(number));
    expect((await issueOf(number)).status.is_closed).toBe(true);
    expect((await allNews(portal, news.cursor)).tickets.get(number)?.state).toBe('closed');
  });

  test('ONCE-1: an answer lost after the server took the request, the reply or the file is found, and nothing is there twice', async () => {
    const portal = portalOf();
    const ticket = request({ subject: 'Risposta persa per strada' });
    proxy.cutNext('POST', /^\/issues\.json/u);
    expect((await portal.createTicket(ticket)).kind).toBe('unknown');
    // The program was killed meanwhile: another one asks.
    const { number } = done(await portalOf().findTicketByReference(ticket.clientReference)) ?? { number: '' };
    expect(number).not.toBe('');
    expect(await countOf(ticket.subject)).toBe(1);

    const reference = randomUUID();
    proxy.cutNext('PUT', /^\/issues\/\d+\.json/u);
    const message = { number, clientReference: reference, idempotencyKey: reference, text: 'Eccomi' };
    expect((await portal.sendMessage(message)).kind).toBe('unknown');
    expect(done(await portalOf().findMessageByReference(number, reference))).not.toBeNull();
    expect(done(await portal.findMessageByReference(number, randomUUID()))).toBeNull();
    proxy.cutNext('GET', /^\/issues\/\d+\.json\?include=journals/u);
    const second = randomUUID();
    expect((await portal.sendMessage({ ...message, clientReference: second, text: 'Di nuovo' })).kind).toBe(
      'unknown',
    );
    expect(done(await portal.findMessageByReference(number, second))).not.toBeNull();

    const file = fileFor(number, 70_000);
    proxy.cutNext('POST', /^\/uploads\.json/u);
    expect((await portal.uploadAttachment(file)).kind).toBe('refused');
    expect(file.urls).toEqual([]);
    proxy.cutNext('PUT', /^\/issues\/\d+\.json/u);
    expect((await portal.uploadAttachment(file)).kind).toBe('refused');
    expect(file.urls).toHaveLength(1);
    const again = { ...file, resumeUrl: file.urls[0] ?? null };
    const before = proxy.passed.length;
    expect(done(await portalOf().uploadAttachment(again)).sha256).toBe(file.sha256);
    expect(proxy.passed.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
    proxy.cutNext('GET', /^\/attachments\/download/u);
    const other = fileFor(number, 9_000);
    expect((await portal.uploadAttachment(other)).kind).toBe('refused');
    expect(done(await portal.uploadAttachment(other)).sha256).toBe(other.sha256);

    proxy.cutNext('PUT', /^\/issues\/\d+\.json/u);
    expect((await portal.closeTicket(number)).kind).toBe('refused');
    done(await portal.closeTicket(number));
    expect(proxy.cuts()).toBe(7);
    const there = await issueOf(number);
    expect([
      there.attachments.length,
      there.journals.filter(({ notes }) => (notes ?? '') !== '').length,
    ]).toEqual([2, 2]);
    expect(await countOf(ticket.subject)).toBe(1);
  });

  test('a token that was used up hangs nothing on twice, and one that is forgotten is asked for anew', async () => {
    const portal = portalOf();
    const { number } = done(await portal.createTicket(request({ subject: 'Gettoni' })));
    const file = fileFor(number, 5_000);
    done(await portal.uploadAttachment(file));
    const [token = ''] = file.urls;
    // The very same hanging, as when it comes late.
    const late = await fetch(`${redmine.url}/issues/${number}.json`, {
      method: 'PUT',
      headers: { 'X-Redmine-API-Key': redmine.keys.workshop, 'Content-Type': 'application/json' },
      body: JSON.stringify({ issue: { uploads: [{ token, filename: 'x.bin' }] } }),
    });
    expect(late.status).toBe(422);
    const stale = fileFor(number, 6_000, { resumeUrl: `999999.${'a'.repeat(64)}` });
    expect(done(await portal.uploadAttachment(stale)).sha256).toBe(stale.sha256);
    expect((await issueOf(number)).attachments).toHaveLength(2);
  });

  test('without a field that holds the reference a lost answer is for a person, and it is told before', async () => {
    const cases: readonly (readonly [string, Partial<Desk>])[] = [
      ['no name given', { referenceField: '' }],
      ['no such field', { referenceField: 'Che non esiste' }],
      ['a project without fields', { project: 'senza-campi' }],
      ['a field that is no filter', { referenceField: 'Senza filtro' }],
      ['a field of another tracker', { referenceField: 'Di un altro', tracker: 'Bug' }],
    ];
    let told = 0;
    for (const [title, desk] of cases) {
      const portal = portalOf(desk);
      const ticket = request({ subject: `Senza campo: ${title}` });
      proxy.cutNext('POST', /^\/issues\.json/u);
      expect((await portal.createTicket(ticket)).kind, title).toBe('unknown');
      expect(portal.capabilities.lookUp, title).toBe(false);
      // What is there is found by its text all the same; what is not found is not said to be absent.
      expect(done(await portal.findTicketByReference(ticket.clientReference)), title).not.toBeNull();
      const absent = await portal.findTicketByReference(randomUUID());
      expect(absent, title).toMatchObject({ kind: 'refused', error: { code: 'portal.noLookUp' } });
      expect(await countOf(ticket.subject), title).toBe(1);
      told += 1;
    }
    expect(told).toBe(5);
    // The newest request there has its reference in its words alone: the field is believed once it was seen to keep one.
    const good = portalOf();
    expect((await good.findTicketByReference(randomUUID())).kind).toBe('refused');
    done(await good.createTicket(request({ subject: 'Col campo' })));
    expect(done(await good.findTicketByReference(randomUUID()))).toBeNull();
    expect(done(await portalOf().findTicketByReference(randomUUID()))).toBeNull();
  });

  test('who may only read, a wrong key, a project nobody knows and a file that is too large are each said so', async () => {
    const number = done(await portalOf().createTicket(request({ subject: 'Permessi' }))).number;
    const reader = portalOf({}, 'reader');
    const note = { number, clientReference: randomUUID(), idempotencyKey: 'x', text: 'ciao' };
    const codes = [
      await reader.createTicket(request({ subject: 'Di chi legge' })),
      await reader.sendMessage(note),
      await reader.closeTicket(number),
      await reader.uploadAttachment(fileFor(number, 100)),
      await portalOf({ project: 'altrove' }).createTicket(request()),
      await portalOf({ tracker: 'Fax' }).createTicket(request()),
      await portalOf({ project: '' }).createTicket(request()),
      await redminePortal({ address: proxy.url, desk: said, key: async () => 'no-such-key' }).changesSince(
        null,
      ),
      await redminePortal({ address: proxy.url, desk: said, key: async () => null }).changesSince(null),
      await portalOf().sendMessage({ ...note, number: '99999' }),
      await portalOf().uploadAttachment(fileFor(number, 2_200_000)),
    ].map((outcome) => (outcome.kind === 'done' ? 'done' : outcome.error.code));
    expect(codes).toEqual([
      'portal.rejected',
      'portal.forbidden',
      'portal.forbidden',
      'portal.forbidden',
      'portal.deskUnknown',
      'portal.deskUnknown',
      'portal.deskUnknown',
      'portal.keyRefused',
      'portal.keyRefused',
      'portal.notFound',
      'portal.tooLarge',
    ]);
    expect(await countOf('Di chi legge')).toBe(0);
  });

  test('news leave nothing out and come to an end when many requests change within one second', async () => {
    const portal = portalOf({}, 'workshop', proxy.url, { settlingMs: 5_000 });
    const numbers: string[] = [];
    for (let made = 0; made < 13; made += 1)
      numbers.push(done(await portal.createTicket(request({ subject: `Insieme ${made}` }))).number);
    const begin = (await allNews(portal, null)).cursor;
    // One behind the other, so that several share a second; one of them twice.
    const write = (number: string, notes: string) =>
      asOther('operator', 'PUT', `/issues/${number}.json`, { issue: { notes } });
    for (const number of numbers) await write(number, `Uno ${number}`);
    const first = await allNews(portal, begin, 2);
    await write(numbers[0] ?? '', 'Due subito dopo');
    const second = await allNews(portal, first.cursor, 2);
    await wait(7_000);
    const third = await allNews(portal, second.cursor, 2);
    const texts = new Set(
      [first, second, third].flatMap(({ messages }) => [...messages.values()].map(({ text }) => text)),
    );
    expect(numbers.filter((number) => !texts.has(`Uno ${number}`))).toEqual([]);
    expect(texts.has('Due subito dopo')).toBe(true);
    expect(first.steps).toBeGreaterThan(5);
    // When nothing changes any more, a look brings nothing and stays where it is.
    const rest = await allNews(portal, third.cursor, 2);
    expect([rest.tickets.size, rest.cursor]).toEqual([0, third.cursor]);
    // What others opened on that server is not ours.
    await asOther('stranger', 'POST', '/issues.json', {
      issue: { project_id: 1, tracker_id: 3, subject: 'Di un altro cliente' },
    });
    expect((await allNews(portal, rest.cursor)).tickets.size).toBe(0);
  });

  test('THREAT-5: the key went to that server alone and stands in no outcome', async () => {
    const seen = new Set(proxy.passed.map(({ key }) => key));
    expect(proxy.passed.length).toBeGreaterThan(100);
    expect([...seen].toSorted()).toEqual(
      [redmine.keys.workshop, redmine.keys.reader, 'no-such-key'].toSorted(),
    );
    const outcomes = [
      await portalOf().changesSince(null),
      await portalOf().findTicketByReference(randomUUID()),
      await portalOf({}, 'reader').createTicket(request()),
    ];
    expect(JSON.stringify(outcomes)).not.toContain(redmine.keys.workshop);
    expect(proxy.passed.every(({ path }) => !path.includes(redmine.keys.workshop))).toBe(true);
    expect(readFileSync(join(folder, 'redmine.log'), 'utf8')).not.toContain(redmine.keys.workshop);
  });
});
