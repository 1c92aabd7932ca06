import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { freshDataFolder, type Launched, launch } from './launch.ts';
import { firstRun, goTo, openSection, queueAnother } from './workshop.ts';

/** What can be scrolled sideways, by its class. */
async function sideways(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body, main, main *')]
      .filter(
        (item) =>
          item.scrollWidth > item.clientWidth + 1 && /auto|scroll/u.test(getComputedStyle(item).overflowX),
      )
      .map((item) => item.className),
  );
}

let started: Launched;
let page: Page;
test.beforeAll(async () => {
  started = await launch({ env: { OPERATOR_DELAY_MS: '600000' } });
  page = started.page;
  await firstRun(page);
});
test.afterAll(async () => {
  await started.app.close();
});

test('search box takes the focus and runs a command when Ctrl+K is pressed', async () => {
  await page.keyboard.press('Control+k');
  const box = page.getByRole('combobox', { name: 'Cerca una richiesta o un comando' });
  await expect(box).toBeFocused();
  await box.fill('strumenti');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Strumenti', level: 1 })).toBeVisible();
});

test('draft comes back step by step when Ctrl+Z and Ctrl+Shift+Z are pressed outside a text box', async () => {
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Passaggi');
  await page.getByRole('button', { name: 'Identificazione riuscita' }).click();
  await expect(page.getByRole('textbox', { name: /Passaggio 1/u })).toHaveValue('Identificazione riuscita');
  await page.getByRole('button', { name: 'Aggiungi un passaggio prima del guasto' }).focus();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('textbox', { name: /Passaggio 1/u })).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByRole('textbox', { name: /Passaggio 1/u })).toHaveValue('Identificazione riuscita');
});

test('steps change places when the second is moved up', async () => {
  await page.getByRole('button', { name: 'Avviata la lettura' }).click();
  await page.getByRole('button', { name: 'Azioni del passaggio 2' }).click();
  await page.getByRole('menuitem', { name: 'Sposta su' }).click();
  await expect(page.getByRole('textbox', { name: /Passaggio 1/u })).toHaveValue('Avviata la lettura');
  await expect(page.getByRole('textbox', { name: /Passaggio 2/u })).toHaveValue('Identificazione riuscita');
});

test('vendor text follows the fields when they are written', async () => {
  await openSection(page, 'Problema');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('La lettura si ferma al 38 %');
  await expect(page.getByRole('region', { name: 'Che cosa leggerà il fornitore' })).toContainText(
    'La lettura si ferma al 38 %',
  );
});

test('row opens by keyboard when the list is walked with arrows', async () => {
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Problema');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('Seconda bozza, errore Wake up');
  await expect(page.getByRole('status').filter({ hasText: 'salvata' })).toBeVisible();
  await goTo(page, 'Richieste');
  const table = page.getByRole('table', { name: 'Richieste' });
  await table.getByRole('button', { name: 'Seconda bozza' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(table.getByRole('button', { name: 'La lettura si ferma al 38 %' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'La lettura si ferma al 38 %' })).toBeVisible();
});

test('request is found by its words and opened when it is searched from anywhere', async () => {
  await goTo(page, 'Impostazioni');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('wake up');
  await expect(page.getByRole('option', { name: /Seconda bozza, errore Wake up/u })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Seconda bozza, errore Wake up' })).toBeVisible();
});

test('components and their licences are listed when they are asked for', async () => {
  await goTo(page, 'Impostazioni');
  await page.getByRole('button', { name: 'Componenti e licenze' }).click();
  await expect(
    page.getByRole('dialog', { name: 'Componenti e licenze' }).getByText(/react/u).first(),
  ).toBeVisible();
  await page.keyboard.press('Escape');
});

test('tool is corrected and removed when its buttons are used', async () => {
  await goTo(page, 'Strumenti');
  await page.getByRole('button', { name: 'Aggiungi strumento' }).click();
  await page.getByLabel('Prodotto', { exact: true }).selectOption({ label: 'ECM Titanium' });
  await page.getByRole('button', { name: 'Aggiungi strumento' }).click();
  await page.getByRole('button', { name: 'Modifica ECM Titanium' }).click();
  await page.getByLabel('Soprannome').fill('PC banco');
  await page.getByRole('button', { name: 'Salva le modifiche' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'PC banco' })).toBeVisible();
  await page.getByRole('button', { name: 'Togli ECM Titanium' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Togli lo strumento' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'PC banco' })).toHaveCount(0);
});

test('R-INFO-6: review names what is missing and leads back to its field when a draft is not whole', async () => {
  await goTo(page, 'Richieste');
  await page.getByRole('table').getByRole('button', { name: 'La lettura si ferma al 38 %' }).click();
  await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
  const missing = page.getByRole('region', { name: 'Il fornitore chiede sempre questi dati' });
  await missing.getByRole('button', { name: 'Che cosa hai provato' }).click();
  await expect(page.getByRole('button', { name: 'Aggiungi qualcosa che hai provato' })).toBeFocused();
});

for (const [width, height] of [
  [640, 600],
  [683, 768],
  [960, 700],
  [1366, 768],
] as const) {
  test(`nothing scrolls sideways when the window is ${width} wide`, async () => {
    await started.app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      {
        width,
        height,
      },
    );
    for (const screen of ['Oggi', 'Richieste', 'Prove', 'Strumenti', 'Impostazioni']) {
      await goTo(page, screen);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await sideways(page), screen).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        screen,
      ).toBeLessThanOrEqual(0);
    }
    await goTo(page, 'Nuova richiesta');
    for (const section of [
      'Strumento',
      'Problema',
      'Prove',
      'Veicolo e centralina',
      'Passaggi',
      'Guide consultate',
    ]) {
      await openSection(page, section);
      expect(await sideways(page), section).toEqual([]);
    }
    await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
    await expect(page.getByRole('heading', { name: 'Controlla e invia', level: 1 })).toBeVisible();
    expect(await sideways(page), 'review').toEqual([]);
  });
}

test('field takes the focus when its missing item is chosen in the panel of a narrow window', async () => {
  await started.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(683, 768),
  );
  await goTo(page, 'Nuova richiesta');
  await page.getByRole('button', { name: /^\d+ di \d+/u }).click();
  await page
    .getByRole('dialog', { name: 'Riepilogo' })
    .getByRole('button', { name: 'Che cosa è successo', exact: true })
    .click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByLabel('Che cosa è successo', { exact: true })).toBeFocused();
});

test('page raises no policy violation when it is used', async () => {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedScript|TrustedHTML/u.test(message.text()))
      violations.push(message.text());
  });
  await page.reload();
  await goTo(page, 'Nuova richiesta');
  for (const section of ['Problema', 'Prove', 'Veicolo e centralina', 'Passaggi', 'Guide consultate'])
    await openSection(page, section);
  expect(violations).toEqual([]);
});

test('first start goes on from what the key just brought, and another screen begins at its top', async () => {
  const fresh = await launch();
  const { keyboard } = fresh.page;
  const at = (name: string, role: 'button' | 'textbox' | 'combobox' = 'button') =>
    fresh.page.getByRole(role, { name, exact: true });
  await expect(at('Codice cliente', 'textbox')).toBeFocused();
  await keyboard.type('ALI-20417');
  for (const words of ['Officina Rossi', 'mario@rossi.example']) {
    await keyboard.press('Tab');
    await keyboard.type(words);
  }
  await keyboard.press('Enter');
  await expect(at('Sì, è giusto')).toBeFocused();
  await expect(at('Sì, è giusto')).toHaveAccessibleDescription('Questo è il tuo codice cliente? ALI-20417');
  await keyboard.press('Enter');
  await expect(fresh.page.getByRole('heading', { name: 'I tuoi strumenti' })).toBeFocused();
  await keyboard.press('Tab');
  await expect(at('Prodotto', 'combobox')).toBeFocused();
  await at('Prodotto', 'combobox').selectOption({ label: 'K-TAG Master' });
  await keyboard.press('Tab');
  await keyboard.type('310078');
  await keyboard.press('Enter');
  await expect(at('Sì, è giusto')).toHaveAccessibleDescription(
    'Questo è il numero di serie di K-TAG Master? 310078',
  );
  await at('Correggi').press('Enter');
  await expect(at('Numero di serie', 'textbox')).toHaveValue('310078');
  await at('Numero di serie', 'textbox').fill('310077');
  await keyboard.press('Enter');
  await expect(at('Sì, è giusto')).toBeFocused();
  await keyboard.press('Enter');
  await expect(fresh.page.getByRole('heading', { name: 'Dove stanno i LOG' })).toBeFocused();
  await at('Continua').press('Enter');
  await expect(fresh.page.getByRole('heading', { name: 'Dove vanno le richieste?' })).toBeFocused();
  await at('Comincia').press('Enter');
  await expect(fresh.page.getByRole('main')).toBeFocused();
  await goTo(fresh.page, 'Strumenti');
  await expect(at('Aggiungi strumento')).toBeVisible();
  await expect(fresh.page.getByRole('main')).toBeFocused();
  await keyboard.press('Tab');
  await expect(at('Aggiungi strumento')).toBeFocused();
  await fresh.app.close();
});

test('keys hold on every screen, and the list beside a request keeps its place, its mark and the keyboard', async () => {
  await started.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800),
  );
  const terms = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
  for (let index = 0; index < 10; index += 1) await queueAnother(page, `Non trovo il driver ${index}`);
  const waiting = async (): Promise<number> =>
    (await call(page, 'outbox', {})).filter((row) => row.state !== 'accepted').length;
  await expect.poll(waiting, { timeout: 60_000 }).toBe(0);
  await goTo(page, 'Richieste');
  const row = page
    .getByRole('table', { name: 'Richieste' })
    .getByRole('button', { name: 'Non trovo il driver 0' });
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Apri' }).click();
  const list = page.getByRole('listbox', { name: 'Richieste' });
  const chosen = list.getByRole('option', { selected: true });
  await expect(chosen).toContainText('Non trovo il driver 0');
  await expect(chosen).toBeInViewport();
  // Ten requests that were answered in one millisecond have no order of their own: whichever stands beside the chosen one is meant.
  const names = await list.getByRole('option').allInnerTexts();
  const at = names.findIndex((text) => text.includes('Non trovo il driver 0'));
  const beside =
    /Non trovo il driver [1-9]/u.exec(names[at === 0 ? 1 : at - 1] ?? '')?.[0] ?? 'nothing stands beside it';
  await list.focus();
  await page.keyboard.press(at === 0 ? 'ArrowDown' : 'ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: beside })).toBeVisible();
  await expect(chosen).toContainText(beside);
  await expect(list).toBeFocused();
  // What a right click opens on a row, the keys open on the one that is active.
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Nuova richiesta da questa' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await expect(list).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Tasti rapidi' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Equal');
  const zoom = () =>
    started.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
    );
  await expect.poll(zoom).toBe(1.1);
  await page.keyboard.press('Control+Minus');
  await expect.poll(zoom).toBe(1);
  await page.keyboard.press('Control+Minus');
  await expect.poll(zoom).toBe(0.9);
  await page.keyboard.press('Control+0');
  await expect.poll(zoom).toBe(1);
  await page.keyboard.press('Control+n');
  await expect(page.getByText('si salva da sola').first()).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Controlla e invia' })).toBeVisible();
});

test('focus goes to the next box when a guide is marked as read', async () => {
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Guide consultate');
  await page.getByRole('button', { name: 'Già consultata' }).first().press('Enter');
  await expect(page.getByLabel(/^Che cosa dice 1/u)).toBeFocused();
});

test('Ctrl+P, the menu and the search box print the request on screen, and elsewhere it is said what can be printed', async () => {
  const folders = [freshDataFolder(), freshDataFolder(), freshDataFolder()];
  await started.app.evaluate(
    ({ dialog }, chosen) => {
      Reflect.set(dialog, 'showOpenDialog', async () => ({
        canceled: false,
        filePaths: [chosen.shift() ?? ''],
      }));
    },
    [...folders],
  );
  const toast = page.getByRole('status').filter({ hasText: /Richiesta salvata|Si stampa/u });
  const papers = (index: number): readonly string[] => {
    const [own] = readdirSync(folders[index] ?? '');
    return own === undefined
      ? []
      : readdirSync(join(folders[index] ?? '', own)).map((name) => name.split('.').at(-1) ?? '');
  };
  const saved = async (index: number): Promise<void> => {
    await expect
      .poll(() => papers(index), { timeout: 30_000 })
      .toEqual(expect.arrayContaining(['html', 'pdf']));
    await expect(toast).toContainText('Richiesta salvata');
    await toast.getByRole('button', { name: 'Nascondi il messaggio' }).click();
  };
  await goTo(page, 'Oggi');
  await page.keyboard.press('Control+p');
  await expect(toast).toHaveText(/Si stampa una richiesta: aprila, poi Ctrl\+P\./u);
  await goTo(page, 'Richieste');
  await page.getByRole('table').getByRole('button', { name: 'La lettura si ferma al 38 %' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'La lettura si ferma al 38 %' }).waitFor();
  await page.keyboard.press('Control+p');
  await saved(0);
  await page.getByRole('button', { name: 'Altro', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Salva in una cartella' }).click();
  await saved(1);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Cerca una richiesta o un comando' }).fill('pdf');
  await page.getByRole('option', { name: 'Stampa: pagina e PDF in una cartella' }).click();
  await saved(2);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Tasti rapidi' })).toContainText('Stampa: pagina e PDF');
  await page.keyboard.press('Escape');
});
