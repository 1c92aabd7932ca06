import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Locator, type Page, expect, test } from '@playwright/test';
import { freshDataFolder, launch } from './launch.ts';

/** A newcomer's hands: what they typed and how often they pressed, and nothing else is done to the page. */
type Hands = {
  readonly type: (field: Locator, text: string) => Promise<void>;
  readonly press: (control: Locator) => Promise<void>;
  readonly enter: () => Promise<void>;
  readonly done: () => { readonly fields: number; readonly presses: number };
};

function hands(page: Page): Hands {
  let fields = 0;
  let presses = 0;
  return {
    type: async (field, text) => {
      fields += 1;
      await field.fill(text);
    },
    press: async (control) => {
      presses += 1;
      await control.click();
    },
    enter: async () => {
      presses += 1;
      await page.keyboard.press('Enter');
    },
    done: () => ({ fields, presses }),
  };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const section = (page: Page, name: string) =>
  page.getByRole('heading', { level: 2, name, exact: true }).getByRole('button');

async function services(page: Page, by: Hands): Promise<void> {
  await by.type(page.getByLabel('Codice cliente', { exact: true }), 'ALI-20417');
  await by.type(page.getByLabel('Azienda'), 'Officina Rossi');
  await by.type(page.getByLabel('E-mail legata al codice cliente'), 'mario@rossi.example');
  await by.enter();
  await expect(page.getByText('Questo è il tuo codice cliente?')).toBeVisible();
  await by.enter();
}

/** From the failure found on disk to the number given by the portal. */
async function fromFailureToTicket(page: Page, by: Hands, logName: string): Promise<void> {
  await by.press(
    page
      .getByRole('region', { name: 'Trovati su questo PC' })
      .getByRole('listitem')
      .filter({ hasText: logName })
      .getByRole('button', { name: 'Apri una richiesta' }),
  );
  // The form opens where something is missing: tool, kind, error and ECU are read from the LOG.
  await by.type(
    page.getByLabel('Che cosa è successo', { exact: true }),
    'La lettura al banco si ferma sempre al 38 %',
  );
  await by.press(section(page, 'Passaggi'));
  await by.press(button(page, 'Avviata la lettura'));
  await by.press(button(page, 'Ripetuto con un altro alimentatore'));
  await by.press(section(page, 'Guide consultate'));
  await by.press(page.getByRole('button', { name: 'Già consultata' }).first());
  await by.press(button(page, 'Controlla e invia').last());
  await by.press(button(page, 'Ho letto i termini e li accetto'));
  await by.press(page.getByRole('checkbox', { name: 'Ho riletto: i dati sono giusti' }));
  await by.press(page.getByRole('button', { name: /Invia ora|Metti in coda/u }));
  await expect(button(page, 'Copia il numero')).toBeVisible({ timeout: 60_000 });
}

test('newcomer with the samples sends a first request with four fields typed and fourteen presses (walk 1)', async () => {
  const { app, page } = await launch();
  const by = hands(page);
  await services(page, by);
  await by.press(button(page, 'Carica gli esempi'));
  await by.press(button(page, 'Comincia'));
  await fromFailureToTicket(page, by, 'ktag_read_sample.log');
  expect(by.done()).toEqual({ fields: 4, presses: 14 });
  await app.close();
});

test('newcomer with a tool whose LOG lies on the PC sends a first request with five fields typed and fifteen presses (walk 1)', async () => {
  const home = freshDataFolder();
  mkdirSync(join(home, 'Alientech'));
  writeFileSync(
    join(home, 'Alientech', 'ktag_lettura.log'),
    [
      'Plug-in: 681',
      'HW: 03L906018DM',
      'Identification completed',
      'Reading flash: started',
      'Checksum error at 38 %',
      '',
    ].join('\n'),
  );
  const { app, page } = await launch({ env: { HOME: home, XDG_CONFIG_HOME: join(home, '.config') } });
  const by = hands(page);
  await services(page, by);
  await expect(page.getByLabel('Prodotto', { exact: true }).locator('option:checked')).toHaveText(
    'K-TAG Master',
  );
  await expect(page.getByText('trovato sul PC: ktag_lettura.log')).toBeVisible();
  await by.type(page.getByLabel('Numero di serie', { exact: true }), '310077');
  await by.enter();
  await expect(page.getByText('Questo è il numero di serie di K-TAG Master?')).toBeVisible();
  await by.enter();
  await by.press(button(page, 'Continua'));
  await expect(page.getByRole('radio', { name: /Portale di prova/u })).toBeChecked();
  await by.press(button(page, 'Comincia'));
  await fromFailureToTicket(page, by, 'ktag_lettura.log');
  expect(by.done()).toEqual({ fields: 5, presses: 16 });
  await app.close();
});

test('first start proposes the language of the program for the requests, and keeps another one that is chosen', async () => {
  const { app, page } = await launch();
  await button(page, 'English').click();
  const language = page.getByLabel('Language of the requests');
  await expect(language.locator('option:checked')).toHaveText('English');
  await language.selectOption({ label: 'Italiano' });
  await expect(language.locator('option:checked')).toHaveText('Italiano');
  await page.getByLabel('Customer code', { exact: true }).fill('ALI-20417');
  await page.getByLabel('Company').fill('Officina Rossi');
  await page.getByLabel('E-mail tied to the customer code').fill('mario@rossi.example');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Yes, that is right')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Your tools' })).toBeVisible();
  const info = await page.evaluate(async () => window.officina.appInfo({}));
  expect(info.ok ? info.value.profile?.ticketLanguage : null).toBe('it');
  await app.close();
});
