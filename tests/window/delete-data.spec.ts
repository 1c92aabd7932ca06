import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { launch } from './launch.ts';
import { agree, beginDraft, firstRun, goTo, writeRequest } from './workshop.ts';

test('R-PRIVACY-1: what is held of a car is shown with what goes and what stays, asked about, and then deleted', async () => {
  test.setTimeout(180_000);
  const { app, page } = await launch();
  await firstRun(page);
  await beginDraft(page);
  const { rows } = await call(page, 'requests', { filter: 'all', text: '', offset: 0 });
  const [row] = rows;
  if (row === undefined) throw new Error('no draft');
  await call(page, 'saveOwnWords', {
    id: row.id,
    words: { plate: 'ZX 123 QK', customer: 'Zerbinotti', note: '' },
  });
  await goTo(page, 'Impostazioni');
  const words = page.getByLabel('Targa, VIN, cliente o numero della richiesta');
  const look = page.getByRole('button', { name: "Vedi che cosa c'è" });
  await words.fill('ZX999QK');
  await look.click();
  await expect(page.getByText('Nessuna richiesta porta «ZX999QK».', { exact: false })).toBeVisible();
  await words.fill('zx123qk');
  await look.click();
  await expect(page.getByRole('region', { name: 'Se ne va' })).toContainText('La lettura si ferma al 38 %');
  await expect(page.getByRole('region', { name: 'Resta', exact: true })).toContainText('Nel registro');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  const remove = page.getByRole('button', { name: 'Elimina', exact: true });
  await remove.click();
  await expect(page.getByRole('alertdialog')).toContainText('Eliminare una richiesta con tutti i suoi dati?');
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Tieni tutto' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  expect((await call(page, 'requests', { filter: 'all', text: '', offset: 0 })).total).toBe(1);
  await remove.click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Elimina', exact: true }).click();
  await expect(page.getByText('Una richiesta eliminata con i suoi dati.')).toBeVisible();
  await goTo(page, 'Richieste');
  await expect(page.getByText('La lettura si ferma al 38 %')).toHaveCount(0);
  expect((await call(page, 'requests', { filter: 'all', text: '', offset: 0 })).total).toBe(0);
  await app.close();
});

test('R-PRIVACY-1: what is still in the queue is not deleted, and the screen says so', async () => {
  test.setTimeout(180_000);
  const { app, page } = await launch();
  await firstRun(page);
  await writeRequest(page);
  await agree(page);
  const { rows } = await call(page, 'requests', { filter: 'all', text: '', offset: 0 });
  const [row] = rows;
  if (row === undefined) throw new Error('no draft');
  await call(page, 'saveOwnWords', {
    id: row.id,
    words: { plate: '', customer: 'Zerbinotti', note: '' },
  });
  const { draft } = await call(page, 'draft', { id: row.id });
  await call(page, 'sendDraft', {
    id: row.id,
    revision: draft.revision,
    hold: { kind: 'until', at: new Date(Date.now() + 3_600_000).toISOString() },
  });
  await goTo(page, 'Impostazioni');
  await page.getByLabel('Targa, VIN, cliente o numero della richiesta').fill('zerbinotti');
  await page.getByRole('button', { name: "Vedi che cosa c'è" }).click();
  await expect(page.getByText('in coda: prima deve partire o essere tolta', { exact: false })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Elimina', exact: true })).toBeDisabled();
  await app.close();
});
