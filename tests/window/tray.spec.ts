import { type ElectronApplication, expect, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { type Clocked, launchAt, rome, settle } from './clocked.ts';
import { startHidden } from './launch.ts';
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
const actions = async (): Promise<readonly string[]> =>
  (await host.menu(pid())).filter(({ enabled }) => enabled).map(({ label }) => label);

const windows = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

type Boxes = {
  readonly messages: () => Promise<readonly string[]>;
  readonly details: () => Promise<readonly string[]>;
  /** The button pressed from now on: 0 stays, 1 goes on. */
  readonly answer: (button: 0 | 1) => Promise<void>;
};

/** Answers the boxes of the system, which no test can press, and keeps what they said. */
async function boxes(app: ElectronApplication): Promise<Boxes> {
  const kept = await app.evaluateHandle(({ dialog }) => {
    const said = { asked: [] as { message: string; detail: string }[], answer: 1 };
    dialog.showMessageBox = async (...given: unknown[]) => {
      const { message, detail = '' } = given.at(-1) as { message: string; detail?: string };
      said.asked.push({ message, detail });
      return { response: said.answer, checkboxChecked: false };
    };
    return said;
  });
  return {
    messages: () => kept.evaluate(({ asked }) => asked.map(({ message }) => message)),
    details: () => kept.evaluate(({ asked }) => asked.map(({ detail }) => detail)),
    answer: (button) =>
      kept.evaluate((said, next) => {
        said.answer = next;
      }, button),
  };
}

// Electron on Linux exports picture, tooltip and menu over D-Bus; a title it does not know there.
onLinux(
  '[linux] R-HOURS-1, R-HOURS-3: tray of a real desktop shows the state in the language chosen, and its menu works',
  async () => {
    host = await openTrayHost();
    shop = await launchAt({ pcMs: rome('2026-11-24', '12:00'), env: { SYNC_MS: '600000' } });
    await settle(shop);
    const { app, page } = shop;
    await expect
      .poll(tooltip, { timeout: 60_000 })
      .toEqual([
        'Supporto attivo fino alle 12:30',
        'Niente in coda',
        'Supporto oggi (ora italiana): 08:30–12:30, 14:00–18:00',
      ]);
    expect(await labels()).toEqual([
      'Supporto attivo fino alle 12:30. È orario di supporto.',
      'Supporto oggi (ora italiana): 08:30–12:30, 14:00–18:00',
      'Nei prossimi 14 giorni:',
      'mar 8 dic: festa nazionale, Immacolata Concezione',
      'Niente in coda',
      'Apri Officina Support',
      'Nuova richiesta',
      'Esci',
    ]);
    expect(await actions()).toEqual(['Apri Officina Support', 'Nuova richiesta', 'Esci']);
    const staffed = await shown();
    // Clear corners, rim, square and mark.
    expect([staffed?.size, staffed?.colours]).toEqual([[32, 32], 4]);

    // Nothing is heard from the portal meanwhile: what changes the tray is the clock and the language alone.
    // The picture changes with the state and comes back with it.
    await shop.passTo(rome('2026-11-24', '12:29:58'));
    await expect.poll(tooltip, { timeout: 60_000 }).toContain('Fuori orario fino alle 14:00');
    const unstaffed = await shown();
    expect(unstaffed?.pixmap).not.toBe(staffed?.pixmap);

    await goTo(page, 'Impostazioni');
    await page.getByLabel('Lingua del programma').selectOption({ label: 'English' });
    await expect
      .poll(tooltip)
      .toEqual([
        'Outside support hours until 14:00',
        'Nothing in the queue',
        'Support hours today (Italian time): 08:30–12:30, 14:00–18:00',
      ]);
    expect(await actions()).toEqual(['Open Officina Support', 'New request', 'Quit']);
    expect((await shown())?.pixmap).toBe(unstaffed?.pixmap);

    const visible = (): Promise<boolean> =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
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
    await host.press(pid(), 'Quit');
    await ended;
  },
);

onLinux(
  '[linux] R-HOURS-3, R-TICKET-2: tray says on a holiday that nothing is taken, why, how many wait, and when they go',
  async () => {
    host = await openTrayHost();
    shop = await launchAt({ pcMs: rome('2026-12-08', '12:00') });
    await settle(shop);
    const { version, sha256 } = await call(shop.page, 'terms', {});
    await call(shop.page, 'acceptTerms', { version, sha256 });
    await queueAnother(shop.page, 'Non trovo il driver');
    await expect
      .poll(tooltip, { timeout: 60_000 })
      .toEqual([
        'Sola lettura fino a mer 9 dic, 00:00',
        '1 in coda · parte da sola: mer 9 dic, 00:00',
        'Oggi nessun supporto',
      ]);
    expect(await labels()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Sola lettura 00:00–24:00\. È festa nazionale: Immacolata/u),
      ]),
    );

    // With its window closed the program goes on, says so once, and opens again from its mark.
    const { app, page } = shop;
    const said = await boxes(app);
    const crossed = async (): Promise<void> => {
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    };
    await crossed();
    await expect.poll(() => windows(app)).toBe(0);
    expect(await said.messages()).toEqual(["Officina Support resta acceso vicino all'orologio"]);
    expect((await tooltip())[1]).toBe('1 in coda · parte da sola: mer 9 dic, 00:00');
    const opened = app.waitForEvent('window');
    await host.press(pid(), 'Apri Officina Support');
    await expect((await opened).getByRole('main')).toHaveAttribute('data-screen', 'today');
    await crossed();
    await expect.poll(() => windows(app)).toBe(0);
    expect(await said.messages()).toHaveLength(1);

    // Ended for good, it names what does not go, and the person may stay.
    await said.answer(0);
    await host.press(pid(), 'Esci');
    await expect
      .poll(said.details)
      .toEqual([
        expect.stringContaining('«Esci»'),
        '1 cosa in coda non parte finché non riapri il programma:\n• Invio della richiesta: Non trovo il driver',
      ]);
    await said.answer(1);
    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    // It may be gone before it says that it heard.
    await host.press(pid(), 'Esci').catch(() => undefined);
    await ended;
    expect(page.isClosed()).toBe(true);

    // Started by the system without a window, it sends what waited when the portal takes it again.
    expect(shop.sends()).toBe(0);
    await shop.passTo(rome('2026-12-09', '00:01')).catch(() => undefined);
    const hidden = await startHidden(shop.dataFolder, shop.env);
    try {
      await expect.poll(() => shop.sends(), { timeout: 60_000 }).toBe(1);
      await expect
        .poll(async () => (await host.shown(hidden.process().pid ?? 0))?.tooltip, { timeout: 60_000 })
        .toContain('Niente in coda');
      expect(await windows(hidden)).toBe(0);
    } finally {
      await hidden.close();
    }
  },
);
