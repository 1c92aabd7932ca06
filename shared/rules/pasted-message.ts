import { typedDay } from '../calendar/typed-day.ts';

/** What was recognised in words pasted from a portal's page; what was not is null, and the person fills it in. */
export type PastedMessage = {
  readonly name: string | null;
  /** `2026-11-24T18:05` by the portal's clock; a day alone counts as its noon, for nobody said more. */
  readonly at: string | null;
  /** The words without the line that only said who wrote, and when. */
  readonly text: string;
};

/** A head stands in the first lines, and is short. */
const mostHeadLines = 4;
const mostHeadChars = 160;
const mostNameChars = 60;
const mostNameWords = 5;

const months = [
  'gen|jan',
  'feb',
  'mar',
  'apr',
  'mag|may',
  'giu|jun',
  'lug|jul',
  'ago|aug',
  'set|sep',
  'ott|oct',
  'nov',
  'dic|dec',
];
const numbered = /(?<![\d./-])(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))(?![\d])/u;
const named = /(?<![\d])(\d{1,2})[°º.]? (?:di |de |of )?(\p{L}{3,10})\.?,? (\d{4})(?![\d])/u;
const clock = /(?<![\d:.])(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?: ?([ap])\.?m\b\.?)?(?![\d:])/iu;
const labels =
  /^(?:(?:da|from|di|by|autore|author|operatore|operator|data|date|ora|ore|time|il|on|del|alle|at)\b *:? *|(?:tecnico|supporto|support) *: *)/iu;
const ends = /(?:\bha (?:scritto|risposto)|\bwrote|\breplied|\bsays?) *:?$/iu;
const inner = /\b(?:alle(?: ore)?|ore|at|il|on|del)\b *$/iu;
const separators = /^[\s,;:|\-–—·()[\]<>]+|[\s,;:|\-–—·()[\]<>]+$/gu;
const personName = /^\p{L}[\p{L}\p{M}'’.\- ]*$/u;

type Found = { readonly day: string; readonly text: string };

function dayIn(line: string): Found | null {
  const digits = numbered.exec(line);
  const written = digits?.[1] === undefined ? null : typedDay(digits[1]);
  if (digits !== null && written !== null) return { day: written, text: digits[0] };
  const words = named.exec(line);
  const month = months.findIndex((names) =>
    names.split('|').some((name) => words?.[2]?.toLowerCase().startsWith(name) === true),
  );
  const spelt =
    words === null || month === -1 ? null : typedDay(`${words[1] ?? ''}/${month + 1}/${words[3] ?? ''}`);
  return words === null || spelt === null ? null : { day: spelt, text: words[0] };
}

/** The time of day as `18:05`, with the words it stood in; null where there is none. */
function timeIn(line: string): { readonly time: string; readonly text: string } | null {
  const found = clock.exec(line);
  if (found === null) return null;
  const [hour, minute, half] = [Number(found[1]), Number(found[2]), found[3]?.toLowerCase()];
  const hours = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
  if (hours > 23 || minute > 59 || (half !== undefined && (hour < 1 || hour > 12))) return null;
  return { time: `${String(hours).padStart(2, '0')}:${String(minute).padStart(2, '0')}`, text: found[0] };
}

/** What is left of a head when its time was taken out, where that can be the name of a person. */
function nameIn(rest: string): string | null {
  let name = rest.replace(separators, '');
  for (let cut = ''; cut !== name; ) {
    cut = name;
    name = name.replace(labels, '').replace(ends, '').replace(inner, '').replace(separators, '');
  }
  const isName =
    name.length <= mostNameChars && personName.test(name) && name.split(' ').length <= mostNameWords;
  return isName && name.length > 1 ? name : null;
}

/**
 * Who wrote words that a person pasted from a portal's page, and when, as far as a line at their head says so: "Il 24/11/2026 alle 18:05
 * Marco Rossi ha scritto:", "Marco Rossi - 24 Nov 2026 18:05", "Operatore: Marco" with "Data: 2026-11-24 18:05" below it. Days are
 * written day first. A line that says more than that is words, and stays.
 */
export function readPastedMessage(pasted: string): PastedMessage {
  const lines = pasted.trim().split(/\r\n?|\n/u);
  let name: string | null = null;
  let day: string | null = null;
  let time: string | null = null;
  let head = 0;
  for (const line of lines.slice(0, mostHeadLines)) {
    if (line.length > mostHeadChars) break;
    const bare = line.replace(/\s+/gu, ' ').trim();
    const foundDay: Found | null = day === null ? dayIn(bare) : null;
    const withoutDay =
      foundDay === null ? bare : bare.replace(foundDay.text, ' ').replace(/ {2,}/gu, ' ').trim();
    const foundTime: ReturnType<typeof timeIn> =
      time === null && (foundDay !== null || day !== null) ? timeIn(withoutDay) : null;
    const rest = (
      foundTime === null ? withoutDay : withoutDay.replace(foundTime.text, ' ').replace(/ {2,}/gu, ' ')
    ).trim();
    const isLabelled = labels.test(bare) && bare.includes(':');
    const isHead = foundDay !== null || foundTime !== null || isLabelled;
    const foundName: string | null = name === null && isHead ? nameIn(rest) : null;
    const isEmpty = rest.replace(labels, '').replace(inner, '').replace(separators, '') === '';
    if (bare !== '' && (!isHead || (foundName === null && !isEmpty))) break;
    name ??= foundName;
    day ??= foundDay?.day ?? null;
    time ??= foundTime?.time ?? null;
    head += 1;
  }
  const isTold = name !== null || day !== null;
  return {
    name,
    at: day === null ? null : `${day}T${time ?? '12:00'}`,
    text: (isTold ? lines.slice(head) : lines).join('\n').trim(),
  };
}
