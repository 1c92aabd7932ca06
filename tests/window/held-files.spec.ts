import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { killed } from '../faults/killed-app.ts';
import { holder, writer } from './holder.ts';
import { freshDataFolder, type Launched, launch } from './launch.ts';
import { onLinux } from './on-linux.ts';
import { firstRun, goTo } from './workshop.ts';

const line = '18:01:44 ERR back checksum\n';
const waiting = (page: Page, name: string) =>
  page.getByText(`In attesa che un altro programma lasci ${name}`);
const refusal = (page: Page, code: string) => page.getByRole('alert').filter({ hasText: code });
const again = (page: Page) => page.getByRole('button', { name: 'Riprova con questo file' });

async function withFiles(
  names: readonly string[],
  env: Record<string, string> = {},
): Promise<Launched & { readonly paths: readonly string[]; readonly add: () => Promise<void> }> {
  const folder = freshDataFolder();
  const paths = names.map((name) => join(folder, name));
  for (const path of paths) writeFileSync(path, line);
  const launched = await launch({ env });
  await firstRun(launched.page);
  await launched.app.evaluate(({ dialog }, chosen) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: chosen }));
  }, paths);
  await goTo(launched.page, 'Prove');
  return {
    ...launched,
    paths,
    add: () => launched.page.getByRole('button', { name: 'Aggiungi file' }).click(),
  };
}

async function isTaken(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: 'Copie salvate' }).click();
  await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
}

test('D3: window says which file it waits for, takes the others meanwhile, and takes it when the other program lets go', async () => {
  const {
    app,
    page,
    paths: [held = ''],
    add,
  } = await withFiles(['tenuto.log', 'libero.log']);
  const other = await holder(held);
  await add();
  await expect(waiting(page, 'tenuto.log')).toBeVisible();
  // The rest of the window goes on while it waits.
  await goTo(page, 'Strumenti');
  await expect(page.getByRole('heading', { name: 'Strumenti', level: 1 })).toBeVisible();
  await goTo(page, 'Prove');
  await expect(waiting(page, 'tenuto.log')).toBeVisible();
  await killed(other);
  await expect(waiting(page, 'tenuto.log')).toHaveCount(0);
  await isTaken(page, 'tenuto.log');
  await expect(page.getByRole('button', { name: 'libero.log', exact: true })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await app.close();
});

test('D3: waiting for a held file ends when the person stops it, and the file is taken by another try', async () => {
  const {
    app,
    page,
    paths: [held = ''],
    add,
  } = await withFiles(['tenuto.log']);
  const other = await holder(held);
  await add();
  await expect(waiting(page, 'tenuto.log')).toBeVisible();
  // The search of the folders has a way to stop it as well, while it goes on.
  await page
    .locator('.progress-line')
    .filter({ has: waiting(page, 'tenuto.log') })
    .getByRole('button', { name: 'Ferma' })
    .click();
  await expect(waiting(page, 'tenuto.log')).toHaveCount(0);
  await expect(refusal(page, 'cancelled')).toBeVisible();
  await killed(other);
  await again(page).click();
  await expect(refusal(page, 'cancelled')).toHaveCount(0);
  await isTaken(page, 'tenuto.log');
  await app.close();
});

test('D3: window asks when the file stays held beyond patience, and takes it by another try when it is free', async () => {
  const {
    app,
    page,
    paths: [held = ''],
    add,
  } = await withFiles(['tenuto.log'], { BUSY_MS: '1500' });
  const other = await holder(held);
  await add();
  await expect(refusal(page, 'evidence.locked')).toContainText('Chiudi il programma che lo usa e riprova.');
  await killed(other);
  await again(page).click();
  await expect(refusal(page, 'evidence.locked')).toHaveCount(0);
  await isTaken(page, 'tenuto.log');
  await app.close();
});

onLinux(
  '[linux] D3: file whose permission was taken away is told, and is taken by another try when it is given back',
  async () => {
    const {
      app,
      page,
      paths: [closed = ''],
      add,
    } = await withFiles(['chiuso.log']);
    chmodSync(closed, 0);
    await add();
    await expect(refusal(page, 'evidence.unreadable')).toContainText(
      'Il file originale non è stato toccato.',
    );
    chmodSync(closed, 0o644);
    await again(page).click();
    await expect(refusal(page, 'evidence.unreadable')).toHaveCount(0);
    await isTaken(page, 'chiuso.log');
    await app.close();
  },
);

test('A1: file that never rests is told, and is taken by another try when the tool has finished', async () => {
  const {
    app,
    page,
    paths: [busy = ''],
    add,
  } = await withFiles(['scritto.log']);
  writeFileSync(busy, Buffer.alloc(64 * 1024 ** 2, 65));
  const tool = await writer(busy);
  await add();
  await expect(refusal(page, 'evidence.changing')).toContainText('Aspetta che lo strumento finisca');
  await killed(tool);
  await again(page).click();
  await expect(refusal(page, 'evidence.changing')).toHaveCount(0);
  await isTaken(page, 'scritto.log');
  await app.close();
});
