import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launch } from './launch.ts';
import { firstRun, goTo, openSection, requestLines, writeAndSend } from './workshop.ts';

const axe = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id);

test('a closed request offers a new one that begins with its tool and car and leads back to it, and nothing is sent', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await writeAndSend(page);
  const [sent] = (await page
    .evaluate(() => window.officina.requests({ filter: 'all', text: '', offset: 0 }))
    .then((answer) => (answer.ok ? answer.value.rows : []))) as { id: string; number: string }[];
  const number = sent?.number ?? '';
  await page.getByRole('button', { name: 'Altro', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Chiudi la richiesta' }).click();
  await page.getByRole('button', { name: 'Chiudi la richiesta' }).click();
  await expect(page.getByText('La richiesta è chiusa e da qui non si riapre.')).toBeVisible({
    timeout: 30_000,
  });
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Nuova richiesta da questa' }).click();
  // The car is there, what happened is not.
  await expect(page.getByText('Cominciata da')).toBeVisible();
  await openSection(page, 'Veicolo e centralina');
  await expect(page.getByLabel('Numero HW', { exact: true })).toHaveValue('03L906018');
  await openSection(page, 'Problema');
  await expect(page.getByLabel('Che cosa è successo', { exact: true })).toHaveValue('');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: number }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'La lettura si ferma al 38 %' })).toBeVisible();
  // From the line of the list, of a draft as well as of a ticket.
  await goTo(page, 'Richieste');
  const lines = requestLines(page);
  await expect(lines).toHaveCount(2);
  await lines.filter({ hasText: 'Richiesta senza titolo' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Nuova richiesta da questa' }).click();
  await expect(page.getByText('Cominciata da')).toBeVisible();
  await page.getByRole('button', { name: 'Altro', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Nuova richiesta da questa' }).click();
  await goTo(page, 'Richieste');
  await expect(lines).toHaveCount(4);
  const queued = await page.evaluate(() => window.officina.outbox({}));
  expect(queued.ok ? queued.value : null).toEqual([]);
  await app.close();
});
