// `npm run holidays` writes the table of Italian national holidays (shared/calendar/italian-holidays.json) anew, as date-holidays has
// them: the program ships the table and neither the library nor the calendars of all other countries, which cost every start.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from './paths.mjs';

const from = 2000;
const to = 2199;

/** `[{ name: { it, en }, days: ['2026-01-01', ...] }]`: each holiday under the name it has, its days in order. */
export async function italianHolidays() {
  // Not at the top: a fresh clone that is about to be set up has no packages yet.
  const { default: Holidays } = await import('date-holidays');
  const [italian, english] = ['it', 'en'].map(
    (language) => new Holidays('IT', { types: ['public'], languages: [language], timezone: 'Europe/Rome' }),
  );
  const found = new Map();
  for (let year = from; year <= to; year += 1) {
    const inEnglish = new Map(english.getHolidays(year).map(({ rule, name }) => [rule, name]));
    // Two holidays fall on one day in some years (25 April and Easter): it is told under the first, in both languages.
    const taken = new Set();
    for (const { date, rule, name } of italian.getHolidays(year)) {
      const day = date.slice(0, 10);
      if (taken.has(day)) continue;
      taken.add(day);
      const holiday = found.get(rule) ?? { name: { it: name, en: inEnglish.get(rule) }, days: [] };
      found.set(rule, { ...holiday, days: [...holiday.days, day] });
    }
  }
  return [...found.values()];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const table = await italianHolidays();
  // One line a holiday: a change of the library is then one line of a diff.
  const lines = table.map((holiday) => `  ${JSON.stringify(holiday)}`);
  writeFileSync(join(projectFolder, 'shared/calendar/italian-holidays.json'), `[\n${lines.join(',\n')}\n]\n`);
  console.log(`${table.length} holidays, ${table.reduce((sum, { days }) => sum + days.length, 0)} days`);
}
