import type { Language } from '../domain/ids.ts';
import { localeOf } from './translator.ts';

const units = ['B', 'KB', 'MB', 'GB'] as const;

/** "214 KB", "5,2 MB": as the file manager says it (1 KB = 1024 B). */
export function sizeText(bytes: number, language: Language): string {
  const step = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: step < 2 || value >= 100 ? 0 : 1 }).format(value)} ${units[step]}`;
}

const dayMs = 86_400_000;

function startOfDay(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

/** Whole days between two instants on the PC's own calendar; negative in the past. */
function daysApart(instant: string, nowMs: number): number {
  return Math.round((startOfDay(new Date(instant)) - startOfDay(new Date(nowMs))) / dayMs);
}

/** "oggi", "ieri", "lun 7 dic", with the year when it is another one. */
export function dayText(instant: string, language: Language, nowMs: number): string {
  const days = daysApart(instant, nowMs);
  if (days === 0 || days === -1)
    return new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' }).format(days, 'day');
  const otherYear = new Date(instant).getFullYear() !== new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat(localeOf(language), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(otherYear ? { year: 'numeric' } : {}),
  }).format(new Date(instant));
}

/** How exactly a moment is said: where an hour comes twice, only the zone tells its two apart. */
type Exactness = 'minute' | 'second' | 'zone';

/** "18:05" today, "ieri 16:42", "lun 7 dic, 08:30" otherwise. */
export function momentText(
  instant: string,
  language: Language,
  nowMs: number,
  exactness: Exactness = 'minute',
): string {
  const days = daysApart(instant, nowMs);
  const time = new Intl.DateTimeFormat(localeOf(language), {
    hour: '2-digit',
    minute: '2-digit',
    ...(exactness === 'minute' ? {} : { second: '2-digit' }),
    ...(exactness === 'zone' ? { timeZoneName: 'short' } : {}),
  }).format(new Date(instant));
  if (days === 0) return time;
  return days === -1
    ? `${dayText(instant, language, nowMs)} ${time}`
    : `${dayText(instant, language, nowMs)}, ${time}`;
}

/** Each moment as `momentText` says it, and no more exactly than it takes to tell it from the others of the list. */
export function momentsApart(
  instants: readonly string[],
  language: Language,
  nowMs: number,
): readonly string[] {
  const said = (instant: string, exactness: Exactness): string =>
    momentText(instant, language, nowMs, exactness);
  // A moment is looked at more closely only where it has to be: each look costs a format of its own.
  return (['second', 'zone'] as const).reduce<readonly string[]>(
    (texts, exactness) => {
      const alike = new Map<string, Set<string>>();
      for (const [index, text] of texts.entries())
        alike.set(text, (alike.get(text) ?? new Set<string>()).add(instants[index] ?? ''));
      return texts.map((text, index) =>
        (alike.get(text)?.size ?? 0) > 1 ? said(instants[index] ?? '', exactness) : text,
      );
    },
    instants.map((instant) => said(instant, 'minute')),
  );
}

/** "4 minuti fa": for what has just happened; older than a day it is said by `momentText`. */
export function agoText(instant: string, language: Language, nowMs: number): string {
  const minutes = Math.round((new Date(instant).getTime() - nowMs) / 60_000);
  if (minutes <= -1_440 || minutes > 0) return momentText(instant, language, nowMs);
  const format = new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'always' });
  return minutes > -60 ? format.format(minutes, 'minute') : format.format(Math.round(minutes / 60), 'hour');
}

const spanUnits = [
  ['day', dayMs],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "3 minuti", "26 ore", "365 giorni": a length of time in the largest unit it holds twice, the smallest else. */
export function spanText(ms: number, language: Language): string {
  const [unit, unitMs] = spanUnits.find(([, size]) => ms >= 2 * size) ?? spanUnits[2];
  return new Intl.NumberFormat(localeOf(language), {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(ms / unitMs);
}
