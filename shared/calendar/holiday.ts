import type { DayKey } from './wall-time.ts';

export type HolidayName = { readonly it: string; readonly en: string };

/** The name of the holiday on a day, or null. */
export type HolidayOn = (day: DayKey) => HolidayName | null;
