import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Launched, launch } from './launch.ts';
import { firstRun, goTo, openSection } from './workshop.ts';

let started: Launched;
let page: Page;
test.beforeAll(async () => {
  started = await launch();
  page = started.page;
  await page.getByLabel('Codice cliente', { exact: true }).fill('ALI-20417');
  await page.getByLabel('Azienda').fill('Officina Rossi');
  await page.getByLabel('E-mail legata al codice cliente').fill('mario@rossi.example');
  await page.getByRole('button', { name: 'Continua', exact: true }).click();
  await page.getByRole('button', { name: 'Sì, è giusto' }).click();
  await page.getByRole('button', { name: 'Carica gli esempi' }).click();
  await expect(page.getByRole('heading', { name: 'Oggi da Officina Rossi' })).toBeVisible();
});
test.afterAll(async () => {
  await started.app.close();
});

async function clean(screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => `${screen}: ${item.id} ${item.nodes.map((node) => node.target).join(' ')}`)).toEqual([]);
}

test('failure on disk becomes a draft with its files when the request is opened from it', async () => {
  const found = page.getByRole('region', { name: 'Trovato su questo PC' });
  await expect(found.getByRole('listitem').first()).toBeVisible({ timeout: 15_000 });
  await clean('today with a failure');
  await found.getByRole('button', { name: 'Apri una richiesta' }).first().click();
  await openSection(page, 'Prove');
  await expect(page.getByRole('region', { name: 'In questa richiesta' }).getByText('copia fissata').first()).toBeVisible();
  await clean('draft with evidence');
});

test('frozen text can be read and is whole when it is looked at', async () => {
  const attached = page.getByRole('region', { name: 'In questa richiesta' });
  await attached
    .getByRole('button', { name: /^Guarda .*\.log$/u })
    .first()
    .click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('textbox')).not.toHaveValue('');
  await expect(sheet.getByText('SHA-256')).toBeVisible();
  await clean('preview');
  await page.keyboard.press('Escape');
});

test('ECU read is asked about and stays off when the answer is no', async () => {
  const list = page.getByRole('region', { name: 'Trovati sul PC' });
  const read = list.getByRole('checkbox', { name: /del cliente/u }).first();
  await read.click();
  const question = page.getByRole('alertdialog', { name: 'Allegare una lettura di centralina?' });
  await expect(question.getByRole('button', { name: 'Non allegare' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(read).not.toBeChecked();
  await read.click();
  await question.getByRole('button', { name: 'Allega la lettura' }).click();
  await expect(read).toBeChecked();
  await read.click();
  await expect(read).not.toBeChecked();
});

test('chosen files start a request when they are ticked on the evidence screen', async () => {
  await goTo(page, 'Prove');
  await page.getByRole('checkbox', { name: /kess_recognition_sample\.log/u }).check();
  await expect(page.getByText('1 file scelto')).toBeVisible();
  await page.getByRole('button', { name: 'Apri una richiesta con questi' }).click();
  await openSection(page, 'Prove');
  await expect(page.getByRole('region', { name: 'In questa richiesta' }).getByText('kess_recognition_sample.log')).toBeVisible();
});

test('copies stay listed and folders can be switched off when the tabs are opened', async () => {
  await goTo(page, 'Prove');
  await page.getByRole('tab', { name: 'Copie fissate' }).click();
  await page.getByRole('button', { name: 'kess_recognition_sample.log' }).first().click();
  await expect(page.getByRole('complementary', { name: 'Anteprima' }).getByRole('textbox')).not.toHaveValue('');
  await clean('copies');
  await page.getByRole('tab', { name: 'Cartelle' }).click();
  const folder = page.getByRole('checkbox', { name: /samples/u });
  await folder.uncheck();
  await expect(folder).not.toBeChecked();
  await clean('folders');
});

test('page of a second workshop starts empty when nothing was loaded', async () => {
  const other = await launch();
  await firstRun(other.page, { tool: false });
  await expect(other.page.getByRole('heading', { name: 'Tre passi per la prima richiesta' })).toBeVisible();
  await other.app.close();
});

test('samples are one press away on an empty PC, and the failure among them comes first', async () => {
  const empty = await launch();
  await firstRun(empty.page);
  await empty.page.getByRole('button', { name: 'Carica gli esempi' }).click();
  const found = empty.page.getByRole('region', { name: 'Trovato su questo PC' });
  await expect(found.getByRole('button', { name: 'Apri una richiesta' }).first()).toBeVisible({ timeout: 15_000 });
  await expect(empty.page.getByRole('button', { name: 'Carica gli esempi' })).toHaveCount(0);
  const headings = await empty.page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();
  expect(headings.indexOf('Trovato su questo PC')).toBeLessThan(headings.indexOf('Tre passi per la prima richiesta'));
  await found.getByRole('button', { name: 'Apri una richiesta' }).first().click();
  await expect(empty.page.getByRole('heading', { name: 'Nuova richiesta', level: 1 })).toBeVisible();
  await goTo(empty.page, 'Oggi');
  await expect(empty.page.getByRole('region', { name: 'Bozze' })).toBeVisible();
  // R-TICKET-4: what is on a request already is not offered for a second one.
  await expect(found.getByText('ktag_read_sample.log')).toHaveCount(0);
  await empty.app.close();
});
