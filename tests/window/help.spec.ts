import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launch } from './launch.ts';
import { beginDraft, firstRun, goTo } from './workshop.ts';

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
}

test('the key of help opens the page of the screen somebody stands on, and the help is searched, in both languages', async () => {
  test.setTimeout(180_000);
  const { app, page } = await launch();
  await expect(page.getByRole('heading', { name: 'La tua officina' })).toBeVisible();
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: 'Aiuto' });
  await expect(help.getByRole('heading', { name: 'Il primo avvio' })).toBeVisible();
  await page.keyboard.press('Escape');
  await firstRun(page);
  for (const [place, title] of [
    ['Oggi', 'Oggi'],
    ['Strumenti', 'Strumenti'],
    ['Registro', 'Registro'],
    ['Impostazioni', 'Impostazioni'],
  ] as const) {
    await goTo(page, place);
    await page.keyboard.press('F1');
    await expect(help.getByRole('heading', { name: title, level: 3 })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(help).toHaveCount(0);
  }
  await beginDraft(page);
  await page.keyboard.press('F1');
  await expect(help.getByRole('heading', { name: 'Il modulo della richiesta' })).toBeVisible();
  await help.getByRole('button', { name: 'Ingrandisci la figura' }).click();
  const figure = page.getByRole('dialog', { name: 'Il modulo della richiesta' });
  await expect
    .poll(() => figure.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(1_000);
  await page.keyboard.press('Escape');
  await clean(page);
  await help.getByRole('button', { name: 'Tutte le pagine' }).click();
  await help.getByRole('searchbox', { name: "Cerca nell'aiuto" }).fill('disco pieno');
  await help.getByRole('button', { name: 'Il disco è pieno' }).click();
  await expect(help.getByText('Che cosa fare:', { exact: false })).toBeVisible();
  await clean(page);
  await help.getByRole('button', { name: 'Tutte le pagine' }).click();
  await clean(page);
  await page.keyboard.press('Escape');
  await page.evaluate(async () => window.officina.saveSettings({ language: 'en' }));
  await page.reload();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('help');
  await page.keyboard.press('Enter');
  const english = page.getByRole('dialog', { name: 'Help' });
  await english.getByRole('searchbox', { name: 'Search the help' }).fill('R-REMOTE-3');
  await expect(english.getByText('One page')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(english).toHaveCount(0);
  await page.getByRole('main').focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Help on this screen');
  await app.close();
});
