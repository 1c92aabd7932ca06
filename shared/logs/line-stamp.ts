/** What stands in front of the message of a LOG line. Times count in milliseconds; without a date they count from midnight. */
export type LineStamp = {
  /** Where the message begins. */
  readonly end: number;
  /** Null where no time stands there, or none that can be. */
  readonly atMs: number | null;
  readonly hasDate: boolean;
  /** True where a column of its own says that the line tells of an error. */
  readonly saysError: boolean;
};

const months = ['jan|gen', 'feb', 'mar', 'apr', 'may|mag', 'jun|giu', 'jul|lug', 'aug|ago', 'sep|set', 'oct|ott', 'nov', 'dec|dic'];
const monthWord = `(?:${months.join('|')})[a-zà]{0,7}\\.?`;
const weekday = '(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|gio|ven|sab|dom)[a-zì]{0,7}[.,]? )?';
const date = [
  '(?<y>\\d{4})[-/.](?<m>\\d{1,2})[-/.](?<d>\\d{1,2})',
  '(?<a>\\d{1,2})[-/.](?<b>\\d{1,2})[-/.](?<y2>\\d{4}|\\d{2})',
  `(?<d3>\\d{1,2})[-/. ](?<m3>${monthWord})[-/. ](?<y3>\\d{4})`,
  `(?<m4>${monthWord}) {1,2}(?<d4>\\d{1,2})(?=,? (?:\\d{4}(?!\\d)|\\d{1,2}:))(?:,? (?<y4>\\d{4}))?`,
  '(?<y5>\\d{4})(?<m5>0[1-9]|1[0-2])(?<d5>[0-3]\\d)',
].join('|');
const time =
  '(?<hh>\\d{1,2}):(?<mm>[0-5]\\d)(?::(?<ss>[0-6]\\d)(?:[.,:]\\d{1,9})?)?(?:\\s?(?<half>[ap])\\.?m\\b\\.?)?(?:\\s?(?:z|utc|gmt|[+-]\\d{2}:?\\d{2})(?![\\p{L}\\d]))?';
const stamp = new RegExp(
  `^[\\s[(]{0,8}(?:${weekday}(?:${date})(?:[tT,;_\\s-]{1,4}(?:${time})(?: (?<y6>\\d{4})(?!\\d))?)?|${time.replaceAll('?<', '?<x')})(?![\\p{L}\\d])`,
  'iu',
);
/** A clock that counts from the start, in seconds: `[   12.345]`. */
const sinceStart = /^\s{0,8}\[\s{0,8}(\d{1,7})\.\d{1,9}\]/u;
/** What stands between columns. */
const between = /^[\])\s|;,:>-]*/u;
/** How bad a line is, or who speaks, in a column of its own. */
const severity =
  /^(?:[[(<]\s?(?<bare>[A-Za-z]{3,12})\s?[\])>]|(?<loud>USER|INFO|INFORMATION|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|SEVERE|DEBUG|TRACE|VERBOSE|NOTICE|SYSTEM)(?=[:\s|\t-]))/u;
const bareWords = /^(?:user|info|information|warn|warning|error|err|errore|fatal|critical|severe|debug|trace|verbose|notice|system)$/iu;
const errorWords = /^(?:error|err|errore|fatal|critical|severe)$/iu;

const none: LineStamp = { end: 0, atMs: null, hasDate: false, saysError: false };

/** Day of the month and month where both orders can be: which is meant changes nothing for how far two lines of one LOG lie apart. */
const dayAndMonth = (a: number, b: number): readonly [number, number] => (b > 12 ? [b, a] : [a, b]);

function monthOf(word: string): number {
  return months.findIndex((names) => new RegExp(`^(?:${names})`, 'iu').test(word)) + 1;
}

function dayMs(groups: Readonly<Record<string, string | undefined>>): number | null {
  const number = (name: string): number => Number(groups[name] ?? Number.NaN);
  const at = (year: number, month: number, day: number): number | null => {
    const ms = Date.UTC(year < 100 ? 2000 + year : year, month - 1, day);
    return Number.isNaN(ms) || month < 1 || month > 12 || day < 1 || day > 31 ? null : ms;
  };
  if (groups['y'] !== undefined) return at(number('y'), number('m'), number('d'));
  if (groups['y5'] !== undefined) return at(number('y5'), number('m5'), number('d5'));
  if (groups['m3'] !== undefined) return at(number('y3'), monthOf(groups['m3']), number('d3'));
  // Some leave the year out; a leap year has every day.
  if (groups['m4'] !== undefined) return at(Number(groups['y4'] ?? groups['y6'] ?? 2024), monthOf(groups['m4']), number('d4'));
  if (groups['y2'] === undefined) return null;
  const [day, month] = dayAndMonth(number('a'), number('b'));
  return at(number('y2'), month, day);
}

function clockMs(groups: Readonly<Record<string, string | undefined>>): number | null {
  const part = (name: string): string | undefined => groups[name] ?? groups[`x${name}`];
  const hour = part('hh');
  if (hour === undefined) return null;
  const half = part('half')?.toLowerCase();
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'p' ? 12 : 0);
  return hours > 24 ? null : ((hours * 60 + Number(part('mm'))) * 60 + Number(part('ss') ?? 0)) * 1_000;
}

/** Date, time and columns such as a severity in front of a line, in the shapes tools write them. Never fails; a line without is all message. */
export function lineStamp(line: string): LineStamp {
  const since = sinceStart.exec(line);
  const found = since ?? stamp.exec(line);
  if (found === null) return none;
  const { groups = {} } = found;
  const day = dayMs(groups);
  const clock = since === null ? clockMs(groups) : Number(since[1]) * 1_000;
  let end = found[0].length;
  const step = (pattern: RegExp): RegExpExecArray | null => {
    const next = pattern.exec(line.slice(end, end + 80));
    end += next?.[0].length ?? 0;
    return next;
  };
  step(between);
  let saysError = false;
  const column = severity.exec(line.slice(end, end + 80));
  const word = column?.groups?.['bare'] ?? column?.groups?.['loud'] ?? '';
  if (column !== null && bareWords.test(word)) {
    end += column[0].length;
    saysError = errorWords.test(word);
    step(between);
  }
  return { end, atMs: clock === null ? null : (day ?? 0) + clock, hasDate: day !== null, saysError };
}

/** A line without the date, the time and the columns in front of it. */
export function withoutStamp(line: string): string {
  return line.slice(lineStamp(line).end).trim();
}
