import type { Language } from '../domain/ids.ts';
import { instantOfWall } from '../calendar/wall-time.ts';
import { localeOf } from './translator.ts';

const zone = 'Europe/Rome';

/** The instant at which the clock of the vendor's support shows a day and a time, `2026-12-07T08:30` (R-HOURS-1). */
export function instantInItaly(moment: string): string {
  const [day = '', time = ''] = moment.split('T');
  const [hour, minute] = time.split(':').map(Number);
  return new Date(instantOfWall(zone, day, (hour ?? 0) * 60 + (minute ?? 0))).toISOString();
}

function said(instant: string, language: Language, nowMs: number, timeZone: string | undefined): string {
  const locale = localeOf(language);
  const inZone = timeZone === undefined ? {} : { timeZone };
  const dayOf = (ms: number): string =>
    new Intl.DateTimeFormat(locale, { ...inZone, dateStyle: 'short' }).format(ms);
  const atMs = Date.parse(instant);
  const time = new Intl.DateTimeFormat(locale, { ...inZone, hour: '2-digit', minute: '2-digit' }).format(
    atMs,
  );
  if (dayOf(atMs) === dayOf(nowMs)) return time;
  const yearOf = (ms: number): string =>
    new Intl.DateTimeFormat('en', { ...inZone, year: 'numeric' }).format(ms);
  const year = yearOf(atMs) === yearOf(nowMs) ? {} : ({ year: 'numeric' } as const);
  return `${new Intl.DateTimeFormat(locale, { ...inZone, weekday: 'short', day: 'numeric', month: 'short', ...year }).format(atMs)}, ${time}`;
}

/** "08:30" today, "lun 7 dic, 08:30" otherwise, with the year when it is another one, on the clock of the vendor's support in Italy (R-HOURS-1). */
export function italianMoment(instant: string, language: Language, nowMs: number): string {
  return said(instant, language, nowMs, zone);
}

/** The same on this PC's own clock, or null where that says the same. @param pcZone IANA zone; left out, the PC's own */
export function pcMomentBeside(
  instant: string,
  language: Language,
  nowMs: number,
  pcZone?: string,
): string | null {
  const here = said(instant, language, nowMs, pcZone);
  return here === italianMoment(instant, language, nowMs) ? null : here;
}

/** "08:30" on the clock of the vendor's support in Italy, whatever the day. */
export function italianHour(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
  }).format(Date.parse(instant));
}

/** "mar 8 dic" on the calendar of the vendor's support in Italy. */
export function italianDay(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  }).format(Date.parse(instant));
}
