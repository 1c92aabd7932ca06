import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launch } from './launch.ts';

async function firstRun(page: Page): Promise<void> {
  await page.getByLabel('Codice cliente', { exact: true }).fill('  ALI-20417 ');
  await page.getByLabel('Azienda').fill('Officina Rossi');
  await page.getByLabel('E-mail legata al codice cliente').fill('mario@rossi.example');
  await page.getByRole('button', { name: 'Salva e continua' }).click();
  await expect(page.getByRole('heading', { name: 'Oggi da Officina Rossi' })).toBeVisible();
}

async function addTool(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Strumenti', exact: true }).click();
  await page.getByLabel('Prodotto', { exact: true }).selectOption({ label: 'K-TAG Master' });
  await page.getByLabel('Numero di serie', { exact: true }).fill('310077');
  await page.getByLabel('Versione installata').fill('2.70');
  await page.getByRole('button', { name: 'Aggiungi strumento' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: '310077' })).toBeVisible();
}

test('first run says which field is wrong and saves nothing when the e-mail is not one', async () => {
  const { app, page } = await launch();
  await page.getByLabel('Codice cliente', { exact: true }).fill('ALI-20417');
  await page.getByLabel('Azienda').fill('Officina Rossi');
  await page.getByLabel('E-mail legata al codice cliente').fill('non-una-mail');
  await page.getByRole('button', { name: 'Salva e continua' }).click();
  await expect(page.getByRole('alert')).toContainText('email');
  await expect(page.getByLabel('Codice cliente', { exact: true })).toHaveValue('ALI-20417');
  await app.close();
});

test('draft is whole when the app is killed after the saved mark and started again (K1)', async () => {
  const { app, page, dataFolder } = await launch();
  await firstRun(page);
  await addTool(page);
  await page.getByRole('navigation').getByRole('button', { name: 'Nuova richiesta' }).click();
  await page.getByLabel('Tipo di richiesta', { exact: true }).selectOption({ label: 'Una lettura fallisce' });
  await page.getByRole('button', { name: 'Problema', exact: true }).click();
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('La lettura si ferma al 38 %');
  await expect(page.getByRole('status').filter({ hasText: 'salvata' })).toBeVisible();
  const gone = new Promise((resolve) => app.process().once('exit', resolve));
  app.process().kill('SIGKILL');
  await gone;

  const second = await launch({ dataFolder });
  await second.page.getByRole('button', { name: 'La lettura si ferma al 38 %' }).click();
  await second.page.getByRole('button', { name: 'Problema', exact: true }).click();
  await expect(second.page.getByLabel('Che cosa è successo', { exact: true })).toHaveValue('La lettura si ferma al 38 %');
  await second.app.close();
});

test('checklist names what is missing and leads to its section when a draft is begun (R-INFO-6)', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await addTool(page);
  await page.getByRole('navigation').getByRole('button', { name: 'Nuova richiesta' }).click();
  await page.getByLabel('Tipo di richiesta', { exact: true }).selectOption({ label: 'Una lettura fallisce' });
  const list = page.getByRole('complementary', { name: 'Completezza' });
  await list.getByRole('button', { name: 'R-INFO-6 Passaggi fatti prima' }).click();
  await page.getByRole('button', { name: 'Aggiungi un passaggio fatto prima' }).click();
  await page.getByLabel(/Passaggio 1/u).fill('Collegati i pin di boot');
  await expect(list.getByRole('button', { name: 'R-INFO-6 Passaggi fatti prima' })).toHaveCount(0);
  await app.close();
});

test('pasted identification block fills the fields and says where they came from when it is read', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await page.getByRole('navigation').getByRole('button', { name: 'Nuova richiesta' }).click();
  await page.getByRole('button', { name: 'Veicolo e centralina', exact: true }).click();
  await page.getByLabel('Incolla il blocco').fill('HW: 03L906018\nVIN nr.: 1M8GDM9AXKP042788');
  await expect(page.getByLabel('Numero HW', { exact: true })).toHaveValue('03L906018');
  await expect(page.getByLabel('VIN', { exact: true })).toHaveValue('1M8GDM9AXKP042788');
  await expect(page.getByText('letto dal testo incollato')).toHaveCount(2);
  await app.close();
});

test('language and theme change live when chosen in the settings', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await page.getByRole('navigation').getByRole('button', { name: 'Impostazioni' }).click();
  await page.getByLabel('Lingua del programma').selectOption({ label: 'English' });
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.getByLabel('Theme').selectOption({ label: 'Dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await app.close();
});

for (const theme of ['Chiaro', 'Scuro']) {
  test(`axe finds nothing on any screen when the theme is ${theme}`, async () => {
    const { app, page } = await launch();
    const clean = async (screen: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(violations.map((item) => `${screen}: ${item.id} ${item.nodes.map((node) => node.target).join(' ')}`)).toEqual([]);
    };
    await clean('first run');
    await firstRun(page);
    await page.getByRole('navigation').getByRole('button', { name: 'Impostazioni' }).click();
    await page.getByLabel('Tema', { exact: true }).selectOption({ label: theme });
    await clean('settings');
    await addTool(page);
    await clean('tools');
    await page.getByRole('button', { name: 'Oggi', exact: true }).click();
    await clean('today');
    await page.getByRole('navigation').getByRole('button', { name: 'Nuova richiesta' }).click();
    for (const section of ['Problema', 'Veicolo e centralina', 'Passaggi', 'Guide consultate']) {
      await page.getByRole('button', { name: section, exact: true }).click();
      await clean(section);
    }
    await page.getByRole('button', { name: 'Richieste', exact: true }).click();
    await clean('requests');
    await app.close();
  });
}
