import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { goLive, launchAsked } from './remote-wizard.ts';

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
