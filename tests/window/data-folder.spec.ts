import { AxeBuilder } from '@axe-core/playwright';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { launch } from './launch.ts';
import { firstRun, goTo } from './workshop.ts';

/** What the system is asked to show, and what it answers: nothing where it did. */
async function systemAnswers(app: ElectronApplication, answer: string): Promise<void> {
  await app.evaluate(({ shell }, said) => {
    Reflect.set(globalThis, 'shown', []);
    shell.openPath = async (path) => {
      (Reflect.get(globalThis, 'shown') as string[]).push(path);
      return said;
    };
  }, answer);
}
const shown = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => Reflect.get(globalThis, 'shown') as string[]);

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  await page.getByRole('option').first().click();
}

test('data folder opens from the settings and by its command, always that one, and a refusal says what to do', async () => {
  const { app, page, dataFolder } = await launch();
  await firstRun(page);
  await systemAnswers(app, '');
  await goTo(page, 'Impostazioni');
  await page.getByRole('button', { name: 'Apri la cartella dei dati' }).click();
  await command(page, 'cartella dei dati');
  await expect.poll(() => shown(app)).toEqual([dataFolder, dataFolder]);
  // A page cannot name another one.
  const named = await page.evaluate(() =>
    (
      window.officina.openDataFolder as (input: unknown) => Promise<{ ok: boolean; error?: { code: string } }>
    )({
      path: '/etc',
    }),
  );
  expect([named.ok, named.error?.code]).toEqual([false, 'E_INPUT']);
  await systemAnswers(app, 'nothing shows folders here');
  await page.getByRole('button', { name: 'Apri la cartella dei dati' }).click();
  await expect(page.getByRole('alert')).toContainText('Il sistema non ha aperto la cartella dei dati.');
  expect(await shown(app)).toEqual([dataFolder]);
  await app.close();
});

test('language changes from the search box, there and back', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await command(page, 'lingua');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await command(page, 'italian');
  await expect(page.locator('html')).toHaveAttribute('lang', 'it');
  await app.close();
});

test('diagnosis is read before it is copied, and names neither the workshop nor its folder', async () => {
  const { app, page, dataFolder } = await launch();
  await firstRun(page);
  await goTo(page, 'Impostazioni');
  await page.getByRole('button', { name: 'Diagnosi' }).click();
  const sheet = page.getByRole('dialog', { name: 'Diagnosi' });
  await expect(sheet).toContainText('Archivio: healthy');
  await expect(sheet).toContainText('Portale: practice');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await sheet.getByRole('button', { name: 'Copia la diagnosi' }).click();
  await expect(sheet.getByRole('status')).toContainText('Copiat');
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied.split('\n')).toHaveLength(8);
  for (const own of ['Rossi', 'ALI-20417', 'mario', dataFolder]) expect(copied).not.toContain(own);
  await app.close();
});
