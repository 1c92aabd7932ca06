import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type SmallRedmine, smallKey, smallRedmine } from '../portal/small-redmine.ts';
import { type Launched, launch } from './launch.ts';
import { fillTool, goTo, queueAnother } from './workshop.ts';

let server: SmallRedmine;
let shop: Launched;
test.beforeEach(async () => {
  server = await smallRedmine();
  shop = await launch({ env: { SYNC_MS: '300', ABSENT_GAP_MS: '200' } });
});
test.afterEach(async () => {
  await shop.app.close();
  await server.stop();
});

/** The first start to its end: everything goes to the small server, opened by this key. */
async function begin(page: Page, key: string): Promise<void> {
  await page.getByLabel('Codice cliente', { exact: true }).fill('ALI-20417');
  await page.getByLabel('Azienda').fill('Officina Rossi');
  await page.getByLabel('E-mail legata al codice cliente').fill('mario@rossi.example');
  await page.getByRole('button', { name: 'Continua', exact: true }).click();
  await page.getByRole('button', { name: 'Sì, è giusto' }).click();
  await fillTool(page);
  await page.getByRole('button', { name: 'Sì, è giusto' }).click();
  await page.getByRole('button', { name: 'Continua', exact: true }).click();
  await page.getByRole('radio', { name: /Redmine di un rivenditore/u }).check();
  await page.getByLabel('Indirizzo del portale').fill(server.url);
  await page.getByLabel('Progetto', { exact: true }).fill('assistenza');
  await page.getByLabel('Tracker', { exact: true }).fill('Support');
  await page.getByLabel('Campo per il riferimento della richiesta').fill('Riferimento');
  await page.getByLabel('Campo per il numero di serie').fill('Matricola');
  await page.getByLabel("Chiave API dell'utente").fill(key);
  const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('button', { name: 'Comincia', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Oggi · Officina Rossi' })).toBeVisible();
}

test("a dealer's Redmine is chosen at the first start, takes a request, and its answer comes back", async () => {
  const { page } = shop;
  await begin(page, smallKey);
  // The vendor's terms are not a dealer's: nobody accepts any.
  await queueAnother(page, 'La lettura resta ferma');
  await expect.poll(() => server.issues.map(({ subject }) => subject), { timeout: 60_000 }).toHaveLength(1);
  const [issue] = server.issues;
  expect(issue?.fields.get(1)).toMatch(/^[0-9a-f-]{36}$/u);
  server.answer(issue?.id ?? 0, 'Con quale cavo?');
  await goTo(page, 'Richieste');
  await page
    .getByRole('table', { name: 'Richieste' })
    .getByRole('rowgroup')
    .last()
    .getByRole('button')
    .first()
    .click();
  await expect(page.getByText('Con quale cavo?')).toBeVisible({ timeout: 60_000 });

  await goTo(page, 'Impostazioni');
  await expect(page.getByLabel('Progetto', { exact: true })).toHaveValue('assistenza');
  await expect(page.getByText('La chiave è nella gestione credenziali di questo PC.')).toBeVisible();
  expect(server.issues).toHaveLength(1);
  expect(server.asked.every(({ key, path }) => key === smallKey && !path.includes(smallKey))).toBe(true);
});

test('P1: a refused key is told as one, leads to its field, and the request goes once it is put right', async () => {
  const { page } = shop;
  await begin(page, `${smallKey}x`);
  await queueAnother(page, 'La lettura resta ferma');
  await expect(page.getByRole('button', { name: /^Portale: Chiave rifiutata$/u })).toBeVisible({
    timeout: 60_000,
  });
  await page.locator('.sync').click();
  const card = page.getByRole('article', { name: /La lettura resta ferma/u });
  await expect(card).toContainText('Ferma: il server ha rifiutato la chiave.');
  await expect(card).not.toContainText(/password/iu);
  await card.getByRole('button', { name: 'Riscrivi la chiave' }).press('Enter');
  const field = page.getByLabel("Chiave API dell'utente");
  await expect(field).toBeFocused();
  await expect(page.getByText('Il server ha rifiutato la chiave salvata. Riscrivila qui.')).toBeVisible();
  expect(server.issues).toHaveLength(0);
  await field.fill(smallKey);
  await page.keyboard.press('Enter');
  await expect.poll(() => server.issues.length, { timeout: 60_000 }).toBe(1);
});
