import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launch } from './launch.ts';
import { beginDraft, firstRun, goTo, openSection, requestLines } from './workshop.ts';

const axe = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id);

test('a draft is saved as a template, a new request begins from it by three ways, and it is renamed and deleted', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  const rail = page.getByRole('navigation', { name: 'Principale' });
  await expect(rail.getByRole('button', { name: 'Comincia da un modello' })).toHaveCount(0);
  await beginDraft(page);
  await page.getByRole('button', { name: 'Altro', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Salva come modello…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Salva come modello' });
  await expect(sheet.getByLabel('Nome del modello')).toHaveValue('La lettura si ferma al 38 %');
  await expect(sheet.getByLabel('Nome del modello')).toBeFocused();
  await sheet.getByLabel('Nome del modello').fill('EDC17 al banco');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(sheet).toHaveCount(0);
  // Beside the button that begins with nothing.
  // Both halves stand on one line: the words of the first are not broken by the second.
  const begin = rail.getByRole('button', { name: 'Nuova richiesta', exact: true });
  const other = rail.getByRole('button', { name: 'Comincia da un modello' });
  expect((await begin.boundingBox())?.height).toBe((await other.boundingBox())?.height);
  await other.click();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('menuitem', { name: 'EDC17 al banco' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'La lettura si ferma al 38 %' })).toBeVisible();
  // With the box that runs commands.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Cerca una richiesta o un comando' }).fill('edc17');
  await page.getByRole('option', { name: 'Nuova richiesta da «EDC17 al banco»' }).click();
  await openSection(page, 'Problema');
  await expect(page.getByLabel('Che cosa è successo', { exact: true })).toHaveValue(
    'La lettura si ferma al 38 %',
  );
  // From the list, where they are looked after, too.
  await goTo(page, 'Richieste');
  await expect(requestLines(page)).toHaveCount(3);
  await page.getByRole('button', { name: 'Modelli 1' }).click();
  const all = page.getByRole('dialog', { name: 'Modelli' });
  await all.getByRole('button', { name: 'Rinomina' }).click();
  await all.getByLabel('Nome del modello').fill('EDC17');
  await all.getByRole('button', { name: 'Rinomina' }).click();
  await expect(all.getByText('EDC17', { exact: true })).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await all.getByRole('button', { name: 'Elimina' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Elimina' }).click();
  await expect(all.getByText('Ancora nessun modello.', { exact: false })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rail.getByRole('button', { name: 'Comincia da un modello' })).toHaveCount(0);
  await expect(requestLines(page)).toHaveCount(3);
  await app.close();
});
