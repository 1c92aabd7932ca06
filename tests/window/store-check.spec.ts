import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { writeBackup } from '../../electron/store/backup.ts';
import { closeStore } from '../../electron/store/open-store.ts';
import { startStore } from '../../electron/store/start-store.ts';
import { damageIndex } from '../fixtures/damage.ts';
import { freshDataFolder, launch } from './launch.ts';
import { beginDraft, firstRun, goTo } from './workshop.ts';

test('DAMAGE-1, FINDING-4: damage only the weekly check sees is told, and a restart goes on from the last good backup', async () => {
  const first = await launch({ dataFolder: freshDataFolder() });
  await firstRun(first.page);
  await beginDraft(first.page);
  await first.app.close();
  const { dataFolder } = first;
  const { db, folders } = await startStore(dataFolder, '2026-11-24T18:05:00.000Z');
  await writeBackup(db, folders.backups, 'daily', '2026-11-24T18:00:00.000Z');
  closeStore(db);
  damageIndex(folders.database);

  const second = await launch({ dataFolder, env: { FIRST_CHECK_MS: '200' } });
  const alert = second.page.getByRole('alert');
  await expect(alert).toContainText('danno');
  const { violations } = await new AxeBuilder({ page: second.page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  await second.app.evaluate(({ app: program }) => {
    Reflect.set(program, 'relaunch', () => undefined);
  });
  const gone = new Promise((done) => second.app.process().once('exit', done));
  await alert.getByRole('button', { name: 'Riavvia adesso' }).click();
  await gone;

  const third = await launch({ dataFolder });
  await expect(third.page.getByText(/era danneggiato ed è stato ripreso da una copia/u)).toBeVisible();
  await goTo(third.page, 'Richieste');
  await expect(third.page.getByRole('row').nth(1)).toBeVisible();
  await third.app.close();
});

test('DAMAGE-3: profile that something changed in the store is told, and is written again in the settings', async () => {
  const first = await launch();
  await firstRun(first.page);
  await first.app.close();
  const { dataFolder } = first;
  const { db } = await startStore(dataFolder, '2026-11-24T18:05:00.000Z');
  db.exec("update profile set email = 'x'");
  db.prepare("update settings set value = '{' where key = 'settings'").run();
  closeStore(db);

  const { app, page } = await launch({ dataFolder });
  const told = page.getByText("I dati dell'officina non si leggono più");
  await expect(told).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Oggi', exact: true })).toBeVisible();
  await goTo(page, 'Impostazioni');
  await page.getByLabel('Codice cliente', { exact: true }).fill('ALI-20417');
  await page.getByLabel('Azienda').fill('Officina Rossi');
  await page.getByLabel('E-mail legata al codice cliente').fill('mario@rossi.example');
  await page.getByRole('button', { name: 'Salva i dati' }).click();
  await expect(told).toHaveCount(0);
  await goTo(page, 'Oggi');
  await expect(page.getByRole('heading', { name: 'Oggi · Officina Rossi' })).toBeVisible();
  await app.close();
});
