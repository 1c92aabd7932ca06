import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import { freshDataFolder, type Launched, launch } from './launch.ts';
import { firstRun, goTo, writeAndSend } from './workshop.ts';

/** A step of the wizard at its left, by the beginning of its word. */
export function gate(page: Page, name: string): Locator {
  return page
    .getByRole('navigation', { name: /^(Passi della sessione|Steps of the session)$/u })
    .getByRole('button', { name: new RegExp(`^${name}`, 'u') });
}

/** What the person will choose in the next dialogs, one after the other. */
export async function chooses(app: ElectronApplication, ...paths: readonly string[]): Promise<void> {
  await app.evaluate(
    ({ dialog }, chosen) => {
      Reflect.set(dialog, 'showOpenDialog', async () => ({
        canceled: false,
        filePaths: [chosen.shift() ?? ''],
      }));
    },
    [...paths],
  );
}

/** Answers the operator's question, after which they ask for a session. */
export async function untilAsked(page: Page): Promise<void> {
  await expect(page.getByText(/· Supporto ·/u).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('textbox', { name: /^Rispondi/u }).fill('13,4 V a riposo');
  await page.getByRole('button', { name: /^(Invia ora|Metti in coda)$/u }).click();
  await expect(page.getByText('chiede una sessione remota').first()).toBeVisible({ timeout: 60_000 });
}

/** From the ticket into the wizard, where the preparation begins by itself. */
export async function prepare(page: Page): Promise<void> {
  await page
    .getByRole('region', { name: 'Sessione remota' })
    .first()
    .getByRole('button', { name: 'Prepara la sessione' })
    .click();
}

/** A workshop whose practice operator asked for a session; its preparation is begun. */
export async function launchAsked(
  env: Readonly<Record<string, string>> = {},
  start: (env: Readonly<Record<string, string>>) => Promise<Launched> = (given) => launch({ env: given }),
): Promise<Launched> {
  const started = await start({ OPERATOR_DELAY_MS: '300', SYNC_MS: '300', WATCH_MS: '200', ...env });
  await firstRun(started.page);
  await writeAndSend(started.page);
  await untilAsked(started.page);
  await prepare(started.page);
  return started;
}

/** A backup made elsewhere, in the person's words. */
export async function declareBackup(page: Page): Promise<void> {
  await gate(page, 'Backup').click();
  await page.getByText('Ho già un backup').click();
  await page.getByLabel('Che cosa contiene').fill('Tutto il disco C');
  await page.getByLabel('Dove si trova').fill('disco esterno');
  await page.getByLabel('Data del backup').fill('2026-11-23');
  await page.getByLabel('Chi lo ha fatto').fill('Mario Rossi');
  await page.getByRole('button', { name: 'Dichiara questo backup' }).click();
  await expect(page.getByText(/^Dichiarato da te/u)).toBeVisible();
}

/** Programs and TeamViewer, each looked at and found in order. */
export async function passChecks(page: Page): Promise<void> {
  await gate(page, 'Programmi aperti').click();
  await expect(page.getByRole('heading', { name: 'Chiudi quello che non serve' })).toBeVisible();
  for (const box of await page.getByRole('checkbox', { name: 'Resta aperto: serve al caso' }).all())
    await box.check();
  await page.getByRole('button', { name: 'È tutto a posto' }).click();
  await expect(gate(page, 'Programmi aperti')).toContainText('restano solo quelli del caso');
  await gate(page, 'TeamViewer').click();
  await page.getByRole('button', { name: 'Controlla TeamViewer' }).click();
  await expect(gate(page, 'TeamViewer')).toContainText('simulato, per la prova');
}

/** Both ticks, the name, and the button. */
export async function consent(page: Page): Promise<void> {
  await gate(page, 'Consenso').click();
  await page.getByRole('checkbox', { name: /autorizzo questa sessione/u }).check();
  await page.getByRole('checkbox', { name: /Il backup è mio/u }).check();
  await page.getByLabel('Nome e cognome di chi autorizza').fill('Mario Rossi');
  await page.getByRole('button', { name: 'Autorizza e continua' }).click();
  await expect(gate(page, 'Consenso')).toContainText('vale ancora 15 min');
}

/** From a preparation to a session under way. */
export async function goLive(page: Page): Promise<void> {
  await declareBackup(page);
  await passChecks(page);
  await consent(page);
  await gate(page, 'Avvio e codici').click();
  await page.getByRole('button', { name: 'Avvia TeamViewer' }).click();
  await expect(page.getByRole('heading', { name: /^Sessione in corso/u })).toBeVisible();
}

/** The other side comes into the stand-in, or goes, as the operator's page would have it. */
export function standInSees(dataFolder: string, signal: 'connect' | 'end'): void {
  const folder = join(dataFolder, 'practice', 'teamviewer');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'operator.txt'), signal);
}

/** A fresh file that holds a number; `set` writes another. */
export function numberFile(name: string): { readonly path: string; readonly set: (value: number) => void } {
  const path = join(freshDataFolder(), name);
  const set = (value: number): void => writeFileSync(path, String(value));
  set(0);
  return { path, set };
}

/** The program in English from here on, as a person turns it; the wizard of the one request stands open again. */
export async function inEnglish(page: Page): Promise<void> {
  await goTo(page, 'Impostazioni');
  await page.getByLabel('Lingua del programma').selectOption({ label: 'English' });
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('button', { name: 'Requests', exact: true })
    .click();
  await page.getByRole('table').getByRole('button', { name: 'La lettura si ferma al 38 %' }).first().click();
  await page
    .getByRole('button', { name: /^(See|Prepare) the session$/u })
    .first()
    .click();
}
