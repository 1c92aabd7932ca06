import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import en from '../../shared/i18n/en.json' with { type: 'json' };
import it from '../../shared/i18n/it.json' with { type: 'json' };
import { launch } from './launch.ts';
import { still } from './still.ts';
import { firstRun, writeAndSend } from './workshop.ts';

/** One of each pair and of each three: language, theme, width in px and zoom in per cent. */
const ways = [
  ['it', 'light', 1280, 100],
  ['it', 'light', 683, 200],
  ['it', 'dark', 1280, 200],
  ['it', 'dark', 683, 100],
  ['en', 'light', 1280, 200],
  ['en', 'light', 683, 100],
  ['en', 'dark', 1280, 100],
  ['en', 'dark', 683, 200],
] as const;
const texts = { it, en };
const screens = ['today', 'requests', 'evidence', 'tools', 'audit', 'settings'] as const;

test('axe finds nothing on any screen in each pair of language, theme, width and zoom', async () => {
  test.setTimeout(900_000);
  const { app, page } = await launch({ env: { OPERATOR_DELAY_MS: '600000' } });
  await firstRun(page);
  await writeAndSend(page);
  let looked = 0;
  const found: string[] = [];
  const clean = async (where: string): Promise<void> => {
    await still(page);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    found.push(
      ...violations.map(({ id, nodes }) => `${where}: ${id} ${nodes.map((node) => node.target).join(' ')}`),
    );
    looked += 1;
  };
  for (const [language, theme, width, zoom] of ways) {
    const way = `${language} ${theme} ${width} px ${zoom} %`;
    const words = texts[language];
    await app.evaluate(
      ({ BrowserWindow }, wide) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, 800),
      width,
    );
    await call(page, 'saveSettings', { language, theme, zoom });
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const rail = (name: string): Locator =>
      page
        .getByRole('navigation', { name: words.nav.label })
        .getByRole('button', { name: new RegExp(`^${name}\\b`, 'u') });
    for (const screen of screens) {
      await rail(words.nav[screen]).click();
      await clean(`${way}: ${screen}`);
    }
    await rail(words.nav.requests).click();
    await opened(page);
    await clean(`${way}: ticket`);
    await rail(words.nav.newRequest).click();
    await clean(`${way}: draft`);
  }
  expect(found).toEqual([]);
  expect(looked).toBe(ways.length * (screens.length + 2));
  await app.close();
});

/** Opens the one request of the list. */
async function opened(page: Page): Promise<void> {
  await page.getByRole('rowgroup').last().getByRole('button').first().click();
  await expect(page.getByRole('textbox', { name: /^(?:Rispondi|Reply|Answer)/u })).toBeVisible();
}
