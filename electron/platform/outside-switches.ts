/**
 * Which flavour this is: a package obeys the switches below and no other; the one that a test walks by obeys `remote-debugging-port`
 * too and is otherwise the same; a checkout is for developers and obeys all.
 */
declare const __DOORS__: 'shut' | 'walked' | 'open' | undefined;

const doors = typeof __DOORS__ === 'string' ? __DOORS__ : 'open';

/** What a person may tell a packaged program: ours, and what makes a window visible on an odd screen or card. */
const heard: ReadonlySet<string> = new Set([
  'collect',
  'data-dir',
  'disable-gpu',
  'force-device-scale-factor',
  'hidden',
  'high-contrast',
  'no-sandbox',
  'ozone-platform',
  'ozone-platform-hint',
  'updated',
]);

/** Chromium takes `-name` and `--name`, on Windows `/name` too, in any case there. What stands behind `--` alone is no switch. */
function switchName(argument: string, platform: NodeJS.Platform): string | null {
  const prefix = argument.startsWith('--')
    ? 2
    : argument.startsWith('-') || (platform === 'win32' && argument.startsWith('/'))
      ? 1
      : 0;
  if (prefix === 0) return null;
  const equals = argument.indexOf('=');
  const name = argument.slice(prefix, equals < 0 ? undefined : equals);
  return platform === 'win32' ? name.toLowerCase() : name;
}

/**
 * The switches among a program's arguments that a packaged program does not obey: whoever can start it could open it for remote
 * debugging, load foreign code into it or send its traffic elsewhere (SEC-21). Chromium itself looks for them after our first line has run.
 */
export function unheardSwitches(
  argv: readonly string[],
  platform: NodeJS.Platform,
  flavour: typeof doors = doors,
): readonly string[] {
  if (flavour === 'open') return [];
  const end = argv.indexOf('--');
  const names = argv.slice(1, end < 0 ? undefined : end).map((argument) => switchName(argument, platform));
  const opensPage = (name: string): boolean => flavour === 'walked' && name === 'remote-debugging-port';
  return [...new Set(names.filter((name) => name !== null && name !== ''))]
    .map(String)
    .filter((name) => !heard.has(name) && !opensPage(name));
}
