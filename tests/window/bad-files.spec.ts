import { chmodSync, closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { freshDataFolder, launch } from './launch.ts';
import { firstRun, goTo } from './workshop.ts';

test('bad files each get a sentence with what to do, and the good one beside them is taken', async () => {
  const folder = freshDataFolder();
  const place = (name: string): string => join(folder, name);
  writeFileSync(place('buono.log'), '18:01:44 ERR back checksum\n');
  writeFileSync(place('vuoto.log'), '');
  writeFileSync(place('chiuso.log'), 'x');
  chmodSync(place('chiuso.log'), 0);
  mkdirSync(place('cartella.log'));
  const huge = openSync(place('enorme.log'), 'w');
  ftruncateSync(huge, 4 * 1024 ** 3);
  closeSync(huge);
  const { app, page } = await launch();
  await firstRun(page);
  await app.evaluate(({ dialog }, paths) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: paths }));
  }, ['vuoto.log', 'chiuso.log', 'cartella.log', 'enorme.log', 'sparito.log', 'buono.log'].map(place));
  await goTo(page, 'Prove');
  await page.getByRole('button', { name: 'Aggiungi file' }).click();
  for (const sentence of ['Il file è vuoto.', 'Il file non si legge.', 'file, non una cartella', 'Il file supera il limite', 'Il file non è più dove era.']) {
    await expect(page.getByText(sentence).first()).toBeVisible({ timeout: 20_000 });
  }
  await page.getByRole('tab', { name: 'Copie fissate' }).click();
  await expect(page.getByText('buono.log').first()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  await app.close();
});
