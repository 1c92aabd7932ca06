import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launch } from './launch.ts';
import { chooseType, fillTool, firstRun, goTo, openSection, requestLines } from './workshop.ts';

test('first run says which field is wrong and saves nothing when the e-mail is not one', async () => {
  const { app, page } = await launch();
  await page.getByLabel('Codice cliente', { exact: true }).fill('ALI-20417');
  await page.getByLabel('Azienda').fill('Officina Rossi');
  await page.getByLabel('E-mail legata al codice cliente').fill('non-una-mail');
  await page.getByRole('button', { name: 'Continua', exact: true }).click();
  await expect(page.getByText('Questo non è un indirizzo e-mail')).toBeVisible();
  await expect(page.getByLabel('E-mail legata al codice cliente')).toBeFocused();
  await expect(page.getByLabel('E-mail legata al codice cliente')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Codice cliente', { exact: true })).toHaveValue('ALI-20417');
  await app.close();
});

test('K1: draft is whole when the app is killed after the saved mark and started again', async () => {
  const { app, page, dataFolder } = await launch();
  await firstRun(page);
  await goTo(page, 'Nuova richiesta');
  await chooseType(page, 'Lettura non riuscita');
  await openSection(page, 'Problema');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('La lettura si ferma al 38 %');
  await expect(page.getByRole('status').filter({ hasText: 'salvata' })).toBeVisible();
  const gone = new Promise((resolve) => app.process().once('exit', resolve));
  app.process().kill('SIGKILL');
  await gone;

  const second = await launch({ dataFolder });
  await second.page.getByRole('button', { name: 'La lettura si ferma al 38 %' }).click();
  await openSection(second.page, 'Problema');
  await expect(second.page.getByLabel('Che cosa è successo', { exact: true })).toHaveValue(
    'La lettura si ferma al 38 %',
  );
  await second.app.close();
});

test('form stands still while a draft is saved: a mark that grew would move it under a click on its way', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Problema');
  const saved = page.getByRole('status').filter({ hasText: /^salvata\b/u });
  const untouched = page.getByRole('status').filter({ hasText: 'si salva da sola' });
  await expect(untouched).toBeVisible();
  const mark = await untouched.locator('..').elementHandle();
  await page.evaluate((element) => {
    const widths = new Set<number>();
    const look = (): void => {
      widths.add(element?.getBoundingClientRect().width ?? 0);
      requestAnimationFrame(look);
    };
    look();
    Reflect.set(window, 'widthsSeen', widths);
  }, mark);
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('La lettura si ferma al 38 %');
  await expect(saved).toBeVisible();
  expect(await page.evaluate(() => [...(Reflect.get(window, 'widthsSeen') as Set<number>)])).toHaveLength(1);
  // A title as long as what happened stays one line: nothing moves under the hand that types it.
  const problem = page.getByLabel('Che cosa è successo', { exact: true });
  const topOf = async (): Promise<number> => (await problem.boundingBox())?.y ?? Number.NaN;
  const before = await topOf();
  await problem.pressSequentially(`${' e poi si ferma di nuovo'.repeat(5)}`);
  expect(await topOf()).toBe(before);
  // What closes above a section that is opened takes its head out of sight, unless it is brought back.
  await openSection(page, 'Prove');
  await openSection(page, 'Veicolo e centralina');
  const head = page.getByRole('heading', { level: 2, name: 'Veicolo e centralina', exact: true });
  await expect(head).toBeInViewport();
  // Opened and left untouched, a request is nowhere; one that was removed comes back with one press.
  await goTo(page, 'Nuova richiesta');
  await expect(untouched).toBeVisible();
  await goTo(page, 'Nuova richiesta');
  await expect(untouched).toBeVisible();
  await goTo(page, 'Richieste');
  const rows = requestLines(page);
  await expect(rows).toHaveCount(1);
  await rows.first().press('Delete');
  await expect(rows).toHaveCount(0);
  await page.getByRole('button', { name: 'Annulla', exact: true }).press('Enter');
  await expect(rows).toHaveCount(1);
  await rows.first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Elimina la bozza' }).press('Enter');
  await expect(rows).toHaveCount(0);
  await app.close();
});

test('R-INFO-6: checklist names what is missing and leads to its section when a draft is begun', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Nuova richiesta');
  await chooseType(page, 'Lettura non riuscita');
  const list = page.getByRole('region', { name: 'Completezza' });
  await list.getByRole('button', { name: 'Passaggi prima del guasto', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Aggiungi un passaggio prima del guasto' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: /Passaggio 1/u }).fill('Collegati i pin di boot');
  await expect(list.getByRole('button', { name: 'Passaggi prima del guasto', exact: true })).toHaveCount(0);
  await app.close();
});

test('pasted identification block fills the fields and says where they came from when it is read', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Veicolo e centralina');
  await page.getByLabel('Incolla il blocco').fill('HW: 03L906018\nVIN nr.: 1M8GDM9AXKP042788');
  await expect(page.getByLabel('Numero HW', { exact: true })).toHaveValue('03L906018');
  await expect(page.getByLabel('VIN', { exact: true })).toHaveValue('1M8GDM9AXKP042788');
  await expect(page.getByText('letto da testo incollato')).toHaveCount(2);
  await app.close();
});

test('language and theme change live when chosen in the settings', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Impostazioni');
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
      await expect(page.locator('h1').first()).toBeAttached();
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(
        violations.map((item) => `${screen}: ${item.id} ${item.nodes.map((node) => node.target).join(' ')}`),
      ).toEqual([]);
    };
    await clean('first run');
    await firstRun(page);
    await goTo(page, 'Impostazioni');
    await page.getByLabel('Tema', { exact: true }).selectOption({ label: theme });
    await clean('settings');
    await goTo(page, 'Strumenti');
    await clean('tools');
    await page.getByRole('button', { name: 'Aggiungi strumento' }).click();
    await fillTool(page);
    await clean('tool added');
    await goTo(page, 'Oggi');
    await clean('today');
    await goTo(page, 'Prove');
    await clean('evidence');
    await page.getByRole('tab', { name: 'Cartelle' }).click();
    await clean('folders');
    await goTo(page, 'Nuova richiesta');
    for (const section of ['Problema', 'Prove', 'Veicolo e centralina', 'Passaggi', 'Guide consultate']) {
      await openSection(page, section);
      await clean(section);
    }
    await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
    await expect(page.getByRole('heading', { name: 'Controlla e invia' })).toBeVisible();
    await clean('review');
    await goTo(page, 'Richieste');
    await clean('requests');
    await page.getByRole('combobox', { name: 'Cerca una richiesta o un comando' }).focus();
    await clean('search');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Apri la coda di invio/u }).click();
    await expect(page.getByRole('dialog', { name: 'Coda di invio' })).toBeVisible();
    await clean('outbox');
    await page.keyboard.press('Escape');
    await page.evaluate(async () => window.officina.saveSettings({ language: 'en' }));
    await page.reload();
    for (const screen of ['Today', 'Requests', 'Evidence', 'Tools', 'Settings']) {
      await page
        .getByRole('navigation', { name: 'Main' })
        .getByRole('button', { name: screen, exact: true })
        .click();
      await clean(`english ${screen}`);
    }
    await app.close();
  });
}

test('another draft opens when the one on screen takes no edit any more', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Problema');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('La prima');
  await expect(page.getByText(/^salvata /u)).toBeVisible();
  await page.evaluate(async () => {
    const list = await window.officina.requests({ filter: 'drafts', text: '', offset: 0 });
    if (list.ok) for (const row of list.value.rows) await window.officina.removeDraft({ id: row.id });
  });
  await page.getByLabel('Che cosa è successo', { exact: true }).fill("La prima, che non c'è più");
  await expect(page.getByRole('alert')).toBeVisible();
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Problema');
  await expect(page.getByLabel('Che cosa è successo', { exact: true })).toHaveValue('');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('La seconda');
  await expect(page.getByText(/^salvata /u)).toBeVisible();
  await app.close();
});
