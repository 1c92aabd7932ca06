import { AxeBuilder } from '@axe-core/playwright';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { launch } from './launch.ts';
import { beginDraft, firstRun, goTo } from './workshop.ts';

const passphrase = 'quattro parole molto lunghe';

/** What the system's dialogs answer from now on; the program does not begin again by itself. */
async function answers(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ app: program, dialog }, chosen) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [chosen] }));
    Reflect.set(program, 'relaunch', () => undefined);
  }, path);
}

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
}

test('workshop goes to another PC in one file, which is refused without its passphrase and asks before it replaces anything', async () => {
  test.setTimeout(240_000);
  const one = await launch();
  await firstRun(one.page);
  await beginDraft(one.page);
  const target = mkdtempSync(join(tmpdir(), 'officina-moved-'));
  await answers(one.app, target);
  await goTo(one.page, 'Impostazioni');
  await one.page.getByRole('button', { name: 'Salva tutto per passare a un altro PC' }).click();
  const save = one.page.getByRole('button', { name: 'Scegli la cartella e salva' });
  const [first, again] = [
    one.page.getByLabel('Frase segreta', { exact: true }),
    one.page.getByLabel('Frase segreta, ancora una volta'),
  ];
  await first.fill('corta');
  await again.fill('corta');
  await expect(one.page.getByText('5 caratteri su almeno 12.')).toBeVisible();
  await expect(save).toBeDisabled();
  await first.fill(passphrase);
  await again.fill(passphrase.toUpperCase());
  await expect(one.page.getByText('Le due frasi non sono uguali.')).toBeVisible();
  await expect(save).toBeDisabled();
  await clean(one.page);
  await again.fill(passphrase);
  await save.click();
  await expect(one.page.getByText(/riletto fino in fondo/u)).toBeVisible({ timeout: 60_000 });
  await clean(one.page);
  await one.app.close();
  const [name = ''] = readdirSync(target);
  expect(name).toMatch(/^Officina Support \d{4}-\d{2}-\d{2}\.officina$/u);

  const two = await launch();
  await two.page.getByRole('button', { name: 'English' }).click();
  await answers(two.app, join(target, name));
  await two.page.getByRole('button', { name: 'Bring everything from another PC' }).click();
  await two.page.getByRole('button', { name: 'Choose the file' }).click();
  await expect(two.page.getByText(name, { exact: false })).toBeVisible();
  const check = two.page.getByRole('button', { name: 'Check the file' });
  await two.page.getByLabel('Passphrase', { exact: true }).fill('four words of somebody else');
  await check.click();
  await expect(two.page.getByRole('alert')).toContainText('The passphrase is not the one');
  await two.page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await check.click();
  await expect(two.page.getByText(/^Officina Rossi, saved/u)).toBeVisible({ timeout: 60_000 });
  await expect(two.page.getByText('In the file: one request', { exact: false })).toBeVisible();
  await clean(two.page);
  const gone = new Promise((done) => two.app.process().once('exit', done));
  await two.page.getByRole('button', { name: 'Bring everything here and restart' }).click();
  await gone;

  const there = await launch({ dataFolder: two.dataFolder });
  await expect(there.page.getByText(/^Qui c'è tutto quello che era sull'altro PC/u)).toBeVisible();
  await goTo(there.page, 'Richieste');
  await expect(there.page.getByText('La lettura si ferma al 38 %').first()).toBeVisible();
  await answers(there.app, join(target, name));
  await goTo(there.page, 'Impostazioni');
  await there.page.getByRole('button', { name: 'Porta qui tutto da un altro PC' }).click();
  await there.page.getByRole('button', { name: 'Scegli il file' }).click();
  await there.page.getByLabel('Frase segreta', { exact: true }).fill(passphrase);
  await there.page.getByRole('button', { name: 'Controlla il file' }).click();
  await there.page.getByRole('button', { name: 'Porta tutto qui e riavvia' }).click({ timeout: 60_000 });
  const question = there.page.getByRole('alertdialog');
  await expect(question).toContainText("Su questo PC c'è una richiesta.");
  await expect(there.page.getByRole('button', { name: "Lascia com'è" })).toBeFocused();
  await clean(there.page);
  await there.page.keyboard.press('Enter');
  await expect(question).toHaveCount(0);
  expect(readdirSync(there.dataFolder)).not.toContain('restore-next.txt');
  await there.app.close();
});
