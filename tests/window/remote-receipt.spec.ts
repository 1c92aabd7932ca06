import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { consent, gate, goLive, launchAsked, passChecks, standInSees } from './remote-wizard.ts';
import { goTo } from './workshop.ts';

test('R-REMOTE-7: a receipt whose files cannot be written says so, and is written when the button is pressed', async () => {
  const { app, page, dataFolder } = await launchAsked();
  await goLive(page);
  const place = join(dataFolder, 'receipts');
  writeFileSync(place, 'in the way of the folder');
  await page.getByRole('button', { name: 'Termina la sessione' }).click();
  await page.getByRole('button', { name: 'Confermo io: è finita' }).click();
  await expect(page.getByText(/i suoi file non si sono ancora potuti scrivere/u)).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText(/già salva fra i dati del programma/u)).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('unwritten.png') });
  const retry = page.getByRole('button', { name: 'Riprova ora' });
  // Each try that fails is noted under a reference of its own: by it the first one is known to be over.
  const reference = page.getByText(/Riferimento/u).first();
  const before = (await reference.textContent()) ?? '';
  await retry.click();
  await expect(reference).not.toHaveText(before, { timeout: 60_000 });
  await expect(page.getByText(/i suoi file non si sono ancora potuti scrivere/u)).toBeVisible();
  rmSync(place);
  await retry.click();
  await expect(page.getByText(/già salva fra i dati del programma/u)).toBeVisible({ timeout: 60_000 });
  await expect(retry).toHaveCount(0);
  expect(
    readdirSync(place)
      .map((name) => name.split('.').at(-1))
      .sort(),
  ).toEqual(['json', 'pdf']);
  await app.close();
});

test('R-REMOTE-6: a session nobody joined ends in its own words and the wish stays; one that was held is offered no more', async () => {
  const { app, page, dataFolder } = await launchAsked();
  const bar = page.getByText(/^L'operatore Sara .*chiede una sessione remota\.$/u);
  const prepareFromBar = page.getByRole('main').getByRole('button', { name: 'Prepara la sessione' }).first();
  await goLive(page);
  await page.getByRole('button', { name: 'Termina la sessione' }).click();
  await expect(page.getByRole('heading', { name: 'Sessione finita: nessuno si è collegato' })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText('nessun controllo ha visto entrare qualcuno')).toBeVisible();
  await expect(page.getByText('due controlli su tre')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('nobody.png') });
  // The reply says it as it was.
  await expect(page.getByText(/^Firmata con la chiave di questo PC/u)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Allega alla risposta' }).first().click();
  await expect(page.getByRole('textbox', { name: /^Rispondi/u })).toHaveValue(
    /è finita senza che nessuno si sia collegato/u,
  );
  // Whoever was waited for in vain asks still.
  await expect(bar).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('still-asked.png') });
  await prepareFromBar.click();
  await page.getByRole('button', { name: "Prepara un'altra sessione" }).click();
  await expect(gate(page, 'Backup')).toContainText('dichiarato');
  await passChecks(page);
  await consent(page);
  await gate(page, 'Avvio e codici').click();
  await page.getByRole('button', { name: 'Avvia TeamViewer' }).click();
  await expect(page.getByRole('heading', { name: /^Sessione in corso/u })).toBeVisible();
  standInSees(dataFolder, 'connect');
  await expect(page.getByText('qualcuno è collegato').first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Termina la sessione' }).click();
  await expect(page.getByRole('heading', { name: 'Sessione finita', exact: true })).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'Torna alla richiesta' }).click();
  await expect(page.getByRole('textbox', { name: /^Rispondi/u })).toBeVisible();
  await expect(bar).toHaveCount(0);
  await goTo(page, 'Oggi');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Prepara la sessione/u })).toHaveCount(0);
  await app.close();
});
