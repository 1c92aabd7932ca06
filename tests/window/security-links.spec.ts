import { expect, test } from '@playwright/test';
import { goodAddresses, hostileAddresses } from '../fixtures/hostile-addresses.ts';
import { launch } from './launch.ts';

test('SEC-15: only the listed addresses reach the browser when two hundred are asked for over the real channel', async () => {
  expect(new Set(hostileAddresses).size).toBeGreaterThanOrEqual(190);
  const { app, page } = await launch();
  await page.locator('h1').first().waitFor();
  await app.evaluate(({ shell }) => {
    Reflect.set(globalThis, 'opened', []);
    for (const name of ['openExternal', 'openPath', 'showItemInFolder', 'readShortcutLink'] as const) {
      Reflect.set(shell, name, async (target: string) => {
        (Reflect.get(globalThis, 'opened') as string[]).push(`${name} ${target}`);
        return '';
      });
    }
  });
  const codes = await page.evaluate(
    async (urls) => {
      const found: string[] = [];
      for (const url of urls) {
        const answer = await window.officina.openExternalLink({ url });
        found.push(answer.ok ? 'opened' : answer.error.code);
      }
      return found;
    },
    [...hostileAddresses, ...goodAddresses],
  );
  expect(await app.evaluate(() => Reflect.get(globalThis, 'opened') as string[])).toEqual(
    goodAddresses.map((url) => `openExternal ${url}`),
  );
  expect(new Set(codes.slice(0, hostileAddresses.length))).toEqual(new Set(['link.notAllowed', 'E_INPUT']));
  await app.close();
});
