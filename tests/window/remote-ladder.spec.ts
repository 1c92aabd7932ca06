import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import {
  type SessionReceipt,
  sessionReceiptSchema,
  signedRecordSchema,
} from '../../shared/domain/session-record.ts';
import { freshDataFolder, type Launched } from './launch.ts';
import { chooses, goLive, launchAsked, standInSees } from './remote-wizard.ts';

test('R-REMOTE-6: when the other side leaves, the strip and the key stay, the ways on are said, and who comes back is seen', async () => {
  const { app, page, dataFolder } = await launchAsked();
  await goLive(page);
  standInSees(dataFolder, 'connect');
  await expect(page.getByText('qualcuno è collegato').first()).toBeVisible({ timeout: 60_000 });
  // Files tell whole seconds: two connections within one moment could not be told apart.
  await page.waitForTimeout(3_100);
  standInSees(dataFolder, 'end');
  await expect(page.getByText(/^L'altra parte è uscita e TeamViewer è ancora aperto/u)).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('heading', { name: /^Sessione in corso/u })).toBeVisible();
  const strip = app.windows().find((window) => window.url().endsWith('#strip'));
  await expect(
    strip?.getByText('uscita, ma TeamViewer è aperto') ?? page.getByText('no strip'),
  ).toBeVisible();
  expect(await app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Control+Alt+Shift+T'))).toBe(
    true,
  );
  await expect(page.getByRole('form', { name: /^Dai i codici a/u })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('left.png') });
  standInSees(dataFolder, 'connect');
  await expect(page.getByText('qualcuno è collegato').first()).toBeVisible({ timeout: 60_000 });
  standInSees(dataFolder, 'end');
  await expect(page.getByText(/^L'altra parte è uscita e TeamViewer/u)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Termina la sessione' }).click();
  await expect(page.getByRole('heading', { name: 'Sessione finita' })).toBeVisible({ timeout: 60_000 });
  await expect(
    page.getByText('Fine verificata da due controlli su tre, e nessuno dice altro.'),
  ).toBeVisible();
  await app.close();
});

/** A session somebody is in, through a stand-in that stays open when it is asked to close. */
async function stubborn(): Promise<Launched> {
  const started = await launchAsked({ STAND_IN_STAYS: 'yes' });
  await goLive(started.page);
  standInSees(started.dataFolder, 'connect');
  await expect(started.page.getByText('qualcuno è collegato').first()).toBeVisible({ timeout: 60_000 });
  await started.page.getByRole('button', { name: 'Termina la sessione' }).click();
  return started;
}

const nextStep = (page: Page) => page.getByRole('button', { name: 'Non si chiude: passo successivo' });
const ended = (page: Page) =>
  expect(page.getByRole('heading', { name: 'Sessione finita' })).toBeVisible({ timeout: 60_000 });

/** The stand-in is gone in the middle of whatever it did. */
const closedFromOutside = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ app: program }) => {
    const standIn = program
      .getAppMetrics()
      .find(({ serviceName, name }) => `${serviceName} ${name}`.includes('practice TeamViewer'));
    if (standIn !== undefined) process.kill(standIn.pid, 'SIGKILL');
  });

/** The receipt of the session as it is saved into a folder. */
async function savedReceipt({ app, page }: Launched): Promise<SessionReceipt> {
  await expect(page.getByText(/^Firmata con la chiave di questo PC/u)).toBeVisible({ timeout: 60_000 });
  const folder = freshDataFolder();
  await chooses(app, folder);
  await page.getByRole('button', { name: 'Salva in una cartella' }).click();
  await expect(page.getByText('Ricevuta salvata in')).toBeVisible();
  const name = readdirSync(folder).find((file) => /^sessione-.*\.json$/u.test(file)) ?? '';
  return sessionReceiptSchema.parse(
    JSON.parse(signedRecordSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))).record),
  );
}

test('R-REMOTE-6: ladder goes on while the signals say that it still runs, and its end at the key is proved', async () => {
  const started = await stubborn();
  const { app, page, dataFolder } = started;
  await expect(
    page.getByText(
      'TeamViewer ha ricevuto la richiesta di chiudersi. Se la sua finestra è ancora lì, chiudila dal suo pannello.',
    ),
  ).toBeVisible();
  await expect(page.getByRole('heading', { name: /^La sessione si sta chiudendo/u })).toBeVisible();
  await expect(page.getByText('qualcuno è collegato').first()).toBeVisible();
  await nextStep(page).click();
  await expect(page.getByText('Premi Ctrl Alt F8: è il tasto di TeamViewer per chiudere.')).toBeVisible();
  await expect(page.getByText('qualcuno è collegato').first()).toBeVisible();
  // What the key does in a real one: the other side is out, and every file says so. While it stays open they may come back.
  standInSees(dataFolder, 'end');
  await expect(page.getByText("l'altra parte è uscita, TeamViewer è ancora aperto").first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('heading', { name: /^La sessione si sta chiudendo/u })).toBeVisible();
  await closedFromOutside(app);
  await ended(page);
  await expect(
    page.getByText('Fine verificata da due controlli su tre, e nessuno dice altro.'),
  ).toBeVisible();
  await expect(
    page.getByText('Ultimo passo per chiudere: Ctrl Alt F8, il tasto di TeamViewer'),
  ).toBeVisible();
  expect(await savedReceipt(started)).toMatchObject({ proof: 'proved', endedBy: 'person', lastStep: 'key' });
  await app.close();
});

test("R-REMOTE-6: the last rung leaves only the person's word where the signals disagree, and the receipt says so", async () => {
  const started = await stubborn();
  const { app, page } = started;
  await nextStep(page).click();
  await nextStep(page).click();
  await expect(
    page.getByText(/^Ultimo passo: il servizio di TeamViewer va fermato come amministratore/u),
  ).toBeVisible();
  await expect(nextStep(page)).toHaveCount(0);
  // A no to Windows, or no answer at all, is not the end of the ladder.
  await page.getByRole('button', { name: 'Chiedi di nuovo a Windows' }).click();
  await expect(
    page.getByText(/^Ultimo passo: il servizio di TeamViewer va fermato come amministratore/u),
  ).toBeVisible();
  await expect(page.getByText('qualcuno è collegato').first()).toBeVisible();
  // Ended from outside in the middle of a sentence: the process is gone, the log still has somebody in.
  await closedFromOutside(app);
  await expect(page.getByText('non si può dire: i segnali mancano o non concordano').first()).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'Confermo io: è finita' }).click();
  await ended(page);
  await expect(page.getByText('Confermata da te: i controlli non bastavano.')).toBeVisible();
  await expect(
    page.getByText('Ultimo passo per chiudere: chiesto a Windows di fermare il servizio come amministratore'),
  ).toBeVisible();
  const receipt = await savedReceipt(started);
  expect(receipt).toMatchObject({ proof: 'said', endedBy: 'person', lastStep: 'elevated' });
  expect(receipt.seen.map(({ seen }) => seen).slice(-1)).toEqual(['cannot-tell']);
  await app.close();
});
