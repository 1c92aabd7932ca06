import { AxeBuilder } from '@axe-core/playwright';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launch } from './launch.ts';
import { firstRun, goTo } from './workshop.ts';

test('store goes back to a backup and says so when a person chose it in the settings', async () => {
  const { app, page, dataFolder } = await launch();
  await firstRun(page);
  await goTo(page, 'Impostazioni');
  // The first backups are made by themselves a few seconds after the start.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Vedi le copie' }).click();
    await expect(page.getByRole('button', { name: /^Torna alla copia di/u }).first()).toBeVisible({
      timeout: 1_000,
    });
  }).toPass({ timeout: 60_000, intervals: [1_000] });
  // Two more of the same minute, and the first once more under a name that a person gave it.
  const backups = join(dataFolder, 'backups');
  const made = readdirSync(backups).find((name) => /^(?:weekly|daily|quarter)-.{19}\.db$/u.test(name)) ?? '';
  const minute = made.slice(made.indexOf('-') + 1).slice(0, 13);
  for (const name of [`daily-${minute}01001Z.db`, `quarter-${minute}02001Z.db`, `copia ${made}`])
    copyFileSync(join(backups, made), join(backups, name));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Vedi le copie' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(4);
  const lines = await page.getByRole('dialog').getByRole('listitem').allInnerTexts();
  expect(new Set(lines).size, lines.join(' / ')).toBe(4);
  expect(lines.every((line) => /\d\d:\d\d:\d\d/u.test(line))).toBe(true);
  const names = await page
    .getByRole('button', { name: /^Torna alla copia di \d\d:\d\d:\d\d, /u })
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  expect([names.length, new Set(names).size]).toEqual([4, 4]);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  await app.evaluate(({ app: program }) => {
    Reflect.set(program, 'relaunch', () => undefined);
  });
  const gone = new Promise((done) => app.process().once('exit', done));
  await page
    .getByRole('button', { name: /^Torna alla copia di/u })
    .first()
    .click();
  await expect(page.getByRole('button', { name: "Lascia com'è" })).toBeFocused();
  await page.getByRole('button', { name: 'Riavvia con la copia' }).click();
  await gone;
  expect(readFileSync(join(dataFolder, 'restore-next.txt'), 'utf8')).toMatch(/^(weekly|daily|quarter)-/u);
  const second = await launch({ dataFolder });
  await expect(second.page.getByText(/ripartito dalla copia che hai scelto/u)).toBeVisible();
  await second.app.close();
});
