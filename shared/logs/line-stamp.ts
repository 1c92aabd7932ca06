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

const months = [
  'jan|gen',
  'feb',
  'mar',
  'apr',
  'may|mag',
  'jun|giu',
  'jul|lug',
  'aug|ago',
  'sep|set',
  'oct|ott',
  'nov',
  'dec|dic',
];
const monthWord = `(?:${months.join('|')})[a-zà]{0,7}\\.?`;
const weekday = '(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|gio|ven|sab|dom)[a-zì]{0,7}[.,]? )?';
const date = [
  '(?<y>\\d{4})[-/.](?<m>\\d{1,2})[-/.](?<d>\\d{1,2})',
  '(?<a>\\d{1,2})[-/.](?<b>\\d{1,2})[-/.](?<y2>\\d{4}|\\d{2})',
  `(?<d3>\\d{1,2})[-/. ](?<m3>${monthWord})[-/. ](?<y3>\\d{4}|\\d{2})`,
  `(?<m4>${monthWord}) {1,2}(?<d4>\\d{1,2})(?=,? (?:\\d{4}(?!\\d)|\\d{1,2}:))(?:,? (?<y4>\\d{4}))?`,
  '(?<y5>\\d{4})(?<m5>0[1-9]|1[0-2])(?<d5>[0-3]\\d)',
  // Some leave the year out.
  '(?<a6>\\d{1,2})[-/](?<b6>\\d{1,2})(?= \\d{1,2}:\\d{2}:\\d{2})',
].join('|');
const fraction = '(?:[.,:]\\d{1,9})?';
/** Behind a time: the half of the day, the zone. What has a unit is no time. */
const afterTime =
  '(?:\\s?(?<half>[ap])\\.?m\\b\\.?)?(?:\\s?(?:z|utc|gmt(?:[+-]\\d{1,2})?|cet|cest|mez|mesz|[+-]\\d{2}:?\\d{2})(?![\\p{L}\\d]))?(?!\\s?(?:volts?|v|ms|s|[km]b|%)(?![\\p{L}\\d]))';
/** Behind a date nearly any two or three numbers are a time; alone, a clock with full stops needs its seconds. */
const timeOfDay = `(?:(?<hh>\\d{1,2})[:.h](?<mm>[0-5]\\d)(?:[:.m](?<ss>[0-6]\\d)s?${fraction})?|(?<hc>\\d{2})-?(?<mc>[0-5]\\d)-?(?<sc>[0-6]\\d)${fraction})${afterTime}`;
const timeAlone = `(?<hx>\\d{1,2}):(?<mx>[0-5]\\d)(?::(?<sx>[0-6]\\d)${fraction})?${afterTime.replace('half', 'halfx')}`;
/** The clock of Italian Windows. It looks like a day of the tens, which no tool writes without a time. */
const timeWithStops = `(?<hz>[01]?\\d|2[0-3])[.h](?<mz>[0-5]\\d)[.m](?<sz>[0-5]\\d)s?${fraction}(?![\\s_t-]{1,3}\\d{1,2}[:.]\\d)${afterTime.replace('half', 'halfz')}`;
const calm =
  'USER|INFO|INFORMATION|INFORMAZIONE|WARN|WARNING|AVVISO|WARNUNG|DEBUG|TRACE|VERBOSE|NOTICE|SYSTEM';
const alarm = 'ERROR|ERRORE|ERR|FEHLER|FATAL|CRITICAL|SEVERE';
/** What may stand before a stamp: signs, how bad the line is, its number, a word for the time. */
const before = `[\\s>*#"'<{[(|]{0,8}(?:(?<first>${calm}|${alarm})[\\])>:]{0,2}[\\s|-]{1,4}[[(]?)?(?:\\d{1,6}[\\]):.]?[\\s|;]{1,4}[[(]?)??(?:(?:time|timestamp|date|ora|ore|data|orario|zeit)\\s?[:=]?\\s{1,2})?`;
const stamp = new RegExp(
  `^${before}(?:${timeWithStops}(?![\\p{L}\\d])|${weekday}(?:${date})(?:(?:[tT,;_\\s-]{1,4}|(?<=\\d{8}))(?:alle ore |ore |alle |at |um )?${timeOfDay}(?: (?<y6>\\d{4})(?!\\d))?)?|${timeAlone})(?![\\p{L}\\d])`,
  'iu',
);
/** A clock that counts from the start, in seconds: `[   12.345]`. */
const sinceStart = /^\s{0,8}\[\s{0,8}(\d{1,7})\.\d{1,9}\]/u;
/** Seconds or milliseconds since 1970, of the years in which such LOGs are written; words follow. */
const sinceEpoch = /^[\s[(]{0,8}(1[5-9]\d{8})(?:(?:[.,]\d{1,9})|\d{3})?(?=[\])]?[\s|;:,-]{1,6}[\p{L}[(<"])/u;
const closing = /^["'}\])>]{0,2}/u;
/** What stands between columns. */
const between = /^[\])\s|;,:>-]*/u;
/** How bad a line is, or who speaks, in a column of its own; "ERROR 31" and "ERROR CODE" are said by the message. */
const severity = new RegExp(
  `^(?:[[(<]\\s?(?<bare>[A-Za-z]{1,12})\\s?[\\])>]|(?<calm>${calm})(?=[:\\s|-])|(?<alarm>${alarm})(?=\\s{0,8}[:|\\t-]|\\s{1,8}(?!0x|\\d|[:=(#]|(?:code|codice|number|nr|no)\\b)[^\\p{Ll}]{0,60}\\p{Ll})|(?<letter>[EWIDFV])(?=\\t| {2}|\\s?\\|))`,
  'u',
);
const bareWords =
  /^(?:user|info|information|informazione|warn|warning|avviso|warnung|error|err|errore|fehler|fatal|critical|severe|debug|trace|verbose|notice|system|[ewidfv])$/iu;
const errorWords = /^(?:error|err|errore|fehler|fatal|critical|severe|[ef])$/iu;
/** Which part of the program wrote the line, by its number or as a thread. */
const threadName =
  '(?:0x[\\da-f]{1,8}|\\d{1,6}|main|(?:thread|worker|pool|tid|pid)[-_ #:=]{0,2}[\\w-]{0,20})';
const thread = new RegExp(
  `^(?:\\[${threadName}\\]|\\(${threadName}\\)|[tp]id[:= ]\\d{1,6}(?!\\d)|(?:0x[\\da-f]{1,8}|\\d{1,6})(?=\\t| {2,8}\\S|\\s?[|;]| S\\d )|S\\d(?= {2,8}\\S|\\t))`,
  'iu',
);
const mostColumns = 6;

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
  if (groups['m4'] !== undefined)
    return at(Number(groups['y4'] ?? groups['y6'] ?? 2024), monthOf(groups['m4']), number('d4'));
  const [a, b, year] =
    groups['a6'] === undefined
      ? [number('a'), number('b'), number('y2')]
      : [number('a6'), number('b6'), 2024];
  const [day, month] = dayAndMonth(a, b);
  return at(year, month, day);
}

function clockMs(groups: Readonly<Record<string, string | undefined>>): number | null {
  const hour = groups['hh'] ?? groups['hc'] ?? groups['hx'] ?? groups['hz'];
  if (hour === undefined) return null;
  const minute = groups['mm'] ?? groups['mc'] ?? groups['mx'] ?? groups['mz'];
  const second = groups['ss'] ?? groups['sc'] ?? groups['sx'] ?? groups['sz'] ?? 0;
  const half = (groups['half'] ?? groups['halfx'] ?? groups['halfz'])?.toLowerCase();
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'p' ? 12 : 0);
  return hours > 24 ? null : ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1_000;
}

type Start = {
  readonly length: number;
  readonly day: number | null;
  readonly clock: number | null;
  readonly first: string;
};

/** The stamp itself, without the columns behind it. */
function startOf(line: string): Start | null {
  const since = sinceStart.exec(line);
  if (since !== null)
    return { length: since[0].length, day: null, clock: Number(since[1]) * 1_000, first: '' };
  const epoch = sinceEpoch.exec(line);
  if (epoch !== null) return { length: epoch[0].length, day: 0, clock: Number(epoch[1]) * 1_000, first: '' };
  const found = stamp.exec(line);
  if (found === null) return null;
  const { groups = {} } = found;
  return {
    length: found[0].length,
    day: dayMs(groups),
    clock: clockMs(groups),
    first: groups['first'] ?? '',
  };
}

/** Date, time and columns such as a severity in front of a line, in the shapes tools write them. Never fails; a line without is all message. */
export function lineStamp(line: string): LineStamp {
  const start = startOf(line);
  if (start === null) return none;
  const { day, clock } = start;
  let end = start.length;
  const next = (pattern: RegExp): RegExpExecArray | null => pattern.exec(line.slice(end, end + 80));
  const step = (pattern: RegExp): void => {
    end += next(pattern)?.[0].length ?? 0;
  };
  step(closing);
  step(between);
  let saysError = errorWords.test(start.first);
  for (let columns = 0; columns < mostColumns; columns += 1) {
    const column = next(thread) ?? next(severity);
    if (column === null) break;
    const word = ['bare', 'calm', 'alarm', 'letter']
      .map((name) => column.groups?.[name])
      .find((said) => said !== undefined);
    if (word !== undefined && !bareWords.test(word)) break;
    // A column is in front of something: where no word follows it is the message.
    if (!/\p{L}/u.test(line.slice(end + column[0].length, end + 160))) break;
    end += column[0].length;
    saysError ||= word !== undefined && errorWords.test(word);
    step(between);
  }
  return { end, atMs: clock === null ? null : (day ?? 0) + clock, hasDate: day !== null, saysError };
}

/** A line without the date, the time and the columns in front of it. */
export function withoutStamp(line: string): string {
  return line.slice(lineStamp(line).end).trim();
}
