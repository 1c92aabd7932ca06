// `npm start -- --demo`: walks the main job by itself in the real app, on the bundled samples, and says what it saw at each step.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { walkMainJob } from './main-job.mjs';
import { isRoot, projectFolder } from './paths.mjs';

const { _electron } = await import('@playwright/test');
const place = mkdtempSync(join(tmpdir(), 'officina-demo-'));
const dataFolder = join(place, 'data');
const pictures = join(place, 'screenshots');
mkdirSync(pictures);

let step = 0;
let doing = 'start the app';
async function walk(name, work) {
  step += 1;
  doing = name;
  const saw = await work();
  const picture = `${String(step).padStart(2, '0')}-${name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')}.png`;
  await page.screenshot({ path: join(pictures, picture) });
  console.log(`${String(step).padStart(2)}. ${name}: ${saw} [${picture}]`);
}

console.log(`The main job, walked in the real app. Data folder, thrown away at the end: ${dataFolder}`);
const app = await _electron.launch({
  args: ['--disable-gpu', ...(isRoot ? ['--no-sandbox'] : []), projectFolder, '--data-dir', dataFolder],
  chromiumSandbox: !isRoot,
  cwd: projectFolder,
  timeout: 60_000,
});
const page = await app.firstWindow();
page.setDefaultTimeout(30_000);

try {
  const number = await walkMainJob(page, walk);
  console.log(`Ticket number: ${number}`);
  console.log(`Screenshots: ${pictures}`);
} catch (error) {
  await page.screenshot({ path: join(pictures, 'failed.png') }).catch(() => undefined);
  console.error(`FAILED at "${doing}": ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  console.error(`Screenshots: ${pictures}`);
  process.exitCode = 1;
} finally {
  await app.close().catch(() => undefined);
  rmSync(dataFolder, { recursive: true, force: true });
}
