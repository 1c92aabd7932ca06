/** A calendar day of a zone, `2026-12-07`. */
export type DayKey = string;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

const dayMs = 86_400_000;

/** The wall clock of the zone at an instant, as if it were UTC, in milliseconds. */
export function wallMs(zone: string, instantMs: number): number {
  const part = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatOf(zone).formatToParts(instantMs))
    if (type in part) part[type as keyof typeof part] = Number(value);
  const secondMs = Math.floor(instantMs / 1_000) * 1_000;
  return (
    Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) +
    (instantMs - secondMs)
  );
}

/**
 * The instant at which the zone's wall clock shows `minutes` after midnight of the day. Exact on both sides of a change of summer
 * time; a wall time that a change skips or repeats is read with the offset in force before it.
 */
export function instantOfWall(zone: string, day: DayKey, minutes: number): number {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  const offsetMs = (instantMs: number): number => wallMs(zone, instantMs) - instantMs;
  const before = offsetMs(wanted - dayMs);
  const guess = wanted - before;
  return wallMs(zone, guess) === wanted ? guess : wanted - offsetMs(guess);
}

/** The zone's calendar day at an instant. */
export function wallDay(zone: string, instantMs: number): DayKey {
  return new Date(wallMs(zone, instantMs)).toISOString().slice(0, 10);
}

/** The day so many days later on the calendar, whatever its length in hours. */
export function dayAfter(day: DayKey, days = 1): DayKey {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** 1 Monday to 7 Sunday. */
export function weekday(day: DayKey): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}
