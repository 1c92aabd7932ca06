import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launch } from './launch.ts';
import { agree, firstRun, goTo, writeRequest } from './workshop.ts';

const axe = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id);

test('plate, customer and note stay beside a request, are found by the search and leave only where they are ticked', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await writeRequest(page);
  await expect(page.getByRole('heading', { level: 2, name: "Solo per l'officina" })).toHaveCount(0);
  await page.getByRole('button', { name: 'Torna alla bozza' }).click();
  await page.getByRole('button', { name: "Solo per l'officina" }).click();
  await page.getByLabel('Targa', { exact: true }).fill('ZX 987 QW');
  await page.getByLabel("Cliente dell'officina", { exact: true }).fill('Ernesto Quagliarella');
  await page.getByLabel('Nota privata', { exact: true }).fill('paga tardi');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
  const paper = page.getByRole('region', { name: 'Testo', exact: true });
  await expect(paper.getByText('La lettura si ferma al 38 %').first()).toBeVisible();
  const tick = page.getByRole('checkbox', {
    name: 'Scrivi anche nella richiesta: ZX 987 QW · Ernesto Quagliarella',
  });
  await expect(tick).not.toBeChecked();
  await expect(paper).not.toContainText('ZX 987 QW');
  await agree(page);
  // The text is another one then, and wants another look.
  await tick.check();
  await expect(paper).toContainText('Targa: ZX 987 QW');
  await expect(page.getByRole('checkbox', { name: 'Ho riletto: i dati sono giusti' })).not.toBeChecked();
  await expect(paper).not.toContainText('paga tardi');
  await tick.uncheck();
  await expect(paper).not.toContainText('ZX 987 QW');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('checkbox', { name: 'Ho riletto: i dati sono giusti' }).check();
  await page.getByRole('button', { name: /Invia ora|Metti in coda/u }).click();
  await expect(page.getByRole('button', { name: 'Copia il numero' })).toBeVisible({ timeout: 60_000 });
  // Beside the ticket they can be written on.
  const note = page.getByLabel('Nota privata', { exact: true });
  await expect(note).toHaveValue('paga tardi');
  await note.fill('paga tardi, richiamare');
  await expect(page.getByRole('region', { name: 'Conversazione' })).not.toContainText('ZX 987 QW');
  await goTo(page, 'Richieste');
  const lines = page.getByRole('table', { name: 'Richieste' }).getByRole('row');
  for (const words of ['zx987qw', 'quagliarella', 'richiamare']) {
    await page.getByPlaceholder('Cerca nelle richieste').fill(words);
    await expect(lines).toHaveCount(2);
    await expect(lines.last()).toContainText('ZX 987 QW');
  }
  await page.getByPlaceholder('Cerca nelle richieste').fill('nessuno');
  await expect(page.getByText('Nessuna richiesta con queste parole')).toBeVisible();
  await app.close();
});
