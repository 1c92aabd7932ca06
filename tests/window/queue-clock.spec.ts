import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openPracticeDatabase } from '../../electron/portal/practice/practice-database.ts';
import { practiceDesk } from '../../electron/portal/practice/practice-desk.ts';
import { call } from '../faults/killed-app.ts';
import { type Clocked, dayOf, launchAt, rome, settle } from './clocked.ts';
import { agree, goTo, queueAnother, writeAndSend, writeRequest } from './workshop.ts';

let shop: Clocked;
test.describe.configure({ timeout: 120_000 });
test.afterEach(async () => {
  await shop.close();
});

/** What the portal announces before anybody asks. */
const announce =
  (kind: 'closure' | 'maintenance', startsMs: number, endsMs: number) =>
  (portalFolder: string): void => {
    const db = openPracticeDatabase(portalFolder);
    practiceDesk(db, () => new Date().toISOString()).publish({
      id: randomUUID(),
      kind,
      title: { it: 'Avviso del fornitore', en: 'A notice of the vendor' },
      startsAt: new Date(startsMs).toISOString(),
      endsAt: new Date(endsMs).toISOString(),
      origin: 'portal',
    });
    db.close();
  };

const created = (): string[] =>
  shop.portal.journal().flatMap((entry) => (entry.kind === 'ticket' ? [entry.clientReference] : []));
const waiting = (page: Page) => page.getByRole('region', { name: 'In coda' });

test('R-HOURS-3, R-TICKET-2: queue over a holiday says why and when, and goes by itself when it ends, oldest first', async () => {
  shop = await launchAt({ pcMs: rome('2026-12-08', '12:00') });
  await settle(shop);
  const { page } = shop;
  await expect(
    dayOf(page).getByText(/^Sola lettura fino a mer 9 dic, 00:00\. È festa nazionale: Immacolata/u),
  ).toBeVisible();
  await writeRequest(page);
  await agree(page);
  await expect(page.getByText('Aspetta su questo PC e parte da sola: mer 9 dic, 00:00.')).toBeVisible();
  await page.getByRole('button', { name: 'Metti in coda' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'La lettura si ferma al 38 %' })).toBeVisible();
  await queueAnother(page, 'Non trovo il driver quando apro la banca dati');
  await goTo(page, 'Oggi');
  await expect(
    waiting(page).getByText(/^È festa nazionale: Immacolata.* Parte da sola: mer 9 dic, 00:00\.$/u),
  ).toBeVisible();
  await expect(
    waiting(page).getByText(/Parte da sola: mer 9 dic, 00:00\. Prima ne parte un'altra\.$/u),
  ).toBeVisible();
  // Reading goes on: the portal was asked again and again, and nothing was opened.
  await call(page, 'syncNow', {});
  expect([shop.sends(), created()]).toEqual([0, []]);
  const [first, second] = (await call(page, 'outbox', {})).map((row) => row.ticketId);
  await shop.passTo(rome('2026-12-08', '23:59:56'));
  await expect(dayOf(page).getByText(/^Fuori orario fino alle 08:30/u)).toBeVisible();
  await expect(page.getByRole('region', { name: 'In attesa del fornitore' })).toBeVisible({
    timeout: 40_000,
  });
  await expect.poll(created, { timeout: 60_000 }).toEqual([first, second]);
  await expect(waiting(page)).toHaveCount(0);
});

test('R-ACCEPT-1: new terms published while a request waits over a holiday are accepted where it waits, and it goes', async () => {
  shop = await launchAt({ pcMs: rome('2026-12-08', '12:00') });
  await settle(shop);
  const { page } = shop;
  await writeRequest(page);
  await agree(page);
  await page.getByRole('button', { name: 'Metti in coda' }).click();
  const terms = { version: 'it-next', sha256: 'd'.repeat(64), url: 'https://www.alientech.to/terms' };
  shop.portal.setFault(({ path }) =>
    path.endsWith('/terms')
      ? {
          kind: 'answer',
          commits: false,
          answer: {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(terms),
          },
        }
      : { kind: 'none' },
  );
  await goTo(page, 'Oggi');
  await expect(
    waiting(page).getByText(/^I termini del fornitore sono cambiati mentre aspettava/u),
  ).toBeVisible({ timeout: 40_000 });
  await shop.passTo(rome('2026-12-09', '09:00'));
  await expect(dayOf(page).getByText(/^Supporto attivo fino alle 12:30/u)).toBeVisible();
  await call(page, 'syncNow', {});
  expect(created()).toEqual([]);
  await expect(
    page.getByText('I termini del fornitore sono cambiati: una richiesta aspetta che tu li accetti.'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Leggi e accetta' }).click();
  const panel = page.getByRole('dialog', { name: 'Coda di invio' });
  await expect(panel.getByText('Versione it-next', { exact: false })).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  await panel.getByRole('button', { name: 'Ho letto i termini e li accetto' }).click();
  await expect.poll(created, { timeout: 40_000 }).toHaveLength(1);
  await expect(page.getByRole('button', { name: 'Leggi e accetta' })).toHaveCount(0);
});

test('R-HOURS-4: during announced maintenance nothing is asked or sent, without a word of error, and all goes at its end', async () => {
  shop = await launchAt({
    pcMs: rome('2026-11-24', '09:58'),
    prepare: announce('maintenance', rome('2026-11-24', '10:00'), rome('2026-11-24', '11:00')),
  });
  await settle(shop);
  const { page } = shop;
  await expect(dayOf(page).getByText(/^Supporto attivo fino alle 10:00\./u)).toBeVisible();
  await shop.passTo(rome('2026-11-24', '10:00:00'));
  await expect(
    dayOf(page).getByText('In manutenzione fino alle 11:00. È una manutenzione annunciata.'),
  ).toBeVisible();
  // Whoever speaks to it now gets what a portal under maintenance gives.
  let asked = 0;
  shop.portal.setFault(() => {
    asked += 1;
    return { kind: 'reset', commits: false };
  });
  await writeRequest(page);
  await agree(page);
  await page.getByRole('button', { name: 'Metti in coda' }).click();
  await goTo(page, 'Oggi');
  await expect(waiting(page).getByText('È una manutenzione annunciata. Parte da sola: 11:00.')).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Portale: In manutenzione fino alle 11:00', exact: true }),
  ).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(asked).toBe(0);
  shop.portal.setFault({ kind: 'none' });
  await shop.passTo(rome('2026-11-24', '10:59:57'));
  await expect(page.getByRole('region', { name: 'In attesa del fornitore' })).toBeVisible({
    timeout: 40_000,
  });
  expect(created()).toHaveLength(1);
});

test('R-HOURS-5, R-TICKET-1, R-TICKET-2: at night the request goes at once, though Today says that nobody answers', async () => {
  shop = await launchAt({ pcMs: rome('2026-11-24', '22:00') });
  await settle(shop);
  await expect(dayOf(shop.page).getByText(/^Fuori orario fino a mer 25 nov, 08:30\./u)).toBeVisible();
  await writeRequest(shop.page);
  await agree(shop.page);
  await expect(shop.page.getByText('Parte subito; il portale dà il numero.')).toBeVisible();
  await shop.page.getByRole('button', { name: 'Invia ora' }).click();
  // The number is the portal's, and it comes although it is night.
  await expect(shop.page.getByRole('button', { name: 'Copia il numero' })).toBeVisible({ timeout: 60_000 });
  expect(created()).toHaveLength(1);
});

test('R-HOURS-1 to R-HOURS-3: walk from Friday evening to Monday over a closure holds what is written on Saturday', async () => {
  shop = await launchAt({
    pcMs: rome('2026-11-27', '17:58'),
    prepare: announce('closure', rome('2026-11-28', '00:00'), rome('2026-11-30', '00:00')),
  });
  await settle(shop);
  const { page } = shop;
  const day = dayOf(page);
  await shop.passTo(rome('2026-11-27', '17:59:57'));
  await expect(day.getByText('Supporto attivo fino alle 18:00. È orario di supporto.')).toBeVisible();
  await expect(
    day.getByText(/^Fuori orario fino a sab 28 nov, 00:00\. È fuori dall'orario di supporto\./u),
  ).toBeVisible();
  await shop.passTo(rome('2026-11-28', '10:00'));
  await expect(
    day.getByText('Sola lettura fino a lun 30 nov, 00:00. È una chiusura annunciata.'),
  ).toBeVisible();
  await writeRequest(page);
  await agree(page);
  await page.getByRole('button', { name: 'Metti in coda' }).click();
  await goTo(page, 'Oggi');
  await expect(
    waiting(page).getByText('È una chiusura annunciata. Parte da sola: lun 30 nov, 00:00.'),
  ).toBeVisible();
  await shop.passTo(rome('2026-11-29', '23:59:00'));
  await expect(
    day.getByText('Sola lettura fino a lun 30 nov, 00:00. È una chiusura annunciata.'),
  ).toBeVisible();
  expect(shop.sends()).toBe(0);
  await shop.passTo(rome('2026-11-29', '23:59:57'));
  await expect(day.getByText("Fuori orario fino alle 08:30. È fuori dall'orario di supporto.")).toBeVisible();
  await expect(page.getByRole('region', { name: 'In attesa del fornitore' })).toBeVisible({
    timeout: 40_000,
  });
  await shop.passTo(rome('2026-11-30', '08:29:57'));
  await expect(day.getByText('Supporto attivo fino alle 12:30. È orario di supporto.')).toBeVisible();
  expect(created()).toHaveLength(1);
});

test('R-REMOTE-1: session the operator asked for is offered within the hours, not at midday, and again after it', async () => {
  shop = await launchAt({ pcMs: rome('2026-11-24', '10:00'), operatorDelayMs: 200 });
  await settle(shop);
  const { page } = shop;
  await writeAndSend(page);
  await expect(page.getByText(/· Supporto ·/u).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('textbox', { name: /^Rispondi/u }).fill('13,4 V a riposo');
  await page.getByRole('button', { name: 'Invia ora' }).click();
  const light = page.getByRole('region', { name: 'Sessione remota' }).first();
  await expect(light.getByText('Si può preparare')).toBeVisible({ timeout: 60_000 });
  await shop.passTo(rome('2026-11-24', '12:29:57'));
  await expect(light.getByText('fuori orario: ora nessuno risponde')).toBeVisible();
  await expect(light.getByText('Si può preparare')).toHaveCount(0);
  await shop.passTo(rome('2026-11-24', '13:59:57'));
  await expect(light.getByText('Si può preparare')).toBeVisible();
});

test.describe('PC clock far off at the start', () => {
  const holidayMs = rome('2026-12-08', '12:00');
  for (const [how, pcMs, told] of [
    ['a day ahead', holidayMs + 86_400_000, /^L'orologio di questo PC è avanti di 24 ore\./u],
    ['a year back', holidayMs - 365 * 86_400_000, /^L'orologio di questo PC è indietro di 365 giorni\./u],
    ['in 1970', Date.UTC(1970, 0, 5, 9), /^L'orologio di questo PC è indietro di 20\.\d{3} giorni\./u],
  ] as const) {
    test(`R-HOURS-3, COMPLAINT-13: ${how}: it is said and corrected for, and what waited from before does not leave on a holiday`, async () => {
      shop = await launchAt({ pcMs, portalMs: holidayMs });
      await settle(shop);
      const { page } = shop;
      await expect(page.getByText(told)).toBeVisible();
      await expect(
        dayOf(page).getByText(/^Sola lettura fino a mer 9 dic, 00:00\. È festa nazionale: Immacolata/u),
      ).toBeVisible();
      await writeRequest(page);
      await agree(page);
      await page.getByRole('button', { name: 'Metti in coda' }).click();
      await goTo(page, 'Oggi');
      await expect(
        waiting(page).getByText(/^È festa nazionale: Immacolata.* Parte da sola: mer 9 dic, 00:00\.$/u),
      ).toBeVisible();
      expect(shop.sends()).toBe(0);
    });
  }
});
