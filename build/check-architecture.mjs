// What no linter knows: who may speak to the other process, how long a file may be, where colours live, what the root holds.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { projectFolder } from './paths.mjs';

const rooms = ['electron', 'renderer', 'shared', 'tests', 'build'];
const maxLines = 500;
const rootEntries = new Set([
  'shared', 'electron', 'renderer', 'resources', 'build', 'tests', 'docs', '.ci', '.git', '.gitignore', '.npmrc',
  'package.json', 'package-lock.json', 'tsconfig.json', 'electron-builder.yml', 'README.md', 'LICENSE',
  // not in the repository: see .gitignore
  'node_modules', 'out', 'out-test', 'dist', '.cache', 'test-results', 'screenshots',
]);
const laws = [
  { only: /^electron\/ipc\//u, within: /^(electron|renderer|shared)\//u, pattern: /\bipcMain\b/u, say: 'raw ipcMain belongs in electron/ipc/' },
  { only: /^electron\/preload\.ts$/u, within: /^(electron|renderer|shared)\//u, pattern: /\bipcRenderer\b/u, say: 'ipcRenderer belongs in electron/preload.ts' },
  { only: /^$/u, within: /\.tsx?$/u, pattern: /@ts-(ignore|nocheck)/u, say: 'a type error is repaired, not silenced' },
  { only: /^renderer\/styles\//u, within: /^renderer\//u, pattern: /#[0-9a-f]{3,8}\b/iu, say: 'colours are tokens in renderer/styles/' },
];

/** Comments may name what the code may not use. */
const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//gu, (block) => block.replace(/[^\n]/gu, '')).replace(/^\s*\/\/.*$/gmu, '');

const faults = readdirSync(projectFolder).filter((name) => !rootEntries.has(name)).map((name) => `${name}: not a room of this house`);
for (const room of rooms) {
  for (const entry of readdirSync(join(projectFolder, room), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !['.ts', '.tsx', '.css'].includes(extname(entry.name))) continue;
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const path = relative(projectFolder, file).split(sep).join('/');
    const text = readFileSync(file, 'utf8');
    if (extname(path) !== '.css' && text.split('\n').length > maxLines + 1) faults.push(`${path}: over ${maxLines} lines`);
    for (const law of laws) {
      const body = law.pattern.source.startsWith('@ts') ? text : withoutComments(text);
      const line = body.split('\n').findIndex((one) => law.pattern.test(one));
      if (law.within.test(path) && !law.only.test(path) && line >= 0) faults.push(`${path}:${line + 1}: ${law.say}`);
    }
  }
}
for (const fault of faults) console.error(fault);
console.log(`architecture: ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
