import { expect, test } from 'vitest';
import { italianHolidays } from '../../build/holidays.mjs';
import table from '../../shared/calendar/italian-holidays.json' with { type: 'json' };
import { nationalHolidays } from '../../shared/calendar/national-holidays.ts';

const none = { addedHolidays: [], droppedHolidays: [] };

test('R-HOURS-2: the table of holidays is what the library says today', async () => {
  const known = await italianHolidays();
  expect(known.length).toBeGreaterThan(12);
  expect(table).toEqual(known);
});

test.each([
  ['2026-04-06', { it: 'Lunedì dell’Angelo', en: 'Easter Monday' }],
  ['2025-10-04', null],
  [
    '2026-10-04',
    { it: "Festa nazionale di San Francesco d'Assisi", en: 'National Day of Saint Francis of Assisi' },
  ],
  ['2011-03-17', { it: 'Festa Nazionale 2011', en: 'National Day 2011' }],
  // Patron saint of Milan.
  ['2026-12-07', null],
  ['2000-01-01', { it: 'Capodanno', en: "New Year's Day" }],
  ['2199-12-26', { it: 'Santo Stefano', en: 'Boxing Day' }],
  ['1999-12-26', null],
])('R-HOURS-2: %s is the holiday that the law says, and no other day is one', (day, name) => {
  expect(nationalHolidays(none)(day)).toEqual(name);
});

test('R-HOURS-2: two holidays on one day have one name, the same holiday in both languages', () => {
  expect(nationalHolidays(none)('2011-04-25')).toEqual({
    it: 'Liberazione dal nazifascismo (1945)',
    en: 'Liberation from Nazi-Fascism (1945)',
  });
});
