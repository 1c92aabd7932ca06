import { expect, test } from 'vitest';
import { changesPageSchema, type HeardChanges, heardChanges } from '../../shared/portal/heard-changes.ts';

const at = '2026-11-24T18:00:00.000Z';
const ticket = {
  ...{
    number: 'H-1',
    clientReference: null,
    state: 'open',
    language: 'it',
    subject: 'Oggetto',
    body: 'Parole',
  },
  ...{ productId: 'p', serial: 's', operator: null, receivedAt: at },
};
const message = {
  ...{
    id: 'm',
    number: 'H-1',
    clientReference: null,
    author: { kind: 'operator', name: 'Laura' },
    text: 'Parole',
  },
  ...{ attachments: [], at },
};

function heard(tickets: readonly object[], messages: readonly object[]): HeardChanges {
  const hearing = heardChanges(changesPageSchema.parse({ tickets, messages, cursor: 'c', hasMore: false }));
  let step = hearing.next();
  while (step.done !== true) step = hearing.next();
  return step.value;
}

test('entries to the letter, and what a portal may leave out, are whole', () => {
  const { operator: _operator, state: _state, receivedAt: _receivedAt, ...less } = ticket;
  const page = heard(
    [ticket, less, { ...ticket, state: null, language: null, body: null }],
    [
      message,
      { ...message, text: '' },
      { ...message, text: null, attachments: [{ name: 'foto.jpg', sizeBytes: 1, sha256: null }] },
      { ...message, text: undefined, author: { kind: 'system', event: 'closed', detail: '' } },
      { ...message, at: null, attachments: null },
    ],
  );
  expect([page.tickets.length, page.messages.length, page.aside]).toEqual([3, 5, []]);
});

test.each([
  ['an object per language', { it: 'Ciao', en: 'Hello' }, 'Ciao\n\nHello'],
  ['an object of something else', { type: 'doc', content: ['Ciao'] }, '[…]'],
  ['a number', 12, '12'],
  ['a list', ['Ciao'], '[…]'],
  ['a yes', true, '[…]'],
  ['nothing', null, '[…]'],
  ['left out', undefined, '[…]'],
])('message whose text is %s is shown as far as it goes, kept and told', (_what, text, shown) => {
  const entry = { ...message, text };
  const page = heard([], [entry]);
  expect(page.messages.map((found) => found.text)).toEqual([shown]);
  expect(page.aside.map(({ why, entry: kept }) => [why, kept])).toEqual([['clipped', JSON.stringify(entry)]]);
});

test.each([
  ['state', 'frozen', null],
  ['state', 3, null],
  ['language', 7, null],
  ['subject', { it: 'Uno' }, 'Uno'],
  ['body', [1], '[…]'],
  ['productId', {}, ''],
  ['serial', 5, '5'],
  ['operator', { name: 'Laura' }, undefined],
  ['receivedAt', 'yesterday', null],
  ['receivedAt', 1_795_543_200, null],
])('ticket whose %s alone is %j is shown without it, kept and told', (field, value, shown) => {
  const page = heard([{ ...ticket, [field]: value }], []);
  expect(page.tickets).toEqual([{ ...ticket, [field]: shown }]);
  expect(page.aside.map(({ why }) => why)).toEqual(['clipped']);
});

test.each([
  { at: 'yesterday' },
  { at: 1_795_543_200 },
  { author: { kind: 'operator', name: { first: 'Laura' } } },
  { author: { kind: 'operator', name: 'L'.repeat(121) } },
  { author: { kind: 'system', event: 'closed', detail: 5 } },
  { attachments: [{ name: 'foto.jpg', sizeBytes: '12' }] },
  { attachments: [{ name: 'foto.jpg', sizeBytes: -1 }] },
  { attachments: [{ name: 'f'.repeat(1_025), sizeBytes: 1 }] },
  { attachments: [{ filename: 'foto.jpg', sizeBytes: 1 }] },
  { attachments: {} },
])('message with one field of the wrong kind is shown, kept and told (%#)', (changes) => {
  const page = heard([], [{ ...message, ...changes }]);
  expect([page.messages.length, page.aside.map(({ why }) => why)]).toEqual([1, ['clipped']]);
});

test('the same state that is not known is told once, whatever else of the entry changes; another one is told anew', () => {
  const abouts = [
    { ...ticket, state: 'frozen', updatedAt: at },
    { ...ticket, state: 'frozen', updatedAt: '2026-11-25T18:00:00.000Z', operator: 'Laura' },
    { ...ticket, state: 'thawed' },
    { ...ticket, number: 'H-2', state: 'frozen' },
  ].map((entry) => heard([entry], []).aside.map(({ about }) => about));
  expect(abouts[0]).toEqual(abouts[1]);
  expect(new Set(abouts.flat()).size).toBe(3);
});
