import { AxeBuilder } from '@axe-core/playwright';
import { readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { writeBackup } from '../../electron/store/backup.ts';
import { closeStore } from '../../electron/store/open-store.ts';
import { startStore } from '../../electron/store/start-store.ts';
import type { StoreFolders } from '../../electron/store/store-folders.ts';
import { launch } from './launch.ts';
import { firstRun } from './workshop.ts';

/** A workshop that was used and backed up, its window closed again. */
async function usedBefore(): Promise<{ readonly dataFolder: string; readonly folders: StoreFolders }> {
  const { app, page, dataFolder } = await launch();
  await firstRun(page);
  await app.close();
  const { db, folders } = await startStore(dataFolder, '2026-11-24T18:05:00.000Z');
  await writeBackup(db, folders.backups, 'daily', '2026-11-24T18:00:00.000Z');
  closeStore(db);
  return { dataFolder, folders };
}

const violations = async (page: Page): Promise<readonly string[]> =>
  (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map((item) => item.id);

/** Goes through the page by the keyboard until the button is reached, and presses it. */
async function pressByKeyboard(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(button).toBeFocused({ timeout: 200 });
  }).toPass({ timeout: 60_000, intervals: [0] });
  await page.keyboard.press('Enter');
}

test('DAMAGE-1: store that was emptied comes back from the backup and is told; the line goes by the keyboard', async () => {
  const { dataFolder, folders } = await usedBefore();
  truncateSync(folders.database, 0);
  const { app, page } = await launch({ dataFolder });
  const told = page.getByText(/L'archivio non c'era più ed è stato ripreso da una copia/u);
  await expect(told).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Oggi · Officina Rossi' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await expect(told).toContainText('Non manca niente.');
  await pressByKeyboard(page, 'Va bene');
  await expect(told).toHaveCount(0);
  await expect(page.locator('main')).toBeFocused();
  await app.close();
});

test('DAMAGE-1: store that is gone with no good backup begins empty and says so on the first page already', async () => {
  const { dataFolder, folders } = await usedBefore();
  rmSync(folders.database);
  for (const name of readdirSync(folders.backups)) writeFileSync(join(folders.backups, name), 'spoiled');
  const { app, page } = await launch({ dataFolder });
  const told = page.getByText(/il programma riparte vuoto/u);
  await expect(told).toBeVisible();
  await expect(page.getByLabel('Codice cliente', { exact: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await pressByKeyboard(page, 'Va bene');
  await expect(told).toHaveCount(0);
  await firstRun(page);
  await app.close();
});
