import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typedDay, typedMoment } from '../../shared/calendar/typed-day.ts';

test.each([
  ['7/12/2026', '2026-12-07'],
  ['07.12.2026', '2026-12-07'],
  [' 7-12-26 ', '2026-12-07'],
  ['2026-12-07', '2026-12-07'],
  ['29/2/2028', '2028-02-29'],
  ['29/2/2026', null],
  ['12/13/2026', null],
  ['0/12/2026', null],
  ['7/12', null],
  ['7/12/202', null],
  ['domani', null],
  ['', null],
  ['7/12/2026 8:30', null],
])('day typed as %j is %j', (text, day) => {
  expect(typedDay(text)).toBe(day);
});

test.each([
  ['7/12/2026 8:30', '2026-12-07T08:30'],
  ['7/12/2026, 08.30', '2026-12-07T08:30'],
  ['2026-12-07T08:30', '2026-12-07T08:30'],
  ['7/12/2026 00:00', '2026-12-07T00:00'],
  ['7/12/2026', null],
  ['7/12/2026 24:00', null],
  ['7/12/2026 8:60', null],
  ['8:30', null],
  ['', null],
])('moment typed as %j is %j', (text, moment) => {
  expect(typedMoment(text)).toBe(moment);
});

test('day written either way is the same day, whichever day it is', () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date('2000-01-01T00:00:00Z'),
        max: new Date('2099-12-31T00:00:00Z'),
        noInvalidDate: true,
      }),
      (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, day] = iso.split('-').map(Number);
        expect([
          typedDay(`${day}/${month}/${year}`),
          typedDay(iso),
          typedMoment(`${day}.${month}.${year} 9:05`),
        ]).toEqual([iso, iso, `${iso}T09:05`]);
      },
    ),
  );
});
