import { expect, test } from '@playwright/test';
import { launch } from './launch.ts';
import { beginDraft, firstRun, goTo, requestLines } from './workshop.ts';

test('SEC-1, SEC-7: nothing is asked of the network and the policy is never broken when every screen is walked', async () => {
  const { app, page } = await launch({ env: { OPERATOR_DELAY_MS: '300' } });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await app.evaluate(({ BrowserWindow, session }) => {
    Reflect.set(globalThis, 'asked', []);
    for (const one of [BrowserWindow.getAllWindows()[0]?.webContents.session, session.defaultSession]) {
      one?.webRequest.onSendHeaders(({ url }) => (Reflect.get(globalThis, 'asked') as string[]).push(url));
      one?.webRequest.onErrorOccurred(({ url }) => (Reflect.get(globalThis, 'asked') as string[]).push(url));
    }
  });
  await page.evaluate(() => {
    Reflect.set(window, 'broken', []);
    document.addEventListener('securitypolicyviolation', (event) =>
      (Reflect.get(window, 'broken') as string[]).push(`${event.effectiveDirective} ${event.blockedURI}`),
    );
  });
  await firstRun(page);
  await page.evaluate(() => window.officina.loadSamples({}));
  await beginDraft(page);
  for (const screen of [
    'Richieste',
    'Prove',
    'Strumenti',
    'Impostazioni',
    'Nuova richiesta',
    'Oggi',
    'Richieste',
  ]) {
    await goTo(page, screen);
    await expect(page.locator('h1').first()).toBeVisible();
  }
  await requestLines(page).first().click();
  await expect(page.locator('h1').first()).toBeVisible();
  for (const theme of ['dark', 'light'] as const)
    await page.evaluate((wanted) => window.officina.saveSettings({ theme: wanted }), theme);
  const asked = await app.evaluate(() => Reflect.get(globalThis, 'asked') as string[]);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((url) => !/^(app:\/\/bundle\/|blob:app:\/\/bundle\/|devtools:)/u.test(url))).toEqual(
    [],
  );
  expect(await page.evaluate(() => Reflect.get(window, 'broken') as string[])).toEqual([]);
  expect(complaints.filter((text) => /Refused|Content Security Policy|violat/iu.test(text))).toEqual([]);
  await app.close();
});
