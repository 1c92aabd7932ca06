import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';
import { newTicket } from '../portal/portal-fixtures.ts';

const at = '2026-11-24T18:00:00.000Z';
const message = (id: string, text: string) => ({
  ...{ id, number: 'H-1', clientReference: null, author: { kind: 'operator', name: 'Laura' } },
  ...{ text, attachments: [{ name: 'foto.jpg', sizeBytes: 1, sha256: null }], at },
});
const pageText = JSON.stringify({
  tickets: [],
  messages: [message('m1', 'Prima'), message('m2', 'velocit@'), message('m3', 'Dopo')],
  cursor: 'c',
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A portal that answers whatever is asked with these bytes. */
async function answering(body: Buffer) {
  const session = JSON.stringify({ token: 't'.repeat(32), expiresAt: '2030-01-01T00:00:00.000Z' });
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(request.url?.endsWith('/session') === true ? session : body);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return contractPortal({
    address: `http://127.0.0.1:${port}`,
    credentials: async () => ({ user: 'u', password: 'p' }),
  });
}

test.each([
  ['a byte of Latin-1', Buffer.from(pageText.replace('@', 'à'), 'latin1'), 'velocit\uFFFD', 0],
  ['a raw tab', Buffer.from(pageText.replace('@', '\t')), 'velocit\t', 0],
  ['a raw end of line', Buffer.from(pageText.replace('@', '\r\n')), 'velocit\r\n', 0],
  ['an escape that is none', Buffer.from(pageText.replace('@', String.raw`\x`)), String.raw`velocit\x`, 0],
  ['NaN for words', Buffer.from(pageText.replace('"velocit@"', 'NaN')), 'NaN', 0],
  ['NaN for sizes', Buffer.from(pageText.replaceAll('"sizeBytes":1', '"sizeBytes":NaN')), 'velocit@', 3],
] as const)('page of news with %s in one entry is read, the others as ever', async (_what, body, text, kept) => {
  const portal = await answering(body);
  const page = await portal.changesSince(null);
  if (page.kind !== 'done') throw new Error(page.error.code);
  expect(page.value.messages.map((found) => found.text)).toEqual(['Prima', text, 'Dopo']);
  expect([page.value.aside.length, page.value.cursor]).toEqual([kept, 'c']);
});

test.each([
  'à',
  '\t',
  '\n',
])('creation answered with a receipt that holds %j raw is no success', async (odd) => {
  const ticket = newTicket();
  const receipt = JSON.stringify({
    number: 'H-1',
    clientReference: ticket.clientReference,
    receivedAt: at,
    note: '@',
  });
  const portal = await answering(Buffer.from(receipt.replace('@', odd), 'latin1'));
  expect([
    (await portal.createTicket(ticket)).kind,
    (await portal.findTicketByReference(ticket.clientReference)).kind,
  ]).toEqual(['unknown', 'refused']);
  const whole = await answering(Buffer.from(receipt.replace('@', 'a')));
  expect((await whole.createTicket(ticket)).kind).toBe('done');
});
