const two = (value: number): string => String(value).padStart(2, '0');

function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? `${year}-${two(month)}-${two(day)}` : null;
}

/**
 * A day as it is written here in both languages, day first (7/12/2026, 7.12.26), or as machines write it (2026-12-07). The system's
 * own box for days speaks the language of the system, not the one the person chose.
 * @returns `2026-12-07`, or null when it is no day
 */
export function typedDay(text: string): string | null {
  const written = /^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\s*$/u.exec(text);
  if (written !== null)
    return isoDay(
      Number(written[3]) + (written[3]?.length === 2 ? 2_000 : 0),
      Number(written[2]),
      Number(written[1]),
    );
  const iso = /^\s*(\d{4})-(\d{2})-(\d{2})\s*$/u.exec(text);
  return iso === null ? null : isoDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
}

/** A day as above and a time after it (8:30, 08.30). @returns `2026-12-07T08:30` on no zone's clock, or null */
export function typedMoment(text: string): string | null {
  const split = /^\s*(\S+?)(?:\s*,\s*|\s+|T)(\d{1,2})[:.](\d{2})\s*$/u.exec(text);
  const day = typedDay(split?.[1] ?? '');
  const [hour, minute] = [Number(split?.[2]), Number(split?.[3])];
  return day === null || !(hour < 24 && minute < 60) ? null : `${day}T${two(hour)}:${two(minute)}`;
}

/** `2026-12-07` as it is written here in both languages, day first. */
export function writtenDay(day: string): string {
  return day.split('-').toReversed().join('/');
}
