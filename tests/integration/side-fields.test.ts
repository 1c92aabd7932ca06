import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { fileLimits } from '../../shared/rules/file-limits.ts';
import { apiBase } from '../../shared/portal/wire.ts';
import { jsonAnswer, noFault } from '../portal/fault.ts';
import type { Forwarded } from '../portal/forward.ts';
import { done, newTicket, type PortalPair, portalPair, stopAll } from '../portal/portal-fixtures.ts';

afterEach(stopAll);

const sha256 = 'ab'.repeat(32);
const at = '2026-11-24T18:00:00.000Z';

/** A portal whose answer on one path is this one, whoever asks. */
async function answering(path: string, body: object): Promise<PortalPair['portal']> {
  const { server, portal } = await portalPair();
  server.setFault((request) =>
    request.path.startsWith(apiBase + path) ? jsonAnswer(JSON.stringify(body), false) : noFault,
  );
  return portal;
}

const token = 'a session of sixteen characters';
test.each([
  ['none', {}],
  ['null', { expiresAt: null }],
  ['seconds', { expiresAt: 1_893_456_000 }],
  ['another form', { expiresAt: '2030-01-01T00:00:00+0100' }],
])('session whose end nobody can read (%s) is one: when it is over, the portal says so', async (_what, end) => {
  const { server, portal } = await portalPair();
  let offered = '';
  server.setFault(({ path, headers }) => {
    if (path === `${apiBase}/session`) return jsonAnswer(JSON.stringify({ token, ...end }), false);
    offered = String(headers['authorization']);
    return jsonAnswer(JSON.stringify({ version: '1', sha256, url: null }), false);
  });
  done(await portal.terms());
  expect(offered).toBe(`Bearer ${token}`);
});

const message = {
  id: 'm1',
  number: 'P-1',
  clientReference: null,
  author: { kind: 'customer' },
  text: 'x',
  attachments: [],
  at,
};
test.each([
  ['no list of tickets, but null', { tickets: null }, 'c1'],
  ['null for whether there is more', { hasMore: null }, 'c1'],
  ['a word for whether there is more', { hasMore: 'false' }, 'c1'],
  ['a number as its cursor', { cursor: 12 }, '12'],
])('page of news with %s brings its entries', async (_what, odd, cursor) => {
  const portal = await answering('/changes', {
    tickets: [],
    messages: [message],
    cursor: 'c1',
    hasMore: false,
    ...odd,
  });
  expect(done(await portal.changesSince(null))).toMatchObject({
    messages: [{ id: 'm1' }],
    tickets: [],
    cursor,
    hasMore: false,
  });
});

test.each([
  ['null', { cursor: null }],
  ['empty', { cursor: '' }],
  ['absent', { cursor: undefined }],
  ['a fraction', { cursor: 1.5 }],
  ['a control character', { cursor: 'c\u0007' }],
  ['longer than an address', { cursor: 'c'.repeat(1_001) }],
])('page of news whose cursor is %s brings its entries, and nothing to go on from', async (_what, odd) => {
  const portal = await answering('/changes', { tickets: [], messages: [message], hasMore: true, ...odd });
  expect(done(await portal.changesSince(null))).toMatchObject({ messages: [{ id: 'm1' }], cursor: null });
});

test('page of news whose lists are objects with numbers for names brings their entries', async () => {
  const portal = await answering('/changes', { tickets: {}, messages: { 3: message }, cursor: 'c1' });
  expect(done(await portal.changesSince(null))).toMatchObject({ messages: [{ id: 'm1' }], cursor: 'c1' });
});

test.each([
  [{}],
  [{ error: 'x' }],
  [{ tickets: 'x', cursor: 'c1' }],
  [{ cursor: null, messages: null }],
])('answer %j to the question for news is no page of them', async (body) => {
  const portal = await answering('/changes', body);
  expect((await portal.changesSince(null)).kind).not.toBe('done');
});

test('page of news without a list of messages, but null, brings its tickets', async () => {
  const portal = await answering('/changes', {
    tickets: [{ number: 'P-1' }],
    messages: null,
    cursor: 'c1',
    hasMore: false,
  });
  expect(done(await portal.changesSince(null))).toMatchObject({ tickets: [{ number: 'P-1' }], messages: [] });
});

test('hash of a file is the same in capitals, in news as in a receipt', async () => {
  const file = { clientReference: null, name: 'a.log', sizeBytes: 1, sha256: sha256.toUpperCase() };
  const portal = await answering('/changes', {
    messages: [{ ...message, attachments: [file] }],
    cursor: 'c1',
  });
  expect(done(await portal.changesSince(null)).messages[0]?.attachments).toMatchObject([{ sha256 }]);
});

test.each([
  ['no address', { url: undefined }],
  ['an address that is none', { url: '/terms' }],
  ['an empty address', { url: '' }],
  ['its hash in capitals', { sha256: sha256.toUpperCase() }],
])('R-ACCEPT-1: terms with %s are the terms in force', async (_what, odd) => {
  const portal = await answering('/terms', { version: '2027-01', sha256, url: null, ...odd });
  expect(done(await portal.terms())).toEqual({ version: '2027-01', sha256, url: null });
});

test('mark of the byte order before every answer takes nothing away: signed in, created, found', async () => {
  const { server, portal } = await portalPair();
  const marked = (answer: Forwarded): Forwarded => ({
    ...answer,
    body: Buffer.concat([Buffer.from('\uFEFF'), answer.body]),
  });
  server.setFault(() => ({ kind: 'rewrite', rewrite: marked }));
  const clientReference = randomUUID();
  const { number } = done(await portal.createTicket(newTicket({ clientReference })));
  expect(done(await portal.findTicketByReference(clientReference))?.number).toBe(number);
  expect(server.journal().filter(({ kind }) => kind === 'ticket')).toHaveLength(1);
});

const closure = {
  id: 'c',
  kind: 'closure',
  title: { it: 'Chiuso', en: 'Closed' },
  startsAt: at,
  endsAt: null,
  origin: 'portal',
};
test.each([
  ['a title in one language', { title: { it: 'Chiuso' } }, { it: 'Chiuso', en: 'Chiuso' }],
  ['one title for both languages', { title: 'Chiuso' }, { it: 'Chiuso', en: 'Chiuso' }],
  [
    'a title without end',
    { title: { it: 'x'.repeat(9_000), en: 'Closed' } },
    { it: 'x'.repeat(200), en: 'Closed' },
  ],
  ['titles that are no text', { title: { it: 7, en: null } }, { it: '', en: '' }],
  ['no title', { title: undefined }, { it: '', en: '' }],
  ['no word of who says it', { origin: undefined }, closure.title],
  ['the word that a person typed it', { origin: 'typed' }, closure.title],
])('R-HOURS-2: closure with %s is one of the portal', async (_what, odd, title) => {
  const portal = await answering('/notices', { notices: [{ ...closure, ...odd }] });
  expect(done(await portal.notices())).toEqual([{ ...closure, title }]);
});

test('limits of the portal hold although it takes a language nobody here writes', async () => {
  const limits = {
    attachmentBytes: 100,
    ticketBytes: 1_000,
    attachmentsPerTicket: 5,
    chunkBytes: 100_000,
    teamViewerVersion: null,
  };
  const portal = await answering('/requirements', { ...limits, languages: ['de', 'it'] });
  expect(done(await portal.requirements())).toEqual({ ...limits, languages: ['it'] });
});

test.each([
  ['none', undefined],
  ['zero', 0],
  ['a word', 'many'],
  ['null', null],
  ['less than nothing', -1],
])('limits of the portal hold although one of them is %s', async (_what, odd) => {
  const limits = {
    attachmentBytes: 100,
    ticketBytes: 1_000,
    attachmentsPerTicket: 5,
    chunkBytes: 100_000,
    teamViewerVersion: null,
  };
  const names = ['attachmentBytes', 'ticketBytes', 'attachmentsPerTicket', 'chunkBytes'] as const;
  for (const name of names) {
    const portal = await answering('/requirements', { ...limits, languages: ['it'], [name]: odd });
    const heard = done(await portal.requirements());
    expect(heard).toEqual({ ...limits, languages: ['it'], [name]: Number.MAX_SAFE_INTEGER });
    const { fileBytes, ticketBytes, files } = fileLimits(heard);
    expect(
      [fileBytes, ticketBytes, files].every((limit) => limit >= 1 && limit <= evidenceLimits.ticketBytes),
    ).toBe(true);
  }
  expect(names).toHaveLength(4);
});

test('limit in text or with a part of a byte is the limit', async () => {
  const said = {
    attachmentBytes: '100',
    ticketBytes: 1_000.7,
    attachmentsPerTicket: 5,
    chunkBytes: 100_000,
    teamViewerVersion: null,
  };
  const portal = await answering('/requirements', { ...said, languages: ['it'] });
  expect(done(await portal.requirements())).toMatchObject({ attachmentBytes: 100, ticketBytes: 1_000 });
});

test('reply whose message has an id of 500 characters has arrived, as it would in news', async () => {
  const clientReference = randomUUID();
  const id = 'm'.repeat(500);
  const portal = await answering('/tickets/P-1/messages', {
    id,
    number: 'P-1',
    clientReference,
    receivedAt: at,
  });
  const reply = { number: 'P-1', clientReference, idempotencyKey: randomUUID(), text: 'x' };
  expect(done(await portal.sendMessage(reply))).toMatchObject({ id });
});
