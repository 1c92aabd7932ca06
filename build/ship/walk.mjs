// usage: node build/ship/walk.mjs EXE job|shut|refused
// A packaged program as people start it. `job`: the walk flavour, whose page can be reached, from the first start to the signed receipt.
// `shut`: what ships must come up and answer on no debugging port. `refused`: a package that was tampered with must not start.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { walkMainJob } from '../main-job.mjs';

const [exe, how] = process.argv.slice(2);
const place = mkdtempSync(join(tmpdir(), 'officina-walk-'));
const dataFolder = join(place, 'data');
const debugPort = 45_871;
const startLimitMs = 30_000;

function start(...switches) {
  const child = spawn(exe, ['--disable-gpu', ...switches, '--data-dir', dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = { text: '', ended: null };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (told.text += bytes));
  child.on('error', (error) => (told.ended = `${error.message}`));
  child.on('exit', (code, signal) => (told.ended = `${code ?? signal}`));
  return { child, told };
}

async function until(what, limitMs, test) {
  for (const end = Date.now() + limitMs; Date.now() < end; await wait(100)) {
    const value = await test();
    if (value) return value;
  }
  throw new Error(`${what}: not within ${limitMs} ms`);
}

/** Ends the program as the system would at log-off, and says whether it went by itself. */
async function end({ child, told }) {
  if (told.ended !== null) return;
  child.kill('SIGTERM');
  try {
    await until('the end of the program', 10_000, () => told.ended !== null);
  } finally {
    child.kill('SIGKILL');
  }
}

const answersOnPort = () =>
  fetch(`http://127.0.0.1:${debugPort}/json/version`, { signal: AbortSignal.timeout(1_000) }).then(
    (answer) => answer.ok,
    () => false,
  );

async function reach(program) {
  const { chromium } = await import('@playwright/test');
  const address = await until(
    'the debugging address',
    startLimitMs,
    () => /DevTools listening on (ws:\/\/\S+)/.exec(program.told.text)?.[1],
  );
  const browser = await chromium.connectOverCDP(address);
  const pages = () => browser.contexts().flatMap((context) => context.pages());
  const page = await until('the page', startLimitMs, () =>
    pages().find((item) => item.url().startsWith('app://')),
  );
  page.setDefaultTimeout(30_000);
  return page;
}

async function job() {
  const program = start('--remote-debugging-port=0');
  let doing = 'start';
  try {
    const page = await reach(program);
    const number = await walkMainJob(page, async (name, work) => {
      doing = name;
      const from = Date.now();
      console.log(`  ${name}: ${await work()} (${Date.now() - from} ms)`);
    });
    if (!/^\S+-\d+$/u.test(number)) throw new Error(`no ticket number but "${number}"`);
    doing = 'licences in the about box';
    const licences = await page.evaluate(async () => (await window.officina.licences({})).value);
    const silent = licences.filter(({ text }) => text.length < 80).map(({ name }) => name);
    if (licences.length < 20 || silent.length > 0)
      throw new Error(`${licences.length} licences; without a text: ${silent.join(', ')}`);
    if (!existsSync(join(dirname(exe), 'LICENSES.chromium.html')))
      throw new Error("Chromium's own texts do not lie beside the program");
    console.log(`  ${doing}: ${licences.length}, each with its text`);
  } catch (error) {
    const log = join(dataFolder, 'faults.log');
    const told = existsSync(log) ? readFileSync(log, 'utf8') : program.told.text;
    throw new Error(`${doing}: ${error.message}\n${told.slice(-2_000)}`);
  } finally {
    await end(program);
  }
}

/** Chromium writes its own log about a port it opens, and a store is there once the program is up. */
async function shut() {
  const program = start(`--remote-debugging-port=${debugPort}`, '--inspect=0');
  try {
    await until(
      'the store',
      startLimitMs,
      () => existsSync(dataFolder) && readdirSync(dataFolder).some((name) => name.endsWith('.db')),
    );
    for (let look = 0; look < 20; look += 1, await wait(100)) {
      if (await answersOnPort()) throw new Error('the package answers on the debugging port');
      if (program.told.ended !== null)
        throw new Error(
          `the program ended by itself (${program.told.ended}): ${program.told.text.slice(-500)}`,
        );
    }
    if (/listening on ws:/i.test(program.told.text))
      throw new Error(`a door is open: ${program.told.text.slice(0, 500)}`);
  } finally {
    await end(program);
  }
}

async function refused() {
  const program = start();
  try {
    await until('the refusal', startLimitMs, () => program.told.ended !== null);
    if (program.told.ended === '0') throw new Error('it ended as if all were well');
    if (existsSync(join(dataFolder, 'window'))) throw new Error('our code ran');
  } finally {
    program.child.kill('SIGKILL');
  }
}

try {
  await { job, shut, refused }[how]();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  // The browser's end of the wire would keep this process for ever.
  process.exit();
}
