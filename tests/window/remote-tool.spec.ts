import { expect, type Page, test } from '@playwright/test';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { type Clocked, launchAt, rome, settle } from './clocked.ts';
import { freshDataFolder } from './launch.ts';
import { chooses, gate, inEnglish, prepare, untilAsked } from './remote-wizard.ts';
import { writeAndSend } from './workshop.ts';

let started: Clocked;
let page: Page;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  started = await launchAt({ pcMs: rome('2026-11-24', '10:00'), operatorDelayMs: 300 });
  page = started.page;
  await settle(started);
  await writeAndSend(page);
  await untilAsked(page);
  await prepare(page);
});
test.afterAll(async () => {
  await started.close();
});

/** What the browser was asked to open, from now on. */
async function watchBrowser(): Promise<() => Promise<readonly string[]>> {
  await started.app.evaluate(({ shell }) => {
    Reflect.set(globalThis, 'opened', []);
    shell.openExternal = async (url) => void (Reflect.get(globalThis, 'opened') as string[]).push(url);
  });
  return () => started.app.evaluate(() => Reflect.get(globalThis, 'opened') as string[]);
}

const refusal = (text: string) => page.locator('.notice').filter({ hasText: text });

test('R-REMOTE-2: on this system no TeamViewer is taken: the reason is said, the databank is one press away', async () => {
  await gate(page, 'TeamViewer').click();
  // It is the real thing here, and nothing says that it is practice.
  await expect(page.getByText(/^Prova: il TeamViewer che si apre è simulato/u)).toHaveCount(0);
  await page.getByRole('button', { name: 'Controlla TeamViewer' }).click();
  await expect(refusal('Qui TeamViewer non si può controllare: serve un PC con Windows.')).toBeVisible();
  await expect(gate(page, 'TeamViewer')).toContainText('serve un PC con Windows');
  const opened = await watchBrowser();
  await page.getByRole('button', { name: 'Apri la banca dati' }).click();
  await expect.poll(opened).toEqual(['https://databank.alientech.to/']);
  await gate(page, 'Avvio e codici').click();
  await expect(page.getByRole('button', { name: 'Avvia TeamViewer' })).toBeDisabled();
  await expect(page.getByText('Prima completa i passi sopra')).toBeVisible();
});

test('R-REMOTE-2: a QuickSupport the person points at gets the same refusal, and a closed dialog changes nothing', async () => {
  await gate(page, 'TeamViewer').click();
  const file = join(freshDataFolder(), 'TeamViewerQS.exe');
  writeFileSync(file, 'MZ');
  await chooses(started.app, file);
  await page.getByRole('button', { name: 'Scegli un QuickSupport' }).click();
  await expect(refusal('Qui TeamViewer non si può controllare: serve un PC con Windows.')).toBeVisible();
  await started.app.evaluate(({ dialog }) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: true, filePaths: [] }));
  });
  await page.getByRole('button', { name: 'Scegli un QuickSupport' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(refusal('Qui TeamViewer non si può controllare')).toBeVisible();
});

test('R-REMOTE-2: the same is said in English', async () => {
  await inEnglish(page);
  await gate(page, 'TeamViewer').click();
  await page.getByRole('button', { name: 'Check TeamViewer' }).click();
  await expect(refusal('TeamViewer cannot be checked here: it takes a PC with Windows.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Choose a QuickSupport' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open the databank' })).toBeVisible();
});
