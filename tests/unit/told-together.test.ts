import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  answersTogether,
  numbersTogether,
  type TogetherNotice,
  togetherWaits,
  wishesTogether,
} from '../../electron/app/told-together.ts';
import {
  type Language,
  messageIdSchema,
  ticketIdSchema,
  ticketNumberSchema,
} from '../../shared/domain/ids.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function numbered(count: number, number = `H-${String(count).padStart(6, '0')}`): Ticket {
  return {
    id: ticketIdSchema.parse(`00000000-0000-4000-8000-${String(count).padStart(12, '0')}`),
    realm: 'practice',
    recipient: 'practice',
    number: ticketNumberSchema.parse(number),
    state: 'open',
    text: { language: 'it', subject: `Richiesta ${count}`, body: '' },
    content: null,
    operator: null,
    terms: null,
    frozenAt: '2026-11-24T09:00:00.000Z',
    receivedAt: null,
    updatedAt: '2026-11-24T09:00:00.000Z',
    unread: 0,
  };
}

function stand(language: Language = 'it') {
  const told: TogetherNotice[] = [];
  const faults: unknown[] = [];
  const now = { isWatched: false, isRefused: false };
  const parts = {
    isWatched: () => now.isWatched,
    words: () => createTranslator(language),
    tell: (notice: TogetherNotice) => {
      if (now.isRefused) throw new Error('no desktop');
      told.push(notice);
    },
    log: (error: unknown) => void faults.push(error),
  };
  return {
    told,
    faults,
    now,
    numbers: numbersTogether(parts),
    answers: answersTogether(parts),
    wishes: wishesTogether(parts),
  };
}

test('one number is told by its own words, once', () => {
  const { told, numbers } = stand();
  numbers.note(numbered(1));
  expect(told).toEqual([]);
  vi.advanceTimersByTime(togetherWaits.quietMs);
  vi.advanceTimersByTime(10 * togetherWaits.longestMs);
  expect(told).toEqual([
    { title: 'Richiesta ricevuta: H-000001', body: 'Richiesta 1', opens: numbered(1).id },
  ]);
});

test.each([
  ['it', '12 richieste inviate'],
  ['en', '12 requests sent'],
] as const)('twelve numbers that come close together are one notification in %s', (language, title) => {
  const { told, numbers } = stand(language);
  for (let count = 1; count <= 12; count += 1) {
    numbers.note(numbered(count));
    vi.advanceTimersByTime(togetherWaits.quietMs - 1);
  }
  expect(told).toEqual([]);
  vi.advanceTimersByTime(10 * togetherWaits.longestMs);
  expect(told).toEqual([
    {
      title,
      body: 'H-000001, H-000002, H-000003, H-000004, H-000005, H-000006, H-000007, H-000008, …',
      opens: numbered(12).id,
    },
  ]);
});

test('numbers that are apart are told each by itself', () => {
  const { told, numbers } = stand();
  for (const count of [1, 2]) {
    numbers.note(numbered(count));
    vi.advanceTimersByTime(togetherWaits.quietMs);
  }
  expect(told.map(({ title }) => title)).toEqual([
    'Richiesta ricevuta: H-000001',
    'Richiesta ricevuta: H-000002',
  ]);
});

test('numbers that never stop coming are told once a minute, each of them once', () => {
  const { told, numbers } = stand('en');
  let noted = 0;
  for (let ms = 0; ms < 3 * togetherWaits.longestMs; ms += 1_000) {
    noted += 1;
    numbers.note(numbered(noted));
    vi.advanceTimersByTime(1_000);
  }
  vi.advanceTimersByTime(togetherWaits.longestMs);
  expect(told).toHaveLength(3);
  expect(told.reduce((sum, { title }) => sum + Number.parseInt(title, 10), 0)).toBe(noted);
  expect(noted).toBe(180);
});

test('request whose number is corrected while it waits is told once, by the last', () => {
  const { told, numbers } = stand();
  numbers.note(numbered(1, 'H-000009'));
  numbers.note(numbered(1));
  vi.advanceTimersByTime(togetherWaits.longestMs);
  expect(told.map(({ title }) => title)).toEqual(['Richiesta ricevuta: H-000001']);
});

test('number that comes while the person looks at the program is not told, neither then nor later', () => {
  const { told, now, numbers } = stand();
  now.isWatched = true;
  numbers.note(numbered(1));
  now.isWatched = false;
  numbers.note(numbered(2));
  vi.advanceTimersByTime(10 * togetherWaits.longestMs);
  expect(told.map(({ title }) => title)).toEqual(['Richiesta ricevuta: H-000002']);
});

test('desktop that refuses a notification is noted and keeps no later one from being told; nothing is told after the end', () => {
  const { told, faults, now, numbers } = stand();
  now.isRefused = true;
  numbers.note(numbered(1));
  vi.advanceTimersByTime(togetherWaits.quietMs);
  now.isRefused = false;
  expect(faults).toHaveLength(1);
  numbers.note(numbered(2));
  vi.advanceTimersByTime(togetherWaits.quietMs);
  expect(told.map(({ title }) => title)).toEqual(['Richiesta ricevuta: H-000002']);
  numbers.note(numbered(3));
  numbers.stop();
  vi.advanceTimersByTime(10 * togetherWaits.longestMs);
  expect(told).toHaveLength(1);
});

function written(count: number, ticket: Ticket, author: Message['author']): Message {
  return {
    id: messageIdSchema.parse(`00000000-0000-4000-9000-${String(count).padStart(12, '0')}`),
    ticketId: ticket.id,
    author,
    text: `Risposta ${count}`,
    at: '2026-11-24T09:00:00.000Z',
    attachments: [],
    delivery: 'delivered',
    read: false,
  };
}
const operator = { kind: 'operator', name: 'Anna' } as const;
const wish = { kind: 'system', event: 'session-requested', detail: 'Anna' } as const;

test('one answer is told by its own words, once', () => {
  const { told, answers } = stand();
  answers.note(numbered(1), written(1, numbered(1), operator), 0);
  vi.advanceTimersByTime(10 * togetherWaits.longestMs);
  expect(told).toEqual([
    { title: 'Anna ha risposto alla richiesta H-000001', body: 'Risposta 1', opens: numbered(1).id },
  ]);
});

test('answers that come look after look, close together, are one notification that counts every one of them', () => {
  const { told, answers } = stand();
  for (let look = 1; look <= 20; look += 1) {
    // A look that brings many tells of the last, with the others as a count.
    answers.note(numbered(look), written(look, numbered(look), operator), look === 5 ? 199 : 0);
    vi.advanceTimersByTime(togetherWaits.quietMs - 1);
  }
  vi.advanceTimersByTime(10 * togetherWaits.longestMs);
  expect(told.length).toBeLessThanOrEqual(2);
  expect(told.reduce((sum, { title }) => sum + Number.parseInt(title, 10), 0)).toBe(219);
  expect(told.at(-1)?.opens).toBe(numbered(20).id);
});

test('answers of one request that come close together open it with the words of the last', () => {
  const { told, answers } = stand('en');
  for (const count of [1, 2, 3]) answers.note(numbered(1), written(count, numbered(1), operator), 0);
  vi.advanceTimersByTime(togetherWaits.quietMs);
  expect(told).toEqual([{ title: '3 answers from support', body: 'Risposta 3', opens: numbered(1).id }]);
});

test("operator's wish is told at once, and those close behind it are one notification more", () => {
  const { told, wishes } = stand();
  wishes.note(numbered(1), written(1, numbered(1), wish), 0);
  expect(told.map(({ title }) => title)).toEqual(['Anna chiede una sessione remota: H-000001']);
  for (const count of [2, 3, 4]) wishes.note(numbered(count), written(count, numbered(count), wish), 0);
  expect(told).toHaveLength(1);
  vi.advanceTimersByTime(10 * togetherWaits.longestMs);
  expect(told.slice(1)).toEqual([
    {
      title: '3 sessioni remote chieste',
      body: 'H-000002, H-000003, H-000004',
      opens: numbered(4).id,
    },
  ]);
  wishes.note(numbered(5), written(5, numbered(5), wish), 0);
  expect(told).toHaveLength(3);
});

test.each([
  ['it', 'Sara', 'Marco B.', 'Sara chiede una sessione remota: H-000007'],
  ['en', 'Sara', 'Marco B.', 'Sara asks for a remote session: H-000007'],
  ['it', null, 'Marco B.', 'Marco B. chiede una sessione remota: H-000007'],
  ['it', null, '', 'Un operatore chiede una sessione remota: H-000007'],
  ['en', null, '', 'An operator asks for a remote session: H-000007'],
  ['en', 'Sa\u202era', '', 'Sa⟨U+202E⟩ra asks for a remote session: H-000007'],
] as const)('R-REMOTE-1: wish names in %s the operator in charge %s, else who asked %s, and the request', (language, inCharge, detail, title) => {
  const { told, wishes } = stand(language);
  const ticket = { ...numbered(7), operator: inCharge };
  wishes.note(ticket, written(7, ticket, { ...wish, detail }), 0);
  expect(told).toEqual([{ title, body: 'Richiesta 7', opens: ticket.id }]);
});
