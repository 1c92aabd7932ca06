import { AxeBuilder } from '@axe-core/playwright';
import {
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freshDataFolder, launch } from './launch.ts';
import { firstRun, goTo, writeRequest } from './workshop.ts';

test('R-PRIVACY-1: everything is taken along in a folder, then erased, and the program begins anew', async () => {
  const { app, page, dataFolder } = await launch();
  await firstRun(page);
  await writeRequest(page);
  const target = mkdtempSync(join(tmpdir(), 'officina-taken-'));
  await app.evaluate(({ app: program, dialog }, folder) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [folder] }));
    Reflect.set(program, 'relaunch', () => undefined);
  }, target);
  await goTo(page, 'Impostazioni');
  await page.getByRole('button', { name: 'Esporta tutto in una cartella' }).click();
  await expect(page.getByText(/^Tutto è in «/u)).toBeVisible();
  const [taken] = readdirSync(target);
  expect(readFileSync(join(target, taken ?? '', 'store/tickets.json'), 'utf8')).toContain(
    'La lettura si ferma al 38 %',
  );

  await page.getByRole('button', { name: 'Cancella tutto', exact: true }).click();
  // The safe answer has the focus: Enter changes nothing.
  await expect(page.getByRole('button', { name: 'Tieni tutto' })).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  const gone = new Promise((done) => app.process().once('exit', done));
  await page.getByRole('button', { name: 'Cancella tutto', exact: true }).click();
  await page.getByRole('button', { name: 'Cancella tutto e riavvia' }).click();
  await gone;

  const again = await launch({ dataFolder });
  await expect(again.page.getByLabel('Codice cliente', { exact: true })).toBeVisible();
  expect(
    await again.page.evaluate(async () => window.officina.requests({ filter: 'all', text: '', offset: 0 })),
  ).toMatchObject({
    ok: true,
    value: { total: 0 },
  });
  expect(readdirSync(dataFolder)).not.toContain('backups');
  await again.app.close();
});

test('R-PRIVACY-1: what another program holds is named, and the program begins anew once it is free', async () => {
  const dataFolder = freshDataFolder();
  const folder = join(dataFolder, 'evidence');
  mkdirSync(folder);
  writeFileSync(join(folder, 'held'), 'x');
  writeFileSync(join(dataFolder, 'erase-next.txt'), '');
  // Windows keeps what somebody has for themselves (a share mode of nothing); elsewhere a folder that takes no writing keeps what is in it.
  const release =
    process.platform === 'win32'
      ? (
          (file: number) => () =>
            closeSync(file)
        )(openSync(join(folder, 'held'), constants.O_RDWR | 0x1000_0000))
      : () => chmodSync(folder, 0o700);
  if (process.platform !== 'win32') chmodSync(folder, 0o500);
  const { app, page } = await launch({ dataFolder, waits: false });
  const notice = page.getByRole('alert').filter({ hasText: 'store.notErased' });
  await expect(notice).toContainText('held');
  expect(readdirSync(dataFolder)).not.toContain('officina.db');
  release();
  await notice.getByRole('button', { name: /^(Riprova|Try again)$/u }).click();
  await expect(page.getByLabel('Codice cliente', { exact: true })).toBeVisible();
  expect(readdirSync(dataFolder)).not.toContain('erase-next.txt');
  await app.close();
});
