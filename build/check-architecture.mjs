// What the linter cannot say: which room may import what, who may touch ipc, how long a file may be, how a test is called.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { lengthProblems, longFunctions } from './function-lengths.mjs';
import { projectFolder } from './paths.mjs';
import { allTitleProblems } from './test-titles.mjs';
import { unsureTestProblems } from './unsure-tests.mjs';

const maxLines = 500;
const rules = [
  {
    room: /^shared\//,
    allowed: /^(shared\/|zod$|i18next$)/,
    say: 'shared/ is pure: put what needs a disk, a clock or Electron into electron/',
  },
  {
    room: /^renderer\//,
    refused: /^(electron(\/|$)|node:)/,
    say: 'renderer/ talks to main through shared/ipc only',
  },
  { room: /^electron\//, refused: /^(renderer\/|react)/, say: 'electron/ never imports the interface' },
  { room: /^(?!electron\/secrets\/)/, refused: /^keytar$/, say: 'keytar stands in electron/secrets/ only' },
  { room: /^(?!electron\/portal\/)/, refused: /^axios$/, say: 'axios stands in electron/portal/ only' },
];
const words = [
  {
    within: /^(?!electron\/ipc\/).*\.tsx?$/,
    pattern: /\bipcMain\b/,
    say: 'ipcMain stands in electron/ipc/ only',
  },
  {
    within: /^(?!electron\/preload\.ts).*\.tsx?$/,
    pattern: /\bipcRenderer\b/,
    say: 'ipcRenderer stands in electron/preload.ts only',
  },
  {
    within: /^electron\/ipc\/.*-handlers\.ts$/,
    pattern: /\b(transact|publish|wake)\(|\baudit\.append\(/,
    say: 'a channel carries: what commits, publishes or wakes is a service in its own room (LAW-3)',
  },
  {
    within: /^shared\/.*\.ts$/,
    pattern: /Date\.now\(\)|new Date\(\)|Math\.random\(\)/,
    say: 'shared/ is given time and chance as parameters',
  },
  {
    within: /^(electron|renderer|shared)\/.*\.tsx?$/,
    pattern: /@ts-(ignore|expect-error)|biome-ignore|\bas any\b|: any\b/,
    say: 'no escape hatches',
  },
  {
    within: /^renderer\/(?!styles\/).*\.(tsx?|css)$/,
    pattern: /#[0-9a-fA-F]{3,8}\b|dangerouslySetInnerHTML/,
    say: 'colours are tokens, text is text',
  },
];
const roots = new Set([
  'electron',
  'renderer',
  'shared',
  'resources',
  'build',
  'tests',
  'docs',
  'package.json',
  'tsconfig.json',
  'electron-builder.yml',
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'LICENSE',
  'package-lock.json',
  '.npmrc',
  '.gitattributes',
  '.gitignore',
  '.ci',
  '.git',
  '.github',
  'node_modules',
  'out',
  'out-test',
  'out-package',
  'out-walk',
  'dist',
  'screenshots',
]);

const files = ['electron', 'renderer', 'shared'].flatMap((room) =>
  readdirSync(join(projectFolder, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
    .map((entry) =>
      relative(projectFolder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'),
    ),
);
const problems = [];
const lengths = [];
const graph = new Map();
for (const file of files) {
  const text = readFileSync(join(projectFolder, file), 'utf8');
  if (text.split('\n').length > maxLines)
    problems.push(`${file}: over ${maxLines} lines, a second room wants out`);
  for (const { within, pattern, say } of words)
    if (within.test(file) && pattern.test(text)) problems.push(`${file}: ${say}`);
  if (!/\.tsx?$/.test(file)) continue;
  lengths.push(...longFunctions(file, text));
  const targets = [...text.matchAll(/(?:from\s+|import\s*\(?\s*)['"]([^'"]+)['"]/g)].map((match) => match[1]);
  const resolved = targets.map((target) =>
    target.startsWith('.')
      ? relative(projectFolder, resolve(projectFolder, dirname(file), target)).replaceAll('\\', '/')
      : target,
  );
  graph.set(
    file,
    resolved.filter((target) => /^(electron|renderer|shared)\//.test(target)),
  );
  for (const target of resolved) {
    for (const { room, allowed, refused, say } of rules) {
      if (room.test(file) && ((allowed && !allowed.test(target)) || refused?.test(target)))
        problems.push(`${file} imports ${target}: ${say}`);
    }
  }
}
problems.push(...lengthProblems(lengths));
const testTexts = readdirSync(join(projectFolder, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({
    file: `tests/${name.replaceAll('\\', '/')}`,
    text: readFileSync(join(projectFolder, 'tests', name), 'utf8'),
  }));
const titles = allTitleProblems(testTexts);
problems.push(...titles.problems);
if (titles.titles < 900) problems.push(`only ${titles.titles} titles of tests were read`);
problems.push(...unsureTestProblems(testTexts));
const state = new Map();
function visit(file, path) {
  if (state.get(file) === 'done') return;
  if (state.get(file) === 'open') {
    problems.push(`import circle: ${[...path.slice(path.indexOf(file)), file].join(' -> ')}`);
    return;
  }
  state.set(file, 'open');
  for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
  state.set(file, 'done');
}
for (const file of graph.keys()) visit(file, []);
for (const name of readdirSync(projectFolder))
  if (!roots.has(name)) problems.push(`${name}: not a room of the design`);
for (const problem of problems) console.error(problem);
console.log(
  `architecture: ${files.length} files, ${titles.titles} titles of tests, ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
