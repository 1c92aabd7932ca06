import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from './paths.mjs';
import { must } from './run.mjs';

const parts = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'build',
  'tests',
  'docs',
  'out-test',
  'out',
  'package.json',
  'tsconfig.json',
  'package-lock.json',
  'electron-builder.yml',
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
];

/** Tests and benches run as an ordinary user, who may not be able to enter this folder: a copy that user can read. */
export async function readableCopy() {
  const place = mkdtempSync(join(tmpdir(), 'officina-tests-'));
  for (const name of parts) {
    if (existsSync(join(projectFolder, name)))
      cpSync(join(projectFolder, name), join(place, name), { recursive: true });
  }
  cpSync(join(projectFolder, 'node_modules'), join(place, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  await must('chmod', ['755', place]);
  await must('chmod', ['-R', 'a+rX', place]);
  return place;
}
