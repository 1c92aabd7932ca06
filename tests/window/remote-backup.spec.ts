import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { killed } from '../faults/killed-app.ts';
import { holder } from './holder.ts';
import { freshDataFolder, type Launched } from './launch.ts';
import { onLinux } from './on-linux.ts';
import { chooses, gate, launchAsked } from './remote-wizard.ts';
import { launchWithDrive } from './small-disk.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const proved = (page: Page) =>
  expect(page.getByText(/^Backup verificato: \d+ file/u)).toBeVisible({ timeout: 60_000 });

/** Chooses one folder to copy and one to copy to, and counts. */
async function count({ app, page }: Launched, source: string, destination: string): Promise<void> {
  await chooses(app, source, destination);
  await gate(page, 'Backup').click();
  for (const box of await page.getByRole('checkbox', { name: /^\// }).all()) await box.uncheck();
  await button(page, 'Aggiungi una cartella').click();
  await expect(page.getByRole('checkbox', { name: source })).toBeChecked();
  await button(page, 'Scegli la destinazione').click();
  await expect(page.getByText(/ liberi$/u)).toBeVisible();
  await button(page, 'Calcola lo spazio').click();
}

/** Files of which another program holds one, so that a backup is in its middle until that one lets go. */
async function heldFolder(): Promise<{ readonly source: string; readonly letGo: () => Promise<void> }> {
  const source = freshDataFolder();
  for (let index = 0; index < 60; index += 1)
    writeFileSync(join(source, `lettura ${index}.ori`), `lettura ${index}`.repeat(1_000));
  const program = await holder(join(source, 'lettura 59.ori'));
  return { source, letGo: () => killed(program) };
}

const copying = (page: Page) => expect(page.getByText(/^\d+ di 60 file verificati$/u)).toBeVisible();

onLinux(
  '[linux] R-BACKUP-1: a drive pulled out in the middle is said, proves nothing, and a repeat on another drive does',
  async () => {
    let plugged: Awaited<ReturnType<typeof launchWithDrive>> | undefined;
    const started = await launchAsked({}, async (env) => {
      plugged = await launchWithDrive(64 * 1024 ** 2, { env });
      return plugged;
    });
    const { app, page } = started;
    const { source, letGo } = await heldFolder();
    await count(started, source, plugged?.drive ?? '');
    // It is another disk, and nobody is warned for nothing.
    await expect(page.getByText('È lo stesso disco')).toHaveCount(0);
    await button(page, 'Copia e verifica').click();
    await copying(page);
    await plugged?.unplug();
    await letGo();
    await expect(
      page.getByText('La destinazione non risponde più: disco scollegato? Ricollegalo e riparti.'),
    ).toBeVisible({
      timeout: 60_000,
    });
    await expect(gate(page, 'Backup')).toContainText('da fare o da dichiarare');
    await expect(page.getByRole('alert')).toHaveCount(0);
    const small = freshDataFolder();
    writeFileSync(join(small, 'lettura.ori'), 'originale');
    await count(started, small, freshDataFolder());
    await button(page, 'Copia e verifica').click();
    await proved(page);
    await app.close();
  },
);

test('R-BACKUP-1: a cancelled backup says what stays, and the repeat copies only what is missing or changed and says so', async () => {
  const started = await launchAsked();
  const { app, page } = started;
  const { source, letGo } = await heldFolder();
  await count(started, source, freshDataFolder());
  await button(page, 'Copia e verifica').click();
  await copying(page);
  await button(page, 'Annulla').click();
  await expect(page.getByText('Annullato. Il già copiato resta e non si ricopia.')).toBeVisible();
  await expect(gate(page, 'Backup')).toContainText('da fare o da dichiarare');
  await letGo();
  await button(page, 'Calcola lo spazio').click();
  await button(page, 'Copia e verifica').click();
  await proved(page);
  await button(page, 'Rifai il backup').click();
  appendFileSync(join(source, 'lettura 7.ori'), 'modificata');
  writeFileSync(join(source, 'nuova.ori'), 'nuova');
  await button(page, 'Calcola lo spazio').click();
  await button(page, 'Copia e verifica').click();
  await proved(page);
  await expect(page.getByText('Copiati ora: 2; già uguali da un backup di prima: 59.')).toBeVisible();
  await app.close();
});
