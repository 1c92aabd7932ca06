const numbered = /(?<!\d)(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})(?!\d)/u;
const named = /(?<!\d)(\d{1,2})[°º.]? (?:di |de |of )?(\p{L}{3,10})\.?,? (\d{4})(?!\d)/u;
const monthFirst = /(?<!\p{L})(\p{L}{3,10})\.? (\d{1,2}),? (\d{4})(?!\d)/u;
const clock = /(?<![\d:.])(\d{1,2}):(\d{2})(?::\d{2})?(?: ?([ap])\.?m\b)?(?![\d:])/iu;
const months = [
  'ge|ja',
  'fe',
  'mar',
  'ap',
  'mag|may',
  'gi|jun',
  'lu|jul',
  'ag|au',
  'se',
  'ot|oc',
  'no',
  'di|de',
];
/** Longer texts are no time. */
const mostChars = 120;

const two = (figure: number): string => String(figure).padStart(2, '0');

function monthOf(word: string): number {
  const small = word.toLowerCase();
  return months.findIndex((names) => names.split('|').some((name) => small.startsWith(name))) + 1;
}

function dayOf(year: number, month: number, day: number): string | null {
  const full = year < 100 ? 2_000 + year : year;
  const at = new Date(Date.UTC(full, month - 1, day));
  const isDay = full > 1_970 && full < 2_200 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isDay ? `${full}-${two(month)}-${two(day)}` : null;
}

function dayIn(text: string, isMonthFirst: boolean): string | null {
  const figures = numbered.exec(text);
  if (figures !== null) {
    const [first = 0, second = 0, third = 0] = figures.slice(1).map(Number);
    if ((figures[1] ?? '').length === 4) return dayOf(first, second, third);
    return isMonthFirst ? dayOf(third, first, second) : dayOf(third, second, first);
  }
  const words = named.exec(text);
  if (words !== null) return dayOf(Number(words[3]), monthOf(words[2] ?? ''), Number(words[1]));
  const american = monthFirst.exec(text);
  return american === null
    ? null
    : dayOf(Number(american[3]), monthOf(american[1] ?? ''), Number(american[2]));
}

/**
 * The day and time a page names, `2026-11-24T18:05`, by its own clock; null where it names none that is whole. A day alone has no time and
 * is none. @param isMonthFirst how days in figures are written, where the year does not stand first
 */
export function pageMoment(shown: string, isMonthFirst: boolean): string | null {
  const text = shown
    .slice(0, mostChars)
    .replace(/\s+/gu, ' ')
    .replace(/(\d)T(\d)/u, '$1 $2')
    .trim();
  const found = clock.exec(text);
  if (found === null) return null;
  const day = dayIn(text.replace(found[0], ' ').replace(/ {2,}/gu, ' ').trim(), isMonthFirst);
  const [hour, minute, half] = [Number(found[1]), Number(found[2]), found[3]?.toLowerCase()];
  const hours = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
  const isTime = hours < 24 && minute < 60 && (half === undefined || (hour > 0 && hour < 13));
  return day === null || !isTime ? null : `${day}T${two(hours)}:${two(minute)}`;
}
