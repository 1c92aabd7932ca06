import { type ElectronApplication, expect, test } from '@playwright/test';
import { launch } from './launch.ts';
import { firstRun, goTo, queueAnother, writeAndSend } from './workshop.ts';

/** Keeps what would be shown on the desktop, as if nobody looked at the program. */
async function nobodyLooks(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow, Notification }) => {
    Reflect.set(globalThis, 'told', []);
    Reflect.set(BrowserWindow, 'getFocusedWindow', () => null);
    Reflect.set(Notification, 'isSupported', () => true);
    Notification.prototype.show = function show(this: Electron.Notification) {
      (Reflect.get(globalThis, 'told') as string[]).push(this.title);
    };
  });
}
const told = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => [...(Reflect.get(globalThis, 'told') as string[])]);

test('only the news that were chosen come as a notification, and the choice is there after a restart', async () => {
  const env = { OPERATOR_DELAY_MS: '300', SYNC_MS: '300' };
  const first = await launch({ env });
  await firstRun(first.page);
  await nobodyLooks(first.app);
  await writeAndSend(first.page);
  await expect
    .poll(() => told(first.app))
    .toContainEqual(expect.stringContaining('Richiesta ricevuta: P-000001'));
  await expect
    .poll(() => told(first.app))
    .toContainEqual(expect.stringContaining('ha risposto alla richiesta P-000001'));
  await goTo(first.page, 'Impostazioni');
  await first.page.getByRole('checkbox', { name: 'Il supporto ha risposto' }).uncheck();
  await expect(
    first.page.getByRole('checkbox', { name: 'Una richiesta ha ricevuto il suo numero' }),
  ).toBeChecked();
  await first.app.close();

  const { app, page } = await launch({ env, dataFolder: first.dataFolder });
  await goTo(page, 'Impostazioni');
  await expect(page.getByRole('checkbox', { name: 'Il supporto ha risposto' })).not.toBeChecked();
  await nobodyLooks(app);
  const id = await queueAnother(page, 'Non trovo il driver');
  await expect.poll(() => told(app)).toContainEqual(expect.stringContaining('Richiesta ricevuta: P-000002'));
  // The answer came, and nobody was told of it.
  await expect
    .poll(async () => {
      const answer = await page.evaluate((ticket) => window.officina.ticket({ id: ticket }), id);
      return answer.ok && answer.value.messages.some(({ author }) => author.kind === 'operator');
    })
    .toBe(true);
  // What came after it was told: its own turn is over.
  await queueAnother(page, 'Non trovo la presa');
  await expect.poll(() => told(app)).toContainEqual(expect.stringContaining('Richiesta ricevuta: P-000003'));
  expect((await told(app)).filter((title) => title.includes('ha risposto'))).toEqual([]);
  await app.close();
});
