import { realpathSync, rmSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { makeManyFiles } from '../fixtures/many-files.ts';
import { freshDataFolder, type Launched, launch } from './launch.ts';
import { firstRun, goTo } from './workshop.ts';

let root: string;
let newest: ReadonlySet<string>;
test.beforeAll(() => {
  root = realpathSync(freshDataFolder());
  newest = makeManyFiles(root, 200_000, 500);
});
test.afterAll(() => rmSync(root, { recursive: true }));

// Two searches of everything, on whatever disk.
test.describe.configure({ timeout: 600_000 });

const rows = (page: Page) => page.getByRole('button', { name: /^ktag_\d+\.log/u });
/** Also while the search box lies over it. */
const stop = (page: Page) => page.locator('button', { hasText: 'Ferma' });

/** The folder is among the searched ones, and the list of what was found is open. */
async function searching(env: Record<string, string>): Promise<Launched> {
  const launched = await launch({ env });
  const { app, page } = launched;
  await firstRun(page);
  await app.evaluate(({ dialog }, folder) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [folder] }));
  }, root);
  await goTo(page, 'Prove');
  await page.getByRole('tab', { name: 'Cartelle' }).click();
  await page.getByRole('button', { name: 'Aggiungi cartella' }).click();
  await expect(page.getByText(root)).toBeVisible();
  await page.getByRole('tab', { name: 'Trovati' }).click();
  return launched;
}

test('A3: window shows the newest 500 of 200 000 files and says that the list ends there', async () => {
  // A busy disk may take its time here; that a search ends by itself is held where the walk is tested.
  const { app, page } = await searching({ SCAN_MS: '170000' });
  // The folder just added is searched by itself, and that takes as long as the search that is asked for here.
  await page.getByRole('button', { name: 'Cerca di nuovo' }).click({ timeout: 180_000 });
  await expect(
    page.getByText('Trovati 500 file. Qui sono elencati solo i 500 più recenti, su 200.100 voci viste'),
  ).toBeVisible({
    timeout: 180_000,
  });
  await expect(rows(page)).toHaveCount(500);
  const names = await rows(page).evaluateAll((buttons) =>
    buttons.map((button) => /ktag_\d+\.log/u.exec(button.textContent ?? '')?.[0]),
  );
  expect(new Set(names)).toEqual(newest);
  await app.close();
});

test('A3: search of 200 000 files leaves the window to the keys, ends when stopped, and keeps what was found', async () => {
  const { app, page } = await searching({ SLOW_DISK_MS: '1500', SCAN_MS: '170000' });
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('cerco mentre legge');
  expect(await page.getByRole('combobox').inputValue()).toBe('cerco mentre legge');
  await page.keyboard.press('Escape');
  await stop(page).click();
  await expect(page.getByText(/^Ricerca fermata: \d+ file finora\./u)).toBeVisible();
  expect(await rows(page).count()).toBeGreaterThan(0);
  await expect(page.getByRole('button', { name: 'Cerca di nuovo' })).toBeEnabled();
  await app.close();
});
