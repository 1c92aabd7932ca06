import { expect, type Page, test } from '@playwright/test';
import { call, killed, type OutsidePortal, startOutsidePortal } from '../faults/killed-app.ts';
import { problemAnswer } from '../portal/fault.ts';
import { type Launched, launch } from './launch.ts';
import { firstRun, goTo, openSection } from './workshop.ts';

let portal: OutsidePortal;
test.beforeEach(async () => {
  portal = await startOutsidePortal(0);
});
test.afterEach(() => portal.stop());

const start = (dataFolder?: string, timings: Record<string, string> = {}): Promise<Launched> =>
  launch({ ...(dataFolder === undefined ? {} : { dataFolder }), env: { PRACTICE_URL: portal.url, PRACTICE_TOKEN: portal.token, SYNC_MS: '300', ABSENT_GAP_MS: '200', ...timings } });

/** A question is the shortest request there is. */
async function sendQuestion(page: Page, problem: string): Promise<void> {
  await goTo(page, 'Nuova richiesta');
  await page.getByLabel('Tipo di richiesta', { exact: true }).selectOption({ label: 'Una domanda' });
  await openSection(page, 'Problema');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill(problem);
  await openSection(page, 'Guide consultate');
  await page.getByRole('button', { name: "L'ho letta" }).click();
  await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
  const terms = page.getByRole('checkbox', { name: 'Ho letto i termini di questa versione' });
  await expect(page.getByRole('heading', { name: 'Termini del servizio' })).toBeVisible();
  if (await terms.isVisible()) {
    await terms.check();
    await page.getByRole('button', { name: 'Accetta i termini' }).click();
  }
  await page.getByRole('checkbox', { name: 'Ho riletto: i dati sono giusti' }).check();
  await page.getByRole('button', { name: /Invia ora|Metti in coda/u }).click();
}

const tickets = (): string[] => portal.journal().filter((entry) => entry.kind === 'ticket').map((entry) => entry.clientReference);

test('request written without a network goes once when the cable is back after a kill (walk 3)', async () => {
  portal.fault({ kind: 'reset', commits: false });
  const { app, page, dataFolder } = await start();
  await firstRun(page);
  await sendQuestion(page, 'Non si apre dopo il riavvio');
  await expect(page.getByText('in attesa del numero')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Portale: Non raggiungibile' })).toBeVisible();
  await killed(app.process());
  portal.fault({ kind: 'none' });
  const second = await start(dataFolder);
  await goTo(second.page, 'Richieste');
  await second.page.getByRole('button', { name: 'Non si apre dopo il riavvio' }).first().click();
  await expect(second.page.getByRole('button', { name: 'Copia il numero' })).toBeVisible({ timeout: 30_000 });
  expect(tickets()).toHaveLength(1);
  await second.app.close();
});

test('last keystrokes are on disk when the window is closed at once', async () => {
  const { app, page, dataFolder } = await start();
  await firstRun(page);
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Problema');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('Scritto un attimo prima di chiudere');
  const gone = new Promise((done) => app.process().once('exit', done));
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
  await gone;
  const second = await start(dataFolder);
  const { rows } = await call(second.page, 'requests', { filter: 'drafts', text: '', offset: 0 });
  expect(rows.map((row) => row.title)).toEqual(['Scritto un attimo prima di chiudere']);
  await second.app.close();
});

test('outbox says what was refused and why, and gives the request back when it is taken out (C11, C22)', async () => {
  const { app, page } = await start();
  await firstRun(page);
  // Signing in has worked by now: the refusal meets the request alone.
  await expect(page.getByRole('button', { name: 'Portale: Portale di prova' })).toBeVisible();
  portal.fault(problemAnswer(422, 'invalid'));
  await sendQuestion(page, 'Non trovo il driver');
  await page.getByRole('button', { name: /Apri la coda di invio/u }).click();
  const item = page.getByRole('article', { name: /Non trovo il driver/u });
  await expect(item.getByText('Rifiutata', { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(item.getByRole('alert')).toContainText('Il portale ha rifiutato la richiesta.');
  await item.getByRole('button', { name: 'Togli dalla coda' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Togli dalla coda' }).click();
  await expect(item).toHaveCount(0);
  await page.keyboard.press('Escape');
  await goTo(page, 'Richieste');
  await expect(page.getByRole('button', { name: 'Non trovo il driver' }).first()).toBeVisible();
  expect(tickets()).toEqual([]);
  await app.close();
});
