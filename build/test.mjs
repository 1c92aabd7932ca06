// `npm test`: every gate there is, one closing line. A suite that ran nothing is a failure.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { assertNoHooks } from './check-hooks.mjs';
import { electronListWarning } from './electron-list.mjs';
import { isRoot, node24, node24In, projectFolder } from './paths.mjs';
import { readableCopy } from './readable-copy.mjs';
import { must, run } from './run.mjs';
import { setUp } from './setup.mjs';
import { shipGates } from './ship/gates.mjs';

const started = Date.now();
const failures = [];
const totals = { passed: 0, failed: 0, skipped: 0 };
const skippedNames = [];
/** Tests that failed once and then passed: named each time, and a failure of the whole run when they are many. */
const unsteadyNames = [];
const unsteadyAllowed = 3;
/** Parts into which the windows' tests are cut, so that two sessions are done at about the same time. */
const windowParts = 8;
/** A test of what survives a kill carries its fault's id (K1 to K5) and has no second try. */
const killMark = /\bK\d\b/u;

async function gate(name, work) {
  const from = Date.now();
  try {
    await work();
    console.log(`ok   ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failures.push(name);
    console.log(`FAIL ${name} (${((Date.now() - from) / 1000).toFixed(1)} s): ${error.message}`);
  }
}

/** What may be skipped here says so in its title: it belongs to the other system. */
const elsewhere = process.platform === 'win32' ? '[linux]' : '[windows]';
/** It belongs to a server that may not be installed here. */
const uninstalled = ['[redmine]', '[rt]'];

function count(file, name, read) {
  if (!existsSync(file)) throw new Error(`${name} left no report`);
  const result = read(JSON.parse(readFileSync(file, 'utf8')));
  totals.passed += result.passed;
  totals.failed += result.failed;
  totals.skipped += result.skipped.length;
  skippedNames.push(...result.skipped);
  unsteadyNames.push(...result.unsteady);
  if (result.passed + result.failed === 0) throw new Error(`${name} ran no test`);
  const marks = [elsewhere, ...uninstalled];
  const wrong = result.skipped.filter((title) => !marks.some((mark) => title.includes(mark)));
  if (wrong.length > 0) throw new Error(`skipped though not marked ${elsewhere}: ${wrong.join('; ')}`);
  const lost = result.unsteady.filter((title) => killMark.test(title));
  if (lost.length > 0) throw new Error(`what is lost at a kill once is lost: ${lost.join('; ')}`);
}

function vitestReport(report) {
  const all = report.testResults.flatMap((file) => file.assertionResults);
  const titles = (meets) => all.filter(meets).map((test) => test.fullName);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: titles((test) => ['pending', 'skipped', 'todo'].includes(test.status)),
    unsteady: titles((test) => test.status === 'passed' && test.failureMessages.length > 0),
  };
}

function playwrightReport(report) {
  const specs = [];
  const walk = (suite) => {
    specs.push(...(suite.specs ?? []));
    for (const inner of suite.suites ?? []) walk(inner);
  };
  for (const suite of report.suites) walk(suite);
  const titles = (status) =>
    specs.filter((spec) => spec.tests.every((test) => test.status === status)).map((spec) => spec.title);
  return {
    passed: report.stats.expected + report.stats.flaky,
    failed: report.stats.unexpected,
    skipped: titles('skipped'),
    unsteady: titles('flaky'),
  };
}

const runtimeEnv = await setUp();
const bin = (name) => join(projectFolder, 'node_modules', name);
const quiet = { cwd: projectFolder };
await gate('types', () => must(node24, [bin('typescript/bin/tsc'), '--noEmit', '-p', projectFolder], quiet));
await gate('types of shared/, without page and Node', () =>
  must(node24, [bin('typescript/bin/tsc'), '--noEmit', '-p', join(projectFolder, 'shared')], quiet),
);
await gate('lint and format', () =>
  must(
    node24,
    [
      bin('@biomejs/biome/bin/biome'),
      'check',
      '--config-path',
      join(projectFolder, 'build/code-style.json'),
      '--error-on-warnings',
      'electron',
      'renderer',
      'shared',
      'build',
      'tests',
    ],
    quiet,
  ),
);
await gate('architecture', () => must(node24, [join(projectFolder, 'build/check-architecture.mjs')], quiet));
await gate('dependencies point inward', () =>
  must(
    node24,
    [
      bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      join(projectFolder, 'build/depcruise.cjs'),
      'shared',
      'electron',
      'renderer',
    ],
    quiet,
  ),
);
await gate('build (release)', () => build('release', runtimeEnv));
await gate('build (test flavour)', () => build('test', runtimeEnv));
await gate('no test hook in the release', assertNoHooks);

// What is given to people, packed and started: the whole table is printed by `npm run test:ship`.
const packages = mkdtempSync(join(tmpdir(), 'officina-ship-'));
try {
  for (const group of shipGates({ folder: packages, runtimeEnv }))
    await Promise.all(group.map(([name, work]) => gate(name, work)));
} finally {
  rmSync(packages, { recursive: true, force: true });
}

const session = process.platform === 'linux' ? 'tests/run/desktop-session.sh' : null;
const place = isRoot ? await readableCopy() : projectFolder;
const reports = mkdtempSync(join(tmpdir(), 'officina-reports-'));
try {
  if (isRoot) {
    await must('chmod', ['1777', reports]);
  }
  // Windows names the temporary folder in its short form (MARIO~1) where the user's name is long; what is found below it has the long one.
  const long = realpathSync.native(tmpdir());
  const temporary = process.platform === 'win32' ? { TEMP: long, TMP: long } : {};
  const inSession = (env, ...command) => {
    const [file, ...args] = session === null ? command : [join(place, session), ...command];
    return run(file, args, {
      cwd: place,
      env: { ...process.env, ...temporary, ...runtimeEnv, OFFICINA_REPORTS: reports, ...env },
    });
  };
  const placedNode = node24In(place);
  await gate('unit and integration', async () => {
    const code = await inSession(
      {},
      placedNode,
      join(place, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--configLoader',
      'runner',
      '--config',
      join(place, 'tests/vitest.config.ts'),
    );
    count(join(reports, 'vitest.json'), 'vitest', vitestReport);
    if (code !== 0) throw new Error(`vitest ended with ${code}`);
  });
  const playwright = async (name, ...options) => {
    const code = await inSession(
      { OFFICINA_REPORT: name },
      placedNode,
      join(place, 'node_modules/@playwright/test/cli.js'),
      'test',
      '--config',
      join(place, 'tests/playwright.config.ts'),
      ...options,
    );
    count(join(reports, `${name}.json`), name, playwrightReport);
    if (code !== 0) throw new Error(`playwright ended with ${code}`);
  };
  mkdirSync(join(reports, 'output'));
  if (isRoot) await must('chmod', ['1777', join(reports, 'output')]);
  const windows = (name, ...options) =>
    gate(name, () => playwright(name, '--project', 'window', '--workers', '1', ...options));
  // Two windows on one screen take the focus from each other. Where each session has a screen, a keyring and a bus of its own, two run at
  // once, each with the next part as soon as it is free: parts take very different times.
  if (session === null) await windows('windows');
  else {
    const parts = Array.from({ length: windowParts }, (_, index) => index + 1);
    const lane = async () => {
      for (let part = parts.shift(); part !== undefined; part = parts.shift())
        await windows(`windows-${part}`, '--shard', `${part}/${windowParts}`);
    };
    await Promise.all([lane(), lane()]);
  }
  await gate('kills', () => playwright('kills', '--project', 'faults', '--workers', '2'));
} finally {
  if (isRoot) rmSync(place, { recursive: true, force: true });
  rmSync(reports, { recursive: true, force: true });
}
if (skippedNames.length > 0) console.log(`skipped: ${skippedNames.join('; ')}`);
if (unsteadyNames.length > 0)
  console.log(
    `unsteady (failed once, passed the second time; more than ${unsteadyAllowed} fail the run): ${unsteadyNames.join('; ')}`,
  );
if (unsteadyNames.length > unsteadyAllowed) failures.push('steadiness');
if (failures.length > 0) console.log(`failed gates: ${failures.join(', ')}`);
const stale = electronListWarning(new Date());
if (stale !== null) console.log(`warning, before a release: ${stale}`);
console.log(`all gates in ${((Date.now() - started) / 1000).toFixed(0)} s`);
const gatesFailed = failures.length > 0 && totals.failed === 0 ? failures.length : 0;
console.log(`${totals.passed} passed, ${totals.failed + gatesFailed} failed, ${totals.skipped} skipped`);
process.exitCode = failures.length > 0 || totals.failed > 0 ? 1 : 0;
