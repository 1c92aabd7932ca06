import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { freshDataFolder, launch } from './launch.ts';
import { firstRun, goTo, queueAnother } from './workshop.ts';

test('R-TICKET-1: ticket shows a receipt for each file by the word of the portal, folded away, and copies it', async () => {
  const { app, page } = await launch({ env: { SYNC_MS: '300', TZ: 'Europe/Rome' } });
  await firstRun(page);
  const folder = freshDataFolder();
  const paths = ['ktag.log', 'kess.log'].map((name) => join(folder, name));
  for (const path of paths) writeFileSync(path, `${path} 18:01:44 ERR back checksum\n`);
  await app.evaluate(({ dialog }, filePaths) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths }));
  }, paths);
  const files = (await call(page, 'chooseFiles', {})).frozen;
  const { version, sha256 } = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version, sha256 });
  const id = await queueAnother(
    page,
    'Non trovo il driver',
    files.map((file) => file.id),
  );
  await expect
    .poll(async () => (await call(page, 'ticket', { id })).fileReceipts.length, { timeout: 60_000 })
    .toBe(2);
  await goTo(page, 'Richieste');
  await page
    .getByRole('button', { name: /Non trovo il driver/u })
    .first()
    .click();
  const side = page.getByRole('complementary', { name: 'Dati della richiesta' });
  const hash = files[0]?.sha256 ?? '';
  await expect(side.getByRole('button', { name: 'Copia la ricevuta di ktag.log' })).toBeHidden();
  await side.getByText('Ricevute di 2 file').click();
  await side.getByRole('button', { name: 'Copia la ricevuta di ktag.log' }).click();
  const { number } = (await call(page, 'ticket', { id })).ticket;
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(
      new RegExp(
        `^File: ktag\\.log\\nDimensione: ${files[0]?.sizeBytes} B\\nImpronta SHA-256: ${hash}\\nRicevuto dal portale: \\S+Z\\nRichiesta: ${number}$`,
        'u',
      ),
    );
  await side.getByRole('button', { name: 'Copia tutte le ricevute' }).click();
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/ktag\.log[\s\S]*\n\nFile: |kess\.log[\s\S]*\n\nFile: /u);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  const pictures = process.env['PICTURES'];
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/receipts.png` });
  await goTo(page, 'Impostazioni');
  await page.getByLabel('Lingua del programma').selectOption({ label: 'English' });
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('button', { name: 'Requests', exact: true })
    .click();
  await page
    .getByRole('button', { name: /Non trovo il driver/u })
    .first()
    .click();
  await expect(page.getByText('Receipts of 2 files').first()).toBeVisible();
  await app.close();
});
