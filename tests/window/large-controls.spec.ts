import { expect, type Page, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { launch } from './launch.ts';
import { firstRun, goTo, openSection, writeAndSend } from './workshop.ts';

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
    await page.waitForTimeout(250);
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
