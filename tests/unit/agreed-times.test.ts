import { expect, test } from 'vitest';
import { type AgreedTimes, isTimeBorneOut, withAgreed } from '../../shared/calendar/agreed-times.ts';

const day = 24 * 3_600_000;
const now = Date.UTC(2026, 10, 24, 18);
const contacts = (...daysAgo: readonly number[]): AgreedTimes =>
  daysAgo.reduce<AgreedTimes>((times, ago) => withAgreed(times, now - ago * day, day), []);

test.each<[string, AgreedTimes, boolean]>([
  ['nothing was heard', [], false],
  ['everything was heard at once', contacts(0.001, 0), false],
  ['three contacts lie within a day', contacts(0.9, 0.5, 0), false],
  ['two contacts lie two days apart', contacts(2, 0), false],
  ['three contacts lie over two days', contacts(2, 1, 0), true],
  ['the last contact is older than a day', contacts(4, 3, 1.5), false],
  ['the contacts are of before a jump of a year', contacts(367, 366, 365, 0), false],
  ['a clock that was ahead left a contact that lies ahead', [...contacts(2, 1), now + 300 * day], false],
])('time is borne out as it should be when %s', (_when, times, expected) => {
  expect(isTimeBorneOut(times, now, day)).toBe(expected);
});

test('contacts are kept a quarter of a day apart and for two weeks', () => {
  const often = Array.from({ length: 2_000 }, (_, hour) => now + hour * 3_600_000).reduce<AgreedTimes>(
    (times, ms) => withAgreed(times, ms, day),
    [],
  );
  expect(often.length).toBe(56);
  expect(withAgreed(often, (often.at(-1) ?? 0) + 1, day)).toBe(often);
});
