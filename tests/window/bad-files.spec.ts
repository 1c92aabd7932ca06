import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { call } from '../faults/killed-app.ts';
import { freshDataFolder, launch } from './launch.ts';
import { onLinux } from './on-linux.ts';
import { sparseFile } from './small-disk.ts';
import { firstRun, goTo } from './workshop.ts';

onLinux(
  '[linux] bad files each get a sentence with what to do, and the good one beside them is taken',
  async () => {
    const folder = freshDataFolder();
    const place = (name: string): string => join(folder, name);
    writeFileSync(place('buono.log'), '18:01:44 ERR back checksum\n');
    writeFileSync(place('vuoto.log'), '');
    writeFileSync(place('chiuso.log'), 'x');
    chmodSync(place('chiuso.log'), 0);
    mkdirSync(place('cartella.log'));
    sparseFile(place('enorme.log'), 4 * 1024 ** 3);
    const { app, page } = await launch();
    await firstRun(page);
    await app.evaluate(({ dialog }, paths) => {
      Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: paths }));
    }, ['vuoto.log', 'chiuso.log', 'cartella.log', 'enorme.log', 'sparito.log', 'buono.log'].map(place));
    await goTo(page, 'Prove');
    await page.getByRole('button', { name: 'Aggiungi file' }).click();
    for (const sentence of [
      'Il file è vuoto.',
      'Il file non si legge.',
      'file, non una cartella',
      'Il file supera il limite',
      'Il file non è più dove era.',
    ]) {
      await expect(page.getByText(sentence).first()).toBeVisible({ timeout: 60_000 });
    }
    await page.getByRole('button', { name: 'Prendi solo la parte finale' }).click();
    await expect(page.getByText('Il file supera il limite')).toHaveCount(0);
    await page.getByRole('tab', { name: 'Copie salvate' }).click();
    await expect(page.getByRole('button', { name: 'enorme.log', exact: true })).toBeVisible();
    await expect(page.getByText('buono.log').first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map((item) => item.id)).toEqual([]);
    await app.close();
  },
);

const png = (widthPx: number, heightPx: number): Buffer => {
  const head = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
    Buffer.from('IHDR'),
    Buffer.alloc(13),
  ]);
  head.writeUInt32BE(widthPx, 16);
  head.writeUInt32BE(heightPx, 20);
  return head;
};

test('a picture too large for the window is told with its size, kept whole, and never handed to the window', async () => {
  const folder = freshDataFolder();
  const large = [
    sparseFile(join(folder, 'pesante.png'), evidenceLimits.fileBytes, png(4_000, 3_000)),
    sparseFile(join(folder, 'enorme.png'), 2_000, png(60_000, 50_000)),
    sparseFile(join(folder, 'ignota.jpg'), 300_000, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])),
  ];
  const broken = sparseFile(join(folder, 'rotta.png'), 2_000, png(800, 600));
  const { app, page } = await launch();
  await firstRun(page);
  await app.evaluate(
    ({ dialog }, paths) => {
      Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: paths }));
    },
    [...large, broken],
  );
  await goTo(page, 'Prove');
  await page.getByRole('button', { name: 'Aggiungi file' }).click();
  const preview = page.getByRole('complementary', { name: 'Anteprima' });
  for (const [name, sentence] of [
    ['pesante.png', /4\.?000 × 3\.?000 punti: qui non viene aperta\. La copia è intera/u],
    ['enorme.png', '60.000 × 50.000 punti'],
    ['ignota.jpg', 'Non dice quanto è grande'],
    ['rotta.png', 'Il file è danneggiato o incompleto'],
  ] as const) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(preview.getByText(sentence)).toBeVisible();
    await expect(preview.locator('img')).toHaveCount(0);
  }
  const whole = (await call(page, 'evidenceList', {})).find((file) => file.name === 'pesante.png');
  expect(whole?.sizeBytes).toBe(evidenceLimits.fileBytes);
  expect(whole === undefined ? null : await call(page, 'evidencePreview', { evidenceId: whole.id })).toEqual({
    kind: 'large-image',
    widthPx: 4_000,
    heightPx: 3_000,
  });
  await app.close();
});
