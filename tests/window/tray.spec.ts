import { expect, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { type Clocked, launchAt, rome, settle } from './clocked.ts';
import { onLinux } from './on-linux.ts';
import { openTrayHost, type ShownItem, type TrayHost } from './tray-host.ts';
import { goTo, queueAnother } from './workshop.ts';

let host: TrayHost;
let shop: Clocked;
test.describe.configure({ timeout: 90_000 });
test.afterEach(async () => {
  await shop.close();
  host.close();
});

const pid = (): number => shop.app.process().pid ?? 0;
const shown = (): Promise<ShownItem | null> => host.shown(pid());
const tooltip = async (): Promise<readonly string[]> => (await shown())?.tooltip.split('\n') ?? [];
const labels = async (): Promise<readonly string[]> => (await host.menu(pid())).map(({ label }) => label);
const actions = async (): Promise<readonly string[]> => (await host.menu(pid())).filter(({ enabled }) => enabled).map(({ label }) => label);

// Electron on Linux exports picture, tooltip and menu over D-Bus; a title it does not know there.
onLinux('[linux] R-HOURS-1, R-HOURS-3: tray of a real desktop shows the state in the language chosen, and its menu works', async () => {
  host = await openTrayHost();
  shop = await launchAt({ pcMs: rome('2026-11-24', '12:00'), env: { SYNC_MS: '600000' } });
  await settle(shop);
  const { app, page } = shop;
  await expect
    .poll(tooltip, { timeout: 60_000 })
    .toEqual(['Presidiato fino a 12:30', 'Niente in coda', 'Oggi si risponde (ora italiana): 08:30–12:30, 14:00–18:00']);
  expect(await labels()).toEqual([
    'Presidiato fino a 12:30. È orario di supporto.',
    'Oggi si risponde (ora italiana): 08:30–12:30, 14:00–18:00',
    'Niente in coda',
    'Apri Officina Support',
    'Nuova richiesta',
    'Chiudi il programma',
  ]);
  expect(await actions()).toEqual(['Apri Officina Support', 'Nuova richiesta', 'Chiudi il programma']);
  const staffed = await shown();
  // Clear corners, rim, square and mark.
  expect([staffed?.size, staffed?.colours]).toEqual([[32, 32], 4]);

  // Nothing is heard from the portal meanwhile: what changes the tray is the clock and the language alone.
  // The picture changes with the state and comes back with it.
  await shop.passTo(rome('2026-11-24', '12:29:58'));
  await expect.poll(tooltip, { timeout: 60_000 }).toContain('Aperto, nessuno risponde fino a 14:00');
  const unstaffed = await shown();
  expect(unstaffed?.pixmap).not.toBe(staffed?.pixmap);

  await goTo(page, 'Impostazioni');
  await page.getByLabel('Lingua del programma').selectOption({ label: 'English' });
  await expect
    .poll(tooltip)
    .toEqual(['Open, nobody answers until 14:00', 'Nothing in queue', 'Answered today (Italian time): 08:30–12:30, 14:00–18:00']);
  expect(await actions()).toEqual(['Open Officina Support', 'New request', 'Quit the program']);
  expect((await shown())?.pixmap).toBe(unstaffed?.pixmap);

  const visible = (): Promise<boolean> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
  for (const come of [() => host.press(pid(), 'Open Officina Support'), () => host.activate(pid())]) {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    expect(await visible()).toBe(false);
    await come();
    await expect.poll(visible).toBe(true);
  }
  expect((await call(page, 'requests', { filter: 'drafts', text: '', offset: 0, limit: 1 })).total).toBe(0);
  await host.press(pid(), 'New request');
  await expect(page.getByRole('main')).toHaveAttribute('data-screen', 'draft');
  await expect(page.getByText('saves itself')).toBeVisible();

  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await host.press(pid(), 'Quit the program');
  await ended;
});

onLinux('[linux] R-HOURS-3, R-TICKET-2: tray says on a holiday that nothing is taken, why, how many wait, and when they go', async () => {
  host = await openTrayHost();
  shop = await launchAt({ pcMs: rome('2026-12-08', '12:00') });
  await settle(shop);
  const { version, sha256 } = await call(shop.page, 'terms', {});
  await call(shop.page, 'acceptTerms', { version, sha256 });
  await queueAnother(shop.page, 'Non trovo il driver');
  await expect
    .poll(tooltip, { timeout: 60_000 })
    .toEqual(['Sola lettura fino a mer 9 dic, 00:00', '1 in coda · parte da sola: mer 9 dic, 00:00', 'Oggi non risponde nessuno']);
  expect(await labels()).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Sola lettura 00:00–24:00\. È festa nazionale: Immacolata/u)]),
  );
});
