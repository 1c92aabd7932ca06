import { expect, test } from 'vitest';
import { appError } from '../../shared/domain/app-error.ts';
import { evidenceIdSchema, messageIdSchema, ticketIdSchema } from '../../shared/domain/ids.ts';
import type { JournalEntry } from '../portal/journal.ts';
import { type Seen, type SeenItem, verdictOf } from '../schedules/verdict.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const id = ticketIdSchema.parse(uuid(1));
const [first, second] = [messageIdSchema.parse(uuid(11)), messageIdSchema.parse(uuid(12))];
const evidenceId = evidenceIdSchema.parse(uuid(21));
const key = uuid(31);
const sha256 = 'a'.repeat(64);
const tooLate = appError('portal.rejected', { reason: 'ticket-closed' });

const made: JournalEntry = { kind: 'ticket', clientReference: id, number: 'P-000001', key: 'k' };
const wrote = (message: string, text: string): JournalEntry => ({
  kind: 'message',
  clientReference: message,
  number: 'P-000001',
  id: `m ${message}`,
  key: 'k',
  text,
});
const closed: JournalEntry = { kind: 'closing', number: 'P-000001' };
const booked: JournalEntry = {
  kind: 'attachment',
  clientReference: key,
  number: 'P-000001',
  sha256,
  sizeBytes: 3,
};
const transfer = (address: string): JournalEntry => ({ kind: 'transfer', clientReference: key, address });
const journal = [made, wrote(first, 'one'), transfer('/uploads/1'), booked, wrote(second, 'two'), closed];

const item = (over: Partial<SeenItem>): SeenItem => ({
  ticketId: id,
  work: { kind: 'create-ticket' },
  key: 'k',
  state: 'accepted',
  error: null,
  ...over,
});
const file = (over: Partial<SeenItem>): SeenItem =>
  item({ work: { kind: 'upload-attachment', evidenceId, messageId: first }, key, ...over });
const reply = (messageId: typeof first, over: Partial<SeenItem>): SeenItem =>
  item({ work: { kind: 'send-message', messageId }, ...over });
const items = [
  item({}),
  reply(first, {}),
  file({}),
  reply(second, {}),
  item({ work: { kind: 'close-ticket' } }),
];

/** An evening in which everything went well, but for what a case changes. */
const seen = (over: Partial<Seen>): Seen => ({
  acknowledged: {
    edits: new Map([[id, 'does not read']]),
    files: new Map([[evidenceId, sha256]]),
    tickets: new Set([id]),
    replies: new Map([[id, [first, second]]]),
    closings: new Set([id]),
  },
  moved: new Set(),
  excused: new Set(),
  closedSince: new Set(),
  journal,
  offeredAgain: [],
  astray: [],
  tickets: new Map([[id, { number: 'P-000001', isClosed: true, problem: 'does not read' }]]),
  items,
  hashes: new Set([sha256]),
  shown: ['P-000001'],
  ...over,
});
const wrongOf = (over: Partial<Seen>) => {
  const { counts: _counts, ...wrong } = verdictOf(seen(over));
  return Object.fromEntries(Object.entries(wrong).filter(([, found]) => found.length > 0));
};
const without = (gone: JournalEntry): readonly JournalEntry[] => journal.filter((entry) => entry !== gone);
const ticketAs = (over: object): Seen['tickets'] =>
  new Map([[id, { number: 'P-000001', isClosed: true, problem: 'does not read', ...over }]]);

test('an evening in which everything went well has no fault, and its figures', () => {
  expect(wrongOf({})).toEqual({});
  expect(verdictOf(seen({})).counts).toEqual({
    edits: 1,
    files: 1,
    tickets: 1,
    replies: 2,
    closings: 1,
    sentFiles: 1,
  });
});

test.each<[string, Partial<Seen>, Record<string, readonly string[]>]>([
  [
    'a ticket that never arrived',
    { journal: without(made) },
    { lost: [`ticket ${id} never reached the portal`] },
  ],
  [
    'a ticket without its number',
    { tickets: ticketAs({ number: null }) },
    { lost: [`ticket ${id} does not have its number here`] },
  ],
  [
    'a ticket with the number of another',
    { tickets: ticketAs({ number: 'P-000002' }) },
    { lost: [`ticket ${id} does not have its number here`] },
  ],
  ['an edit that is gone', { tickets: ticketAs({ problem: 'does not' }) }, { lost: [`edit of ${id}`] }],
  ['a closing that is gone', { tickets: ticketAs({ isClosed: false }) }, { lost: [`closing of ${id}`] }],
  [
    'a reply that is gone',
    { journal: journal.filter((entry) => !('text' in entry) || entry.text !== 'two') },
    { lost: [`reply ${second}`] },
  ],
  [
    'a frozen file that is gone or changed',
    { hashes: new Set(['b'.repeat(64)]) },
    { lost: [`file ${evidenceId}`] },
  ],
  [
    'a file said to be sent',
    { journal: without(booked) },
    { lost: [`file ${evidenceId} is said to be sent and is not on the portal`] },
  ],
  [
    'a file given up',
    { items: [file({ state: 'rejected', error: appError('portal.tooLarge') })] },
    { lost: [`file ${evidenceId} was given up: portal.tooLarge`] },
  ],
  [
    'a ticket made twice',
    { journal: [...journal, { ...made, number: 'P-000002' }] },
    { double: [`ticket ${id}`] },
  ],
  [
    'words sent under two references',
    { journal: [...without(closed), wrote(uuid(13), 'two'), closed] },
    { double: ['words two'] },
  ],
  [
    'the bytes of a file sent twice',
    { journal: [...journal, transfer('/uploads/2')] },
    { double: [`bytes of ${key}`] },
  ],
  [
    'a file offered while it was booked',
    { offeredAgain: [key] },
    { double: [`file ${key} was offered again`] },
  ],
  [
    'a number shown twice',
    { shown: ['P-000001', 'P-000001'] },
    { double: ['two requests shown with P-000001'] },
  ],
  [
    'replies the other way round',
    { journal: [made, wrote(second, 'two'), wrote(first, 'one'), transfer('/uploads/1'), booked, closed] },
    { disordered: [`replies of ${id}`] },
  ],
  [
    'a closing before the last word',
    { journal: [made, wrote(first, 'one'), transfer('/uploads/1'), booked, closed, wrote(second, 'two')] },
    { disordered: [`closing of ${id}`] },
  ],
  [
    'a file behind the closing',
    { items: [file({ state: 'rejected', error: tooLate })] },
    {
      lost: [`file ${evidenceId} was given up: portal.rejected`],
      disordered: [`closing of ${id} overtook upload-attachment`],
    },
  ],
  [
    'something that still waits',
    { items: [...items, file({ state: 'queued', error: appError('portal.timeout') })] },
    { stuck: ['upload-attachment queued portal.timeout'] },
  ],
  [
    'something in doubt',
    { items: [...items, reply(second, { state: 'unknown' })] },
    { stuck: ['send-message unknown'] },
  ],
  [
    'something nobody took back',
    { items: [...items, item({ state: 'set-aside' })] },
    { stuck: ['create-ticket set-aside'] },
  ],
  ['something sent elsewhere', { astray: ['POST /api/v1/tickets'] }, { astray: ['POST /api/v1/tickets'] }],
])('%s is named, and nothing else', (_what, over, wrong) => {
  expect(wrongOf(over)).toEqual(wrong);
});

test('a reply behind the closing is lost and disorder, unless a person took it out or a store that is gone had closed', () => {
  const over = {
    journal: journal.filter((entry) => !('text' in entry) || entry.text !== 'two'),
    items: [reply(second, { state: 'rejected' as const, error: tooLate })],
  };
  expect(wrongOf(over)).toEqual({
    lost: [`reply ${second}`],
    disordered: [`closing of ${id} overtook send-message`],
  });
  expect(wrongOf({ ...over, moved: new Set([second]) })).toEqual({});
  expect(wrongOf({ ...over, closedSince: new Set([id]) })).toEqual({});
});

test('what the person moved may come in another order, and words of a store that is gone may come again', () => {
  const other = [made, wrote(second, 'two'), wrote(first, 'one'), transfer('/uploads/1'), booked, closed];
  expect(wrongOf({ journal: other, moved: new Set([first]) })).toEqual({});
  expect(
    wrongOf({ journal: [...without(closed), wrote(uuid(13), 'two'), closed], excused: new Set(['two']) }),
  ).toEqual({});
});
