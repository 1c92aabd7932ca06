import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type NumberedNotice, numbersTogether, numberWaits } from '../../electron/app/numbers-together.ts';
import { type Language, ticketIdSchema, ticketNumberSchema } from '../../shared/domain/ids.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
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
  const told: NumberedNotice[] = [];
  const faults: unknown[] = [];
  const now = { isWatched: false, isRefused: false };
  const numbers = numbersTogether({
    isWatched: () => now.isWatched,
    words: () => createTranslator(language),
    tell: (notice) => {
      if (now.isRefused) throw new Error('no desktop');
      told.push(notice);
    },
    log: (error) => void faults.push(error),
  });
  return { told, faults, now, numbers };
}

test('one number is told by its own words, once', () => {
  const { told, numbers } = stand();
  numbers.note(numbered(1));
  expect(told).toEqual([]);
  vi.advanceTimersByTime(numberWaits.quietMs);
  vi.advanceTimersByTime(10 * numberWaits.longestMs);
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
    vi.advanceTimersByTime(numberWaits.quietMs - 1);
  }
  expect(told).toEqual([]);
  vi.advanceTimersByTime(10 * numberWaits.longestMs);
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
    vi.advanceTimersByTime(numberWaits.quietMs);
  }
  expect(told.map(({ title }) => title)).toEqual([
    'Richiesta ricevuta: H-000001',
    'Richiesta ricevuta: H-000002',
  ]);
});

test('numbers that never stop coming are told once a minute, each of them once', () => {
  const { told, numbers } = stand('en');
  let noted = 0;
  for (let ms = 0; ms < 3 * numberWaits.longestMs; ms += 1_000) {
    noted += 1;
    numbers.note(numbered(noted));
    vi.advanceTimersByTime(1_000);
  }
  vi.advanceTimersByTime(numberWaits.longestMs);
  expect(told).toHaveLength(3);
  expect(told.reduce((sum, { title }) => sum + Number.parseInt(title, 10), 0)).toBe(noted);
  expect(noted).toBe(180);
});

test('request whose number is corrected while it waits is told once, by the last', () => {
  const { told, numbers } = stand();
  numbers.note(numbered(1, 'H-000009'));
  numbers.note(numbered(1));
  vi.advanceTimersByTime(numberWaits.longestMs);
  expect(told.map(({ title }) => title)).toEqual(['Richiesta ricevuta: H-000001']);
});

test('number that comes while the person looks at the program is not told, neither then nor later', () => {
  const { told, now, numbers } = stand();
  now.isWatched = true;
  numbers.note(numbered(1));
  now.isWatched = false;
  numbers.note(numbered(2));
  vi.advanceTimersByTime(10 * numberWaits.longestMs);
  expect(told.map(({ title }) => title)).toEqual(['Richiesta ricevuta: H-000002']);
});

test('desktop that refuses a notification is noted and keeps no later one from being told; nothing is told after the end', () => {
  const { told, faults, now, numbers } = stand();
  now.isRefused = true;
  numbers.note(numbered(1));
  vi.advanceTimersByTime(numberWaits.quietMs);
  now.isRefused = false;
  expect(faults).toHaveLength(1);
  numbers.note(numbered(2));
  vi.advanceTimersByTime(numberWaits.quietMs);
  expect(told.map(({ title }) => title)).toEqual(['Richiesta ricevuta: H-000002']);
  numbers.note(numbered(3));
  numbers.stop();
  vi.advanceTimersByTime(10 * numberWaits.longestMs);
  expect(told).toHaveLength(1);
});
