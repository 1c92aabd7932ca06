import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { type Clocked, launchAt, rome, settle } from './clocked.ts';
import { still } from './still.ts';
import { goTo, queueAnother } from './workshop.ts';

let shop: Clocked;
test.afterEach(() => shop.close());

const violations = async (page: Page): Promise<readonly string[]> =>
  (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map((item) => item.id);

test('request queued for another portal says so on every screen, and what can be done about it is one key away', async () => {
  // A holiday keeps it in the queue.
  shop = await launchAt({ pcMs: rome('2026-12-08', '12:00') });
  await settle(shop);
  const { page, portal } = shop;
  const terms = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
  await queueAnother(page, 'La lettura resta ferma');
  await call(page, 'choosePortal', { kind: 'contract', url: 'http://127.0.0.1:9' });
  await goTo(page, 'Oggi');
  await expect(
    page.getByText('Una richiesta in coda è per un altro portale', { exact: false }),
  ).toBeVisible();
  await expect(page.getByText('Una richiesta per un altro portale.', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Tre passi per la prima richiesta' })).toHaveCount(0);
  await goTo(page, 'Richieste');
  await expect(page.getByText(`Un'altra richiesta è su: ${new URL(portal.url).host} (1).`)).toBeVisible();
  await page.getByRole('button', { name: 'Cambia portale per vederle' }).press('Enter');
  await expect(page.getByRole('radio', { name: /Portale del fornitore/u })).toBeFocused();
  await page.getByRole('button', { name: 'Vedi la coda' }).press('Enter');
  const card = page.getByRole('article', { name: /La lettura resta ferma/u });
  const reason = `È per ${new URL(portal.url).host}, codice cliente ALI-20417`;
  await expect(card.getByText(reason, { exact: false })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await card.getByRole('button', { name: 'Apri', exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'La lettura resta ferma' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText(reason, { exact: false })).toBeVisible();
  await expect(page.getByText('Parte appena il portale risponde.')).toHaveCount(0);
  await page.locator('main').getByRole('button', { name: 'Vedi la coda' }).press('Enter');
  await card.getByRole('button', { name: 'Scegli il portale' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Impostazioni' })).toBeVisible();
});

test('request to be carried by hand says whose it is after the customer code changed, on every screen', async () => {
  shop = await launchAt({ pcMs: rome('2026-11-24', '10:00') });
  await settle(shop);
  const { page } = shop;
  await call(page, 'choosePortal', { kind: 'manual' });
  const terms = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
  await queueAnother(page, 'La lettura resta ferma');
  await call(page, 'saveProfile', {
    customerCode: 'ALI-7',
    company: 'Officina Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  await goTo(page, 'Richieste');
  await expect(
    page.getByText("Un'altra richiesta è su: A mano, sul sito del fornitore, ALI-20417 (1)."),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Cambia portale per vederle' }).press('Enter');
  await page.getByRole('button', { name: 'Vedi la coda' }).press('Enter');
  const card = page.getByRole('article', { name: /La lettura resta ferma/u });
  const reason =
    'Va a mano sul sito del fornitore, per il codice cliente ALI-20417, e adesso ne usi un altro';
  await expect(card.getByText(reason, { exact: false })).toBeVisible();
  await card.getByRole('button', { name: 'Apri', exact: true }).press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('.talk').getByText(reason, { exact: false })).toBeVisible();
  await still(page);
  expect(await violations(page)).toEqual([]);
});
