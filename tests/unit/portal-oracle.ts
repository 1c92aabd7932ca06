/**
 * A second opinion on opening hours that shares nothing with the rules: no Intl, no library, only the law's arithmetic. Summer time
 * by the EU rule (last Sundays of March and October, 01:00 UTC), Easter by the computus of Meeus, feasts as month and day.
 */
const feasts = new Set(['1-1', '1-6', '4-25', '5-1', '6-2', '8-15', '11-1', '12-8', '12-25', '12-26']);

function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31));
  return Date.UTC(year, month, 31 - last.getUTCDay(), 1);
}

function easter(year: number): { readonly month: number; readonly day: number } {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return { month: Math.floor(sum / 31), day: (sum % 31) + 1 };
}

const years = new Map<
  number,
  { readonly summerFrom: number; readonly summerTo: number; readonly days: ReadonlySet<string> }
>();

function yearOf(year: number) {
  const known = years.get(year);
  if (known !== undefined) return known;
  const { month, day } = easter(year);
  const monday = new Date(Date.UTC(year, month - 1, day + 1));
  const days = new Set([
    ...feasts,
    `${month}-${day}`,
    `${monday.getUTCMonth() + 1}-${monday.getUTCDate()}`,
    ...(year >= 2026 ? ['10-4'] : []),
  ]);
  const made = { summerFrom: lastSunday(year, 2), summerTo: lastSunday(year, 9), days };
  years.set(year, made);
  return made;
}

/** The ordinary state in the minute that starts at `minuteMs`. */
export function oracle(minuteMs: number): 'staffed' | 'unstaffed' | 'read-only' {
  const { summerFrom, summerTo } = yearOf(new Date(minuteMs).getUTCFullYear());
  const wall = new Date(minuteMs + (minuteMs >= summerFrom && minuteMs < summerTo ? 7_200_000 : 3_600_000));
  if (yearOf(wall.getUTCFullYear()).days.has(`${wall.getUTCMonth() + 1}-${wall.getUTCDate()}`))
    return 'read-only';
  const minutes = wall.getUTCHours() * 60 + wall.getUTCMinutes();
  const weekend = wall.getUTCDay() === 0 || wall.getUTCDay() === 6;
  return !weekend && ((minutes >= 510 && minutes < 750) || (minutes >= 840 && minutes < 1080))
    ? 'staffed'
    : 'unstaffed';
}
