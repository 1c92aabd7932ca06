// `npm run test:one -- FILE [options]`: one test file as the test command runs it, without a second try. A `.test.ts` goes straight
// to vitest; a `.spec.ts` is given a fresh build of the test flavour and a screen of its own first.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { isRoot, node24In, projectFolder } from './paths.mjs';
import { readableCopy } from './readable-copy.mjs';
import { must, run } from './run.mjs';
import { setUp } from './setup.mjs';

const [file = '', ...options] = process.argv.slice(2);
const isWindow = /^tests[\\/](?:window|faults)[\\/].*\.spec\.ts$/u.test(file);
if (!isWindow && !file.endsWith('.test.ts')) {
  console.log(
    "usage: npm run test:one -- tests/unit/vin.test.ts [-t 'part of a name'], or a spec below tests/window or tests/faults [-g ...]",
  );
  process.exit(2);
}

const runtimeEnv = await setUp();
if (isWindow) await build('test', runtimeEnv);
const session = process.platform === 'linux' ? 'tests/run/desktop-session.sh' : null;
// Chromium's sandbox and refused files mean nothing to root: there the tests run as an ordinary user, on a copy that user can read.
const place = isRoot ? await readableCopy() : projectFolder;
const reports = mkdtempSync(join(tmpdir(), 'officina-reports-'));
mkdirSync(join(reports, 'output'));
if (isRoot) for (const folder of [reports, join(reports, 'output')]) await must('chmod', ['1777', folder]);

const runner = isWindow
  ? [
      '@playwright/test/cli.js',
      'test',
      '--config',
      join(place, 'tests/playwright.config.ts'),
      '--workers',
      '1',
      '--retries',
      '0',
    ]
  : [
      'vitest/vitest.mjs',
      'run',
      '--configLoader',
      'runner',
      '--config',
      join(place, 'tests/vitest.config.ts'),
      '--retry',
      '0',
    ];
const [script = '', ...settings] = runner;
const command = [
  node24In(place),
  join(place, 'node_modules', script),
  ...settings,
  file.replaceAll('\\', '/'),
  ...options,
];
const [program = '', ...args] = session === null ? command : [join(place, session), ...command];
try {
  process.exitCode = await run(program, args, {
    cwd: place,
    env: { ...process.env, ...runtimeEnv, OFFICINA_REPORTS: reports, OFFICINA_REPORT: 'one' },
  });
} finally {
  if (isRoot) rmSync(place, { recursive: true, force: true });
  rmSync(reports, { recursive: true, force: true });
}
