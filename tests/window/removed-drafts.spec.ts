import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launch } from './launch.ts';
import { beginDraft, firstRun, goTo, requestLines } from './workshop.ts';

const axe = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id);

test('a removed draft waits after a restart, comes back with one press, and goes for good only when that is said twice', async () => {
  const first = await launch();
  await firstRun(first.page);
  await beginDraft(first.page);
  await goTo(first.page, 'Richieste');
  await expect(first.page.getByRole('button', { name: /^Eliminate/u })).toHaveCount(0);
  await requestLines(first.page).first().press('Delete');
  await expect(first.page.getByRole('button', { name: 'Eliminate 1' })).toBeVisible();
  await first.app.close();

  const { app, page } = await launch({ dataFolder: first.dataFolder });
  await goTo(page, 'Richieste');
  const open = page.getByRole('button', { name: 'Eliminate 1' });
  await open.click();
  const sheet = page.getByRole('dialog', { name: 'Bozze eliminate' });
  await expect(sheet).toContainText('La lettura si ferma al 38 %');
  await expect(sheet).toContainText('resta almeno fino a');
  expect(await axe(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Ripristina' }).click();
  await expect(requestLines(page)).toHaveCount(1);
  await expect(open).toHaveCount(0);
  await page.getByRole('button', { name: 'Apri', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'La lettura si ferma al 38 %' })).toBeVisible();
  // Removed once more, and now for good: asked first, and the answer that keeps it has the focus.
  await goTo(page, 'Richieste');
  await requestLines(page).first().press('Delete');
  await open.click();
  await sheet.getByRole('button', { name: 'Elimina per sempre' }).click();
  const asked = page.getByRole('alertdialog');
  await expect(asked.getByRole('button', { name: 'Tienila' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('listitem')).toHaveCount(1);
  await sheet.getByRole('button', { name: 'Elimina per sempre' }).click();
  await asked.getByRole('button', { name: 'Elimina per sempre' }).click();
  await expect(sheet).toContainText('Nessuna bozza eliminata.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Eliminate/u })).toHaveCount(0);
  await app.close();
});
