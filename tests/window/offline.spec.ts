import { expect, type Page, test } from '@playwright/test';
import { call, killed, type OutsidePortal, startOutsidePortal } from '../faults/killed-app.ts';
import { errorTextId } from '../../renderer/words/error-text.ts';
import type { ErrorCode } from '../../shared/domain/app-error.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { problemAnswer } from '../portal/fault.ts';
import { type Launched, launch } from './launch.ts';
import { chooseType, firstRun, goTo, openSection } from './workshop.ts';

let portal: OutsidePortal;
test.beforeEach(async () => {
  portal = await startOutsidePortal(0);
});
test.afterEach(() => portal.stop());

const start = (dataFolder?: string, timings: Record<string, string> = {}): Promise<Launched> =>
  launch({
    ...(dataFolder === undefined ? {} : { dataFolder }),
    env: {
      PRACTICE_URL: portal.url,
      PRACTICE_TOKEN: portal.token,
      SYNC_MS: '300',
      ABSENT_GAP_MS: '200',
      ...timings,
    },
  });

/** A question is the shortest request there is. */
async function sendQuestion(page: Page, problem: string): Promise<void> {
  await goTo(page, 'Nuova richiesta');
  await chooseType(page, 'Domanda');
  await openSection(page, 'Problema');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill(problem);
  await openSection(page, 'Guide consultate');
  await page.getByRole('button', { name: 'Già consultata' }).first().click();
  await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
  const accept = page.getByRole('button', { name: 'Ho letto i termini e li accetto' });
  await expect(page.getByRole('heading', { name: 'Termini del servizio' })).toBeVisible();
  if (await accept.isVisible()) await accept.click();
  await page.getByRole('checkbox', { name: 'Ho riletto: i dati sono giusti' }).check();
  await page.getByRole('button', { name: /Invia ora|Metti in coda/u }).click();
}

const tickets = (): string[] =>
  portal
    .journal()
    .filter((entry) => entry.kind === 'ticket')
    .map((entry) => entry.clientReference);

test('request written without a network goes once when the cable is back after a kill (walk 3)', async () => {
  await portal.fault({ kind: 'reset', commits: false });
  const { app, page, dataFolder } = await start();
  await firstRun(page);
  await sendQuestion(page, 'Non si apre dopo il riavvio');
  await expect(page.getByText('in attesa del numero')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Portale: Non raggiungibile' })).toBeVisible();
  await killed(app.process());
  await portal.fault({ kind: 'none' });
  const second = await start(dataFolder);
  await goTo(second.page, 'Richieste');
  await second.page.getByRole('button', { name: 'Non si apre dopo il riavvio' }).first().click();
  await expect(second.page.getByRole('button', { name: 'Copia il numero' })).toBeVisible({ timeout: 60_000 });
  expect(tickets()).toHaveLength(1);
  await second.app.close();
});

/** The request waits, the window says why, and what is written of it stands where it was. */
async function toldWhileItWaits(page: Page, title: string, code: ErrorCode): Promise<void> {
  await expect(page.getByRole('button', { name: 'Portale: Non raggiungibile' })).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('button', { name: /Apri la coda di invio/u }).click();
  const alert = page.getByRole('article', { name: new RegExp(title, 'u') }).getByRole('alert');
  await expect(alert).toContainText(code, { timeout: 60_000 });
  await expect(alert).toContainText(createTranslator('it')(`error.${errorTextId(code)}.safe`));
  await page.keyboard.press('Escape');
}

test('request waits, is told, and arrives once when the portal itself was killed and stands again (walk 3)', async () => {
  const { app, page } = await start();
  await firstRun(page);
  await expect(page.getByRole('button', { name: 'Portale: Portale di prova' })).toBeVisible();
  await portal.die();
  await sendQuestion(page, 'Non trovo il driver');
  await expect(page.getByText('in attesa del numero')).toBeVisible();
  await toldWhileItWaits(page, 'Non trovo il driver', 'portal.unreachable');
  expect(tickets()).toEqual([]);
  await portal.rise();
  await expect(page.getByRole('button', { name: 'Copia il numero' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Portale: Portale di prova' })).toBeVisible();
  await expect.poll(async () => (await call(page, 'outbox', {})).length, { timeout: 60_000 }).toBe(0);
  expect(tickets()).toHaveLength(1);
  await app.close();
});

test('request that is on the portal already is found there and not sent again when the portal was killed before it answered', async () => {
  // It does not know a repeated key either: only the question whether the request is there keeps a second ticket away.
  const forgetful = await startOutsidePortal(0, ['--ignores-keys']);
  const { app, page } = await launch({
    env: {
      PRACTICE_URL: forgetful.url,
      PRACTICE_TOKEN: forgetful.token,
      SYNC_MS: '300',
      ABSENT_GAP_MS: '200',
    },
  });
  await firstRun(page);
  await expect(page.getByRole('button', { name: 'Portale: Portale di prova' })).toBeVisible();
  await forgetful.fault({ kind: 'silence', commits: true });
  await sendQuestion(page, 'Non trovo il driver');
  await expect
    .poll(() => forgetful.journal().filter((entry) => entry.kind === 'ticket').length, { timeout: 60_000 })
    .toBe(1);
  await forgetful.die();
  await toldWhileItWaits(page, 'Non trovo il driver', 'portal.unreachable');
  await forgetful.rise();
  await expect(page.getByRole('button', { name: 'Copia il numero' })).toBeVisible({ timeout: 60_000 });
  // A look at the portal may bring the number before the queue has settled: only an empty queue sends nothing more.
  await expect.poll(async () => (await call(page, 'outbox', {})).length, { timeout: 60_000 }).toBe(0);
  expect(forgetful.journal().filter((entry) => entry.kind === 'ticket')).toHaveLength(1);
  await app.close();
  forgetful.stop();
});

test('P4: request waits, is told, and arrives once when the portal takes every connection and never answers', async () => {
  const { app, page } = await start(undefined, { IDLE_MS: '1500' });
  await firstRun(page);
  await expect(page.getByRole('button', { name: 'Portale: Portale di prova' })).toBeVisible();
  await portal.fault({ kind: 'silence', commits: false });
  await sendQuestion(page, 'Non trovo il driver');
  await toldWhileItWaits(page, 'Non trovo il driver', 'portal.timeout');
  await portal.fault({ kind: 'none' });
  await expect(page.getByRole('button', { name: 'Copia il numero' })).toBeVisible({ timeout: 60_000 });
  await expect.poll(async () => (await call(page, 'outbox', {})).length, { timeout: 60_000 }).toBe(0);
  expect(tickets()).toHaveLength(1);
  await app.close();
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

test('COMPLAINT-11, COMPLAINT-22: outbox says what was refused and why, and gives the request back when it is taken out', async () => {
  const { app, page } = await start();
  await firstRun(page);
  // Signing in has worked by now: the refusal meets the request alone.
  await expect(page.getByRole('button', { name: 'Portale: Portale di prova' })).toBeVisible();
  await portal.fault(problemAnswer(422, 'invalid'));
  await sendQuestion(page, 'Non trovo il driver');
  await page.getByRole('button', { name: /Apri la coda di invio/u }).click();
  const item = page.getByRole('article', { name: /Non trovo il driver/u });
  await expect(item.getByText('Rifiutata', { exact: true })).toBeVisible({ timeout: 60_000 });
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
