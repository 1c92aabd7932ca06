import Holidays from 'date-holidays';
import type { OpeningCalendar } from '../domain/opening-calendar.ts';
import type { HolidayName, HolidayOn } from './holiday.ts';
import type { DayKey } from './wall-time.ts';

/**
 * Italian national holidays (R-HOURS-2): the library's table, corrected by the calendar pack. Easter Monday is in it, and 4 October
 * from 2026 on; patron saints are not, because they are no national holidays. Years are read once and kept.
 */
export function nationalHolidays(
  calendar: Pick<OpeningCalendar, 'addedHolidays' | 'droppedHolidays'>,
): HolidayOn {
  const [italian, english] = ['it', 'en'].map(
    (language) => new Holidays('IT', { types: ['public'], languages: [language], timezone: 'Europe/Rome' }),
  );
  const years = new Map<string, ReadonlyMap<DayKey, HolidayName>>();
  const dropped = new Set(calendar.droppedHolidays);
  const namesOf = (year: string): ReadonlyMap<DayKey, HolidayName> => {
    const inEnglish = new Map(
      english?.getHolidays(Number(year)).map(({ date, name }) => [date.slice(0, 10), name]),
    );
    const names = new Map<DayKey, HolidayName>();
    for (const { date, name } of italian?.getHolidays(Number(year)) ?? [])
      names.set(date.slice(0, 10), { it: name, en: inEnglish.get(date.slice(0, 10)) ?? name });
    for (const day of dropped) names.delete(day);
    for (const { day, name } of calendar.addedHolidays) if (day.startsWith(year)) names.set(day, name);
    return names;
  };
  return (day) => {
    const year = day.slice(0, 4);
    const known = years.get(year) ?? namesOf(year);
    years.set(year, known);
    return known.get(day) ?? null;
  };
}
