import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { filesWith } from '../fixtures/files-with.ts';
import { freshDataFolder, type Launched, launch } from './launch.ts';
import { pressEndKeys } from './press-keys.ts';
import { firstRun, goTo, writeAndSend } from './workshop.ts';

let started: Launched;
let page: Page;
let codes: readonly string[] = [];
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  started = await launch({ env: { OPERATOR_DELAY_MS: '300', SYNC_MS: '300', WATCH_MS: '200' } });
  page = started.page;
  await firstRun(page);
  await writeAndSend(page);
  // The pretend operator asks a question first, and for a session after its answer.
  await expect(page.getByText(/· Supporto ·/u).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('textbox', { name: /^Rispondi/u }).fill('13,4 V a riposo');
  await page.getByRole('button', { name: /^(Invia ora|Metti in coda)$/u }).click();
  await expect(page.getByText('chiede una sessione remota').first()).toBeVisible({ timeout: 60_000 });
});
test.afterAll(async () => {
  await started.app.close();
});

async function clean(screen: string, on: Page = page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: on }).setLegacyMode(true).analyze();
  expect(
    violations.map((item) => `${screen}: ${item.id} ${item.nodes.map((node) => node.target).join(' ')}`),
  ).toEqual([]);
}

const gate = (name: string) =>
  page
    .getByRole('navigation', { name: 'Passi della sessione' })
    .getByRole('button', { name: new RegExp(`^${name}`, 'u') });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

/** What the person will choose in the next dialogs, one after the other. */
async function chooses(...paths: readonly string[]): Promise<void> {
  await started.app.evaluate(
    ({ dialog }, chosen) => {
      Reflect.set(dialog, 'showOpenDialog', async () => ({
        canceled: false,
        filePaths: [chosen.shift() ?? ''],
      }));
    },
    [...paths],
  );
}

/** The one PDF of a folder, as far as a test can read it. */
function pdfOf(folder: string): { readonly head: string; readonly isWhole: boolean } {
  const bytes = readFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.pdf')) ?? ''));
  return {
    head: bytes.subarray(0, 5).toString('latin1'),
    isWhole: bytes.length > 5_000 && bytes.subarray(-16).toString('latin1').includes('%%EOF'),
  };
}

/** Up to the consent, as a person walks it. */
async function prepare(): Promise<void> {
  await page
    .getByRole('region', { name: 'Sessione remota' })
    .first()
    .getByRole('button', { name: 'Prepara la sessione' })
    .click();
}

test('R-REMOTE-1: the light says that a session may be prepared when the operator asked for one', async () => {
  await expect(
    page.getByRole('region', { name: 'Sessione remota' }).first().getByText('Si può preparare'),
  ).toBeVisible();
  await clean('ticket with light');
});

test('R-BACKUP-1: a backup is made, read back and proved from the wizard', async () => {
  const folders = [freshDataFolder(), freshDataFolder()];
  for (let index = 0; index < 40; index += 1)
    writeFileSync(join(folders[0] ?? '', `read ${index}.ori`), 'x'.repeat(index * 1_000));
  await prepare();
  await clean('backup gate');
  // Why nothing can be counted yet stands beside the button, not behind it.
  await expect(button('Calcola lo spazio')).toHaveAttribute('aria-disabled', 'true');
  await expect(button('Calcola lo spazio')).toHaveAccessibleDescription('Scegli prima dove copiare.');
  await button('Calcola lo spazio').click({ force: true });
  await expect(page.getByRole('alert')).toHaveCount(0);
  await chooses(...folders);
  await button('Aggiungi una cartella').click();
  await expect(page.getByRole('checkbox', { name: folders[0] ?? '' })).toBeChecked();
  await button('Scegli la destinazione').click();
  await expect(page.getByText('È lo stesso disco')).toBeVisible();
  await expect(page.getByText('Scegli prima dove copiare.')).toHaveCount(0);
  await button('Calcola lo spazio').click();
  await button('Copia e verifica').click();
  await expect(page.getByText(/^Backup verificato: \d+ file/u)).toBeVisible({ timeout: 60_000 });
  await expect(gate('Backup')).toContainText('0 diversi');
  await clean('backup proved');
  const receipts = freshDataFolder();
  await chooses(receipts);
  await button('Salva la ricevuta').click();
  await expect(page.getByText('Ricevuta salvata in')).toBeVisible();
  expect(
    readdirSync(receipts)
      .map((name) => name.replace(/^backup-[\d-]+-[0-9a-f]{8}/u, 'backup'))
      .sort(),
  ).toEqual(['backup.json', 'backup.pdf']);
  expect(pdfOf(receipts)).toMatchObject({ head: '%PDF-', isWhole: true });
  await button('Allega alla risposta').click();
  await expect(page.getByText('Ricevuta allegata alla risposta di questa richiesta')).toBeVisible();
});

test('R-REMOTE-4, R-REMOTE-2: programs and the stand-in pass their gates', async () => {
  await button('Continua').click();
  await expect(page.getByRole('heading', { name: 'Chiudi quello che non serve' })).toBeVisible();
  await clean('programs gate');
  for (const box of await page.getByRole('checkbox', { name: 'Resta aperto: serve al caso' }).all())
    await box.check();
  await button('È tutto a posto').click();
  await button('Continua').click();
  await button('Controlla TeamViewer').click();
  await expect(page.getByText('TeamViewer simulato di Officina Support, solo per la prova')).toBeVisible();
  await clean('TeamViewer gate');
});

test('R-REMOTE-3, R-REMOTE-8: what may follow is said first, nothing is ticked before, the button waits, and a refusal ends it', async () => {
  await button('Continua').click();
  await expect(
    page.getByRole('heading', { name: 'Il tuo consenso, per questa sola sessione' }),
  ).toBeVisible();
  await expect(
    page.getByText(
      /copie contraffatte o modificate.* possono sospendere il servizio e avvisare le autorità/u,
    ),
  ).toBeVisible();
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await expect(button('Autorizza e continua')).toHaveAttribute('aria-disabled', 'true');
  await clean('consent gate');
  for (const [width, height] of [
    [683, 420],
    [1280, 800],
  ] as const) {
    await started.app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      {
        width,
        height,
      },
    );
    for (const answer of ['Non autorizzo', 'Autorizza e continua'])
      await expect(button(answer)).toBeInViewport({ ratio: 1 });
  }
  await button('Non autorizzo').click();
  await expect(
    page.getByRole('region', { name: 'Sessione remota' }).first().getByText('Si può preparare'),
  ).toBeVisible();
  // What was attached meanwhile is in the reply.
  await expect(page.getByRole('button', { name: /^Togli backup-.*\.pdf$/u })).toBeVisible();
  await page.getByRole('button', { name: /^Togli backup-.*\.pdf$/u }).click();
  await page.getByRole('textbox', { name: /^Rispondi/u }).fill('');
});

test('R-REMOTE-3, R-REMOTE-5: the session is granted by keyboard alone, started, and its codes are told', async () => {
  await prepare();
  // The backup proved before is still one.
  await expect(gate('Backup')).toContainText('0 diversi');
  await gate('Programmi aperti').focus();
  await page.keyboard.press('Enter');
  for (const box of await page.getByRole('checkbox', { name: 'Resta aperto: serve al caso' }).all())
    await box.check();
  await button('È tutto a posto').press('Enter');
  await expect(gate('Programmi aperti')).toContainText('restano solo quelli del caso');
  await gate('TeamViewer').press('Enter');
  await button('Controlla TeamViewer').press('Enter');
  await expect(gate('TeamViewer')).toContainText('simulato, per la prova');
  await gate('Consenso').press('Enter');
  await page.getByRole('checkbox', { name: /autorizzo questa sessione/u }).press('Space');
  await page.getByRole('checkbox', { name: /Il backup è mio/u }).press('Space');
  await page.getByLabel('Nome e cognome di chi autorizza').focus();
  await page.keyboard.type('Mario Rossi');
  await page.keyboard.press('Enter');
  await expect(gate('Consenso')).toContainText('vale ancora 15 min');
  await gate('Avvio e codici').press('Enter');
  await clean('launch gate');
  await button('Avvia TeamViewer').press('Enter');
  await expect(page.getByRole('heading', { name: /^Sessione in corso/u })).toBeVisible();
  const shown = /ID (\d+), password (\S+)/u.exec(
    await page.getByText(/Il TeamViewer simulato mostra/u).innerText(),
  );
  codes = [shown?.[1] ?? '', shown?.[2] ?? ''];
  await page.getByLabel('ID di TeamViewer').fill(shown?.[1] ?? '');
  await page.getByLabel('Password di TeamViewer').fill(shown?.[2] ?? '');
  await expect(page.getByLabel('Password di TeamViewer')).toHaveAttribute('type', 'password');
  await clean('codes');
  await button(/^Manda a/u).click();
  await expect(page.getByText(/^Codici consegnati a/u)).toBeVisible();
  await expect(page.getByText('qualcuno è collegato').first()).toBeVisible({ timeout: 60_000 });
  await clean('live');
});

test('R-REMOTE-6: the strip is above everything, and the hot key ends the session when the main window is closed', async () => {
  const strip = started.app.windows().find((window) => window.url().endsWith('#strip'));
  expect(strip).toBeDefined();
  if (strip === undefined) return;
  await expect(strip.getByRole('heading', { name: /^\d\d:\d\d:\d\d · in corso$/u })).toBeVisible();
  await expect(strip.getByText(/^Non trovo il driver|^La lettura|^Lettura/u)).toBeVisible();
  await clean('strip', strip);
  const facts = await started.app.evaluate(({ BrowserWindow, globalShortcut }) => {
    const window = BrowserWindow.getAllWindows().find((item) => item.webContents.getURL().endsWith('#strip'));
    return {
      top: window?.isAlwaysOnTop(),
      size: window?.getContentSize(),
      key: globalShortcut.isRegistered('Control+Alt+Shift+T'),
    };
  });
  expect(facts).toEqual({ top: true, size: [360, 116], key: true });
  await page.close();
  await expect(strip.getByRole('button', { name: 'Termina' })).toBeVisible();
  const reopened = (): Page | undefined =>
    started.app.windows().find((window) => window.url().includes('#session-'));
  // The keys that close a window, over the strip: it stays, and the session comes to be seen.
  await started.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((item) => item.webContents.getURL().endsWith('#strip'))
      ?.close();
  });
  await expect.poll(() => reopened()?.url(), { timeout: 60_000 }).toBeDefined();
  await expect(strip.getByRole('button', { name: 'Termina' })).toBeVisible();
  await reopened()?.close();
  await expect.poll(() => reopened()).toBeUndefined();
  pressEndKeys();
  await expect.poll(() => reopened()?.url(), { timeout: 60_000 }).toBeDefined();
  page = reopened() ?? page;
  await expect(page.getByRole('heading', { name: 'Sessione finita' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/^Chiusa da te dopo/u)).toBeVisible();
  await expect(page.getByText(/^Firmata con la chiave di questo PC/u)).toBeVisible({ timeout: 60_000 });
  await clean('after');
});

test('R-REMOTE-7, THREAT-12: the receipt goes to the reply, and the audit proves what happened', async () => {
  const receipts = join(started.dataFolder, 'receipts');
  expect(
    readdirSync(receipts)
      .map((name) => name.replace(/-.*\./u, '.'))
      .sort(),
  ).toEqual(['backup.json', 'backup.pdf', 'sessione.json', 'sessione.pdf']);
  expect(pdfOf(receipts)).toEqual({ head: '%PDF-', isWhole: true });
  await expect(page.getByText(/^Ultimo passo per chiudere: TeamViewer chiuso/u)).toBeVisible();
  // The ticket is on screen first, with the reply as it is before.
  await button('Torna alla richiesta').click();
  await expect(page.getByRole('textbox', { name: /^Rispondi/u })).toHaveValue('');
  await button('Vedi la sessione').click();
  await button('Allega alla risposta').click();
  await expect(page.getByText(/^sessione-.*\.pdf$/u).first()).toBeVisible();
  // On the ticket both receipts stay at hand.
  const list = page.getByRole('region', { name: 'Ricevute' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await list.getByRole('button', { name: /^Allega alla risposta: Backup/u }).click();
  await expect(page.getByText(/^backup-.*\.pdf$/u).first()).toBeVisible();
  await clean('ticket with receipts');
  await goTo(page, 'Registro');
  await page.getByRole('button', { name: 'Sessioni', exact: true }).click();
  await expect(page.getByText('Consenso dato')).toBeVisible();
  await expect(page.getByText('Consenso negato')).toBeVisible();
  await button('Verifica').click();
  await expect(page.getByText(/^Registro integro: \d+ voci, 2 firme/u)).toBeVisible();
  await clean('audit');
  // THREAT-10: the codes are in no file of the program's or the window's, in whatever form.
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.every((code) => code.length >= 8)).toBe(true);
  expect(filesWith(started.dataFolder, codes)).toEqual([]);
});

test('wizard is clean in English and in the dark when it is walked again', async () => {
  await page.evaluate(() => window.officina.saveSettings({ language: 'en', theme: 'dark' }));
  await page.reload();
  await page.getByRole('navigation', { name: 'Steps of the session' }).waitFor();
  await clean('after, English, dark');
  await button('Prepare another session').click();
  for (const name of [
    'Request assigned',
    'Backup',
    'Open programs',
    'TeamViewer',
    'Consent',
    'Start and codes',
  ]) {
    await page
      .getByRole('navigation', { name: 'Steps of the session' })
      .getByRole('button', { name: new RegExp(`^${name}`, 'u') })
      .click();
    await clean(`${name}, English, dark`);
  }
  await button('Not now').click();
});
