import { expect, type Page, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { still } from './still.ts';
import { launch } from './launch.ts';
import { consent, declareBackup, gate, launchAsked, passChecks } from './remote-wizard.ts';
import { fillTool, firstRun, goTo, openSection, writeAndSend } from './workshop.ts';

const least = 44;
const targets =
  'button, input:not([type="hidden"]), select, textarea, summary, [role="tab"], [role="option"], [role="menuitem"], a[href]';

/** Everything on screen that can be pressed and is smaller than a gloved finger, by its words; and how many there are. */
async function small(page: Page): Promise<{ readonly met: number; readonly small: readonly string[] }> {
  return page.evaluate(
    ({ what, px }) => {
      const shown = [...document.querySelectorAll<HTMLElement>(what)].filter((item) => {
        const { width, height } = item.getBoundingClientRect();
        const style = getComputedStyle(item);
        return (
          width > 0 &&
          height > 0 &&
          style.visibility !== 'hidden' &&
          style.pointerEvents !== 'none' &&
          !item.matches(':disabled')
        );
      });
      const sizeOf = (item: HTMLElement): { width: number; height: number } => {
        // A box or a dot is hit by its whole line, a head by the card that it covers.
        const label =
          item instanceof HTMLInputElement && ['checkbox', 'radio'].includes(item.type)
            ? item.closest('label')
            : null;
        const box = (label ?? item).getBoundingClientRect();
        const cover = getComputedStyle(item, '::after');
        const height =
          cover.position === 'absolute' && cover.content !== 'none' ? Number.parseFloat(cover.height) : 0;
        const width =
          cover.position === 'absolute' && cover.content !== 'none' ? Number.parseFloat(cover.width) : 0;
        return { width: Math.max(box.width, width || 0), height: Math.max(box.height, height || 0) };
      };
      return {
        met: shown.length,
        small: shown
          .map((item) => ({ item, ...sizeOf(item) }))
          .filter(({ width, height }) => height < px - 0.5 || width < px - 0.5)
          .map(
            ({ item, width, height }) =>
              `${item.tagName.toLowerCase()}.${item.className} "${(item.ariaLabel ?? item.innerText).slice(0, 40)}" ${Math.round(width)}x${Math.round(height)}`,
          ),
      };
    },
    { what: targets, px: least },
  );
}

test('every target of every screen is at least 44 px when large controls are on', async () => {
  test.setTimeout(240_000);
  const { app, page } = await launch({ env: { OPERATOR_DELAY_MS: '600000' } });
  await firstRun(page);
  await writeAndSend(page);
  await call(page, 'saveSettings', { largeControls: true });
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-controls', 'large');
  const wrong: string[] = [];
  let met = 0;
  const look = async (where: string): Promise<void> => {
    await still(page);
    const seen = await small(page);
    met += seen.met;
    wrong.push(...seen.small.map((item) => `${where}: ${item}`));
  };
  for (const screen of ['Oggi', 'Richieste', 'Prove', 'Strumenti', 'Registro', 'Impostazioni']) {
    await goTo(page, screen);
    await look(screen);
  }
  await page.getByRole('button', { name: 'Componenti e licenze' }).click();
  await look('licences');
  await page.keyboard.press('Escape');
  await goTo(page, 'Prove');
  // With files in it: lines, ticks, dots, the menu and what a LOG tells of its failure.
  const log = await page.evaluate(async () => {
    await window.officina.loadSamples({});
    return (await window.officina.startScan({})).ok;
  });
  expect(log).toBe(true);
  await page.getByRole('button', { name: 'Cerca di nuovo' }).click();
  await page.getByRole('button', { name: /^ktag_read_sample/u }).click();
  await expect(page.getByRole('region', { name: 'Il guasto in figura' })).toBeVisible();
  await look('evidence with files');
  await page.getByRole('button', { name: /^Azioni per ktag_read/u }).click();
  await look('menu of a file');
  await page.keyboard.press('Escape');
  for (const tab of ['Copie salvate', 'Cartelle']) {
    await page.getByRole('tab', { name: tab }).click();
    await look(tab);
  }
  await goTo(page, 'Strumenti');
  await page.getByRole('button', { name: 'Aggiungi strumento' }).click();
  await look('tool form');
  await goTo(page, 'Richieste');
  await page
    .getByRole('table', { name: 'Richieste' })
    .getByRole('button', { name: 'La lettura si ferma' })
    .click();
  await expect(page.getByRole('button', { name: 'Copia il numero' })).toBeVisible();
  await look('ticket');
  await goTo(page, 'Nuova richiesta');
  await page.getByRole('radio', { name: 'Lettura non riuscita' }).check();
  for (const section of [
    'Strumento',
    'Problema',
    'Prove',
    'Veicolo e centralina',
    'Passaggi',
    'Guide consultate',
  ]) {
    await openSection(page, section);
    if (section === 'Passaggi')
      await page.getByRole('button', { name: 'Avviata la lettura' }).first().click();
    await look(section);
  }
  await page.getByRole('button', { name: 'Altro', exact: true }).click();
  await look('menu of the draft');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Controlla e invia' })).toBeVisible();
  await look('review');
  await page.getByRole('combobox', { name: 'Cerca una richiesta o un comando' }).focus();
  await look('search');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Apri la coda di invio/u }).click();
  await look('outbox');
  await page.keyboard.press('Escape');
  expect([...new Set(wrong)]).toEqual([]);
  // Twenty screens with ten targets each at the least: nothing was looked at beside them.
  expect(met).toBeGreaterThan(300);
  await app.close();
});

/** Collects what is too small, screen by screen; `done` holds it and that enough was met. */
function looker(): {
  readonly look: (page: Page, where: string) => Promise<void>;
  readonly done: (least: number) => void;
} {
  const wrong: string[] = [];
  let met = 0;
  return {
    look: async (page, where) => {
      await still(page);
      const seen = await small(page);
      met += seen.met;
      wrong.push(...seen.small.map((item) => `${where}: ${item}`));
    },
    done: (leastMet) => {
      expect([...new Set(wrong)]).toEqual([]);
      expect(met).toBeGreaterThan(leastMet);
    },
  };
}

test('every target of the first run and of the confirmations is at least 44 px when large controls are on', async () => {
  test.setTimeout(120_000);
  const { app, page } = await launch();
  const { look, done } = looker();
  await call(page, 'saveSettings', { largeControls: true });
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-controls', 'large');
  await expect(page.getByLabel('Codice cliente', { exact: true })).toBeVisible();
  await look(page, 'workshop');
  await page.getByLabel('Codice cliente', { exact: true }).fill('ALI-20417');
  await page.getByLabel('Azienda').fill('Officina Rossi');
  await page.getByLabel('E-mail legata al codice cliente').fill('mario@rossi.example');
  await page.getByRole('button', { name: 'Continua', exact: true }).click();
  await look(page, 'code read back');
  await page.getByRole('button', { name: 'Sì, è giusto' }).click();
  await look(page, 'first tool');
  await fillTool(page);
  await look(page, 'serial read back');
  await page.getByRole('button', { name: 'Sì, è giusto' }).click();
  await look(page, 'folders');
  await page.getByRole('button', { name: 'Continua', exact: true }).click();
  await look(page, 'where requests go');
  await page.getByRole('button', { name: 'Comincia', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Oggi · Officina Rossi' })).toBeVisible();
  await goTo(page, 'Strumenti');
  await page.getByRole('button', { name: /^Dettagli di /u }).click();
  await look(page, 'details of a tool');
  await page.getByRole('button', { name: /^(Togli|Rimuovi|Elimina) K-TAG/u }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await look(page, 'removing a tool');
  await page.keyboard.press('Escape');
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Problema');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('Si ferma');
  await openSection(page, 'Passaggi');
  await page.getByRole('textbox', { name: 'Nuovo passaggio' }).fill('Avviata la lettura');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Azioni del passaggio 1' }).click();
  await look(page, 'menu of a step');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Altro', exact: true }).click();
  await page.getByRole('menuitem').last().click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await look(page, 'removing a draft');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F1');
  await look(page, 'help');
  done(60);
  await app.close();
});

test('every target of the remote session and of its strip is at least 44 px when large controls are on', async () => {
  test.setTimeout(180_000);
  const { app, page } = await launchAsked();
  const { look, done } = looker();
  await call(page, 'saveSettings', { largeControls: true });
  // What is on screen follows the setting as it does from the settings: by looking again.
  await page.evaluate(() => {
    document.documentElement.dataset['controls'] = 'large';
  });
  for (const name of [
    'Richiesta',
    'Backup',
    'Programmi aperti',
    'TeamViewer',
    'Consenso',
    'Avvio e codici',
  ]) {
    await gate(page, name).click();
    await look(page, `gate ${name}`);
  }
  await declareBackup(page);
  await look(page, 'declared backup');
  await passChecks(page);
  await look(page, 'checked TeamViewer');
  await consent(page);
  await gate(page, 'Avvio e codici').click();
  await look(page, 'ready to start');
  await page.getByRole('button', { name: 'Avvia TeamViewer' }).click();
  await expect(page.getByRole('heading', { name: /^Sessione in corso/u })).toBeVisible();
  await look(page, 'live');
  const stripOf = (): Page | undefined => app.windows().find((window) => window !== page);
  await expect.poll(() => stripOf() !== undefined).toBe(true);
  const strip = stripOf() ?? page;
  await expect(strip.getByRole('button')).toBeVisible();
  await expect(strip.locator('html')).toHaveAttribute('data-controls', 'large');
  await look(strip, 'strip');
  await page.getByRole('button', { name: 'Termina la sessione' }).click();
  await expect(page.getByText(/^TeamViewer ha ricevuto la richiesta di chiudersi/u)).toBeVisible();
  await look(page, 'ending');
  done(60);
  await app.close();
});
