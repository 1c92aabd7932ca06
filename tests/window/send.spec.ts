import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launch } from './launch.ts';
import { agree, firstRun, goTo, writeRequest } from './workshop.ts';

async function clean(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map((item) => `${screen}: ${item.id} ${item.nodes.map((node) => node.target).join(' ')}`),
  ).toEqual([]);
}

test("request gets the portal's number and its answer when it is sent to the practice portal", async () => {
  const { app, page } = await launch({ env: { OPERATOR_DELAY_MS: '300' } });
  await firstRun(page);
  await writeRequest(page);
  await expect(page.getByText('Prima accetta i termini del servizio.')).toBeVisible();
  await clean(page, 'review');
  await agree(page);
  await page.getByRole('button', { name: /Invia ora|Metti in coda/u }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'La lettura si ferma al 38 %' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copia il numero' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/· Supporto ·/u)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('textbox', { name: /^Rispondi/u }).fill('13,4 V a riposo, 11,6 V in lettura');
  await page.getByRole('button', { name: /^(Invia ora|Metti in coda)$/u }).click();
  await expect(page.getByRole('article', { name: /^tu,/u })).toContainText('13,4 V a riposo');
  await expect(page.getByText('consegnata')).toBeVisible({ timeout: 60_000 });
  await clean(page, 'ticket');
  await goTo(page, 'Oggi');
  await clean(page, 'today');
  await app.close();
});

test('R-INFO-9: send stays shut and says why when the facts are not confirmed', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await writeRequest(page);
  await page.getByRole('button', { name: 'Ho letto i termini e li accetto' }).click();
  await expect(page.getByText('Conferma che i dati sono giusti.')).toBeVisible();
  await page.getByRole('button', { name: /Invia ora|Metti in coda/u }).click({ force: true });
  await expect(page.getByRole('heading', { name: 'Controlla e invia', level: 1 })).toBeVisible();
  await app.close();
});

test('request is carried by hand and keeps the number typed in when the portal is the web form', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Impostazioni');
  await page.getByRole('radio', { name: /A mano/u }).check();
  await expect(page.getByRole('button', { name: 'Portale: A mano' })).toBeVisible();
  await writeRequest(page);
  await agree(page);
  await page.getByRole('button', { name: 'Prepara per il sito del fornitore' }).click();
  const panel = page.getByRole('region', { name: 'Inserisci la richiesta sul sito del fornitore' });
  await expect(panel.getByRole('textbox', { name: 'Descrizione' })).toContainText(
    'La lettura si ferma al 38 %',
  );
  await clean(page, 'manual ticket');
  await expect(page.getByText(/^preparata .+ · ancora senza numero dal portale$/u)).toBeVisible();
  await panel.getByLabel('Numero dato dal portale').fill('');
  await panel.getByRole('button', { name: 'Registra il numero' }).click();
  await expect(page.getByText('Scrivi il numero come lo mostra il portale.')).toBeVisible();
  await panel.getByLabel('Numero dato dal portale').fill('48231');
  await panel.getByRole('button', { name: 'Registra il numero' }).click();
  const readBack = page.getByRole('alertdialog', { name: 'È questo il numero?' });
  await expect(readBack).toContainText('48231');
  await readBack.getByRole('button', { name: 'Correggi' }).click();
  await panel.getByLabel('Numero dato dal portale').fill('48213');
  await panel.getByRole('button', { name: 'Registra il numero' }).click();
  await readBack.getByRole('button', { name: 'Sì, è giusto' }).click();
  await expect(page.getByRole('button', { name: 'Copia il numero' })).toBeVisible();
  await expect(page.getByText('48213').first()).toBeVisible();
  await expect(page.getByText(/^inviata .+ · ricevuta dal portale /u)).toBeVisible();
  await converseByHand(page);
  await stateLatestVersion(page);
  await app.close();
});

/** The latest version as the vendor's page says it, once for the product (R-VERSION-1). */
async function stateLatestVersion(page: Page): Promise<void> {
  await goTo(page, 'Strumenti');
  await page.getByRole('button', { name: /^Dettagli di /u }).click();
  await page.getByRole('button', { name: "Scrivi l'ultima versione" }).click();
  await page.getByRole('button', { name: 'Registra', exact: true }).click();
  await expect(page.getByText(/^Scrivi la versione come sta sul sito/u)).toBeVisible();
  await page.getByLabel('Ultima versione').fill('9.99');
  await page.getByLabel('Di che giorno').fill('24/11/2026');
  await clean(page, 'latest version');
  await page.getByRole('button', { name: 'Registra', exact: true }).click();
  await expect(page.getByText(/9\.99.*letta da te: Databank del fornitore, 24\/11\/2026/u)).toBeVisible();
}

/** What the operator wrote is pasted, the answer is carried over, and a session asked for is offered, all of it as stated here. */
async function converseByHand(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Annota ciò che dice il portale' }).click();
  const form = page.getByRole('region', { name: 'Dal portale' });
  await form
    .getByLabel('Che cosa ha scritto')
    .fill('Il 24/11/2026 alle 18:05 Marta Neri ha scritto:\n\nMisura la tensione, per favore.');
  await expect(form.getByLabel('Chi scrive')).toHaveValue('Marta Neri');
  await expect(form.getByLabel('Quando (ora italiana)')).toHaveValue('24/11/2026 18:05');
  await form.getByLabel('Quando (ora italiana)').fill('31/11/2026');
  await form.getByRole('button', { name: 'Aggiungi alla conversazione' }).click();
  await expect(form.getByText(/^Non è un giorno con un'ora/u)).toBeVisible();
  await form.getByLabel('Quando (ora italiana)').fill('24/11/2026 18:05');
  await form.getByRole('checkbox', { name: 'Chiede una sessione remota' }).check();
  await clean(page, 'words of the portal');
  await form.getByRole('button', { name: 'Aggiungi alla conversazione' }).click();
  const words = page.getByRole('article', { name: /^Marta Neri/u });
  await expect(words).toContainText('Misura la tensione, per favore.');
  await expect(words).toContainText('annotato qui');
  await expect(page.getByText(/^Marta Neri chiede una sessione remota/u)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Sessione remota' }).first()).toBeVisible();
  const answer = page.getByRole('textbox', { name: /^Rispondi/u });
  const prepare = page.getByRole('button', { name: 'Prepara', exact: true });
  await answer.fill('13,4 V a riposo');
  const underHand = await prepare.boundingBox();
  await answer.blur();
  await expect(page.getByText('salvata; la inserisci tu sul sito del fornitore')).toBeVisible();
  // A button that moved as the box was left would be missed by the hand that presses it.
  expect(await prepare.boundingBox()).toEqual(underHand);
  await prepare.click();
  await expect(answer).toHaveValue('');
  const carry = page.getByRole('region', { name: 'Da scrivere sul portale' });
  await expect(carry.getByRole('textbox')).toHaveValue('13,4 V a riposo');
  await clean(page, 'reply to carry');
  await carry.getByRole('button', { name: "L'ho inviata" }).click();
  await expect(carry).toHaveCount(0);
  await expect(page.getByText('consegnata')).toBeVisible();
  await words.getByRole('button', { name: "Togli l'annotazione" }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: "Togli l'annotazione" }).click();
  await expect(words).toHaveCount(0);
}
