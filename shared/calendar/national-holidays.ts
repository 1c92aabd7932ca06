import type { OpeningCalendar } from '../domain/opening-calendar.ts';
import type { HolidayName, HolidayOn } from './holiday.ts';
import holidays from './italian-holidays.json' with { type: 'json' };
import type { DayKey } from './wall-time.ts';

let table: ReadonlyMap<DayKey, HolidayName> | null = null;

/** The table by day, made when somebody first asks: a start that asks no calendar has no use for it. */
function byDay(): ReadonlyMap<DayKey, HolidayName> {
  table ??= new Map(holidays.flatMap(({ name, days }) => days.map((day) => [day, name] as const)));
  return table;
}

/**
 * Italian national holidays of the years that a clock may tell, 2000 to 2199 (R-HOURS-2): the library's table (`npm run holidays`), corrected by the calendar pack. Easter
 * Monday is in it, and 4 October from 2026 on; patron saints are not, because they are no national holidays.
 */
export function nationalHolidays(
  calendar: Pick<OpeningCalendar, 'addedHolidays' | 'droppedHolidays'>,
): HolidayOn {
  const dropped = new Set(calendar.droppedHolidays);
  const added = new Map(calendar.addedHolidays.map(({ day, name }) => [day, name]));
  return (day) => added.get(day) ?? (dropped.has(day) ? null : (byDay().get(day) ?? null));
}
