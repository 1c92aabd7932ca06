const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const longDay = '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)';
const time = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})';
const month = `(?<month>${months.join('|')})`;

/** The three forms of an HTTP date, all of them in UTC: of today, of RFC 850, and of C's `asctime`. */
const forms: readonly RegExp[] = [
  new RegExp(`^${day}, (?<day>\\d{2}) ${month} (?<year>\\d{4}) ${time} GMT$`, 'u'),
  new RegExp(`^${longDay}, (?<day>\\d{2})-${month}-(?<year>\\d{2}) ${time} GMT$`, 'u'),
  new RegExp(`^${day} ${month} (?<day>\\d{2}| \\d) ${time} (?<year>\\d{4})$`, 'u'),
];

/** Two digits of a year, as no server of before 1970 writes them. */
const wholeYear = (digits: string): number =>
  digits.length === 4 ? Number(digits) : Number(digits) + (Number(digits) < 70 ? 2_000 : 1_900);

/** An HTTP date (RFC 9110) in epoch milliseconds; null for anything else, however much like a date it looks to a lenient reader. */
export function httpDateMs(text: string): number | null {
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts === undefined) continue;
    const [year, monthIndex, dayOfMonth] = [
      wholeYear(parts['year'] ?? ''),
      months.indexOf(parts['month'] ?? ''),
      Number(parts['day']),
    ];
    const [hour, minute, second] = [Number(parts['hour']), Number(parts['minute']), Number(parts['second'])];
    const atMs = Date.UTC(year, monthIndex, dayOfMonth, hour, minute, second);
    const isOnCalendar = new Date(Date.UTC(year, monthIndex, dayOfMonth)).getUTCDate() === dayOfMonth;
    return isOnCalendar && hour < 24 && minute < 60 && second <= 60 && year >= 1970 ? atMs : null;
  }
  return null;
}
