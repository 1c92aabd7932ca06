import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { openPracticeDatabase } from '../../electron/portal/practice/practice-database.ts';
import { practiceDesk } from '../../electron/portal/practice/practice-desk.ts';
import { call } from '../faults/killed-app.ts';
import { type Clocked, dayOf, launchAt, rome, settle } from './clocked.ts';
import { onLinux } from './on-linux.ts';
import { goLive, launchAsked } from './remote-wizard.ts';
import { openTrayHost } from './tray-host.ts';
import { agree, goTo, queueAnother, writeRequest } from './workshop.ts';

test.describe.configure({ timeout: 120_000 });

/** Announcements the portal has before anybody asks. */
const announced =
  (...notices: readonly (readonly ['closure' | 'maintenance', number, number | null, string])[]) =>
  (portalFolder: string): void => {
    const db = openPracticeDatabase(portalFolder);
    const desk = practiceDesk(db, () => new Date().toISOString());
    for (const [kind, startsMs, endsMs, title] of notices)
      desk.publish({
        id: randomUUID(),
        kind,
        title: { it: title, en: title },
        startsAt: new Date(startsMs).toISOString(),
        endsAt: endsMs === null ? null : new Date(endsMs).toISOString(),
        origin: 'portal',
      });
    db.close();
  };

/** The window as large as that, with the picture of it where somebody wants to look. */
async function drawn(app: ElectronApplication, page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => `${name}: ${item.id}`)).toEqual([]);
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  for (const [width, height] of [
    [1280, 800],
    [683, 768],
  ] as const) {
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
      [width, height] as [number, number],
    );
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${folder}/${name}-${width}.png` });
  }
}

test('R-HOURS-2: Today names the holidays and closures of the next fourteen days, with title and time, in both languages', async () => {
  const shop: Clocked = await launchAt({
    pcMs: rome('2026-12-02', '10:00'),
    prepare: announced(
      ['closure', rome('2026-12-10', '00:00'), rome('2026-12-12', '00:00'), 'Inventario'],
      ['maintenance', rome('2026-12-03', '20:00'), rome('2026-12-04', '06:30'), 'Nuovo server'],
      ['closure', rome('2026-12-24', '00:00'), null, 'Fuori dai quattordici giorni'],
    ),
  });
  await settle(shop);
  const { page, app } = shop;
  const list = dayOf(page).getByRole('list', { name: 'Nei prossimi 14 giorni' });
  await expect(list.getByRole('listitem')).toHaveText([
    'gio 3 dic, 20:00 - ven 4 dic, 06:30: manutenzione annunciata, Nuovo server',
    /^mar 8 dic: festa nazionale, Immacolata/u,
    'gio 10 dic - ven 11 dic: chiusura annunciata, Inventario',
  ]);
  await drawn(app, page, 'ahead-it');
  await dayOf(page).getByRole('button', { name: 'Copia gli orari come testo' }).click();
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/\nNei prossimi 14 giorni:\ngio 3 dic, 20:00 - ven 4 dic, 06:30: .*\nmar 8 dic: /u);
  // A night on, the maintenance is over and a day more is seen.
  await shop.passTo(rome('2026-12-04', '07:00'));
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await goTo(page, 'Impostazioni');
  await page.getByLabel('Lingua del programma').selectOption({ label: 'English' });
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('button', { name: 'Today', exact: true })
    .click();
  await expect(
    dayOf(page).getByRole('list', { name: 'In the next 14 days' }).getByRole('listitem'),
  ).toHaveText([
    /^Tue,? 8 Dec: national holiday, Immaculate Conception/u,
    /^Thu,? 10 Dec - Fri,? 11 Dec: announced closure, Inventario$/u,
  ]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await drawn(app, page, 'ahead-en-dark');
  await shop.close();
});

onLinux(
  '[linux] R-HOURS-2, R-HOURS-3: list, table, queue, ticket and tray give the same reason and time of one item in a closure',
  async () => {
    const host = await openTrayHost();
    const shop = await launchAt({
      pcMs: rome('2026-12-02', '10:00'),
      prepare: announced(['closure', rome('2026-12-02', '00:00'), rome('2026-12-04', '00:00'), 'Inventario']),
    });
    await settle(shop);
    const { page, app } = shop;
    const why = 'È una chiusura annunciata. Parte da sola: ven 4 dic, 00:00.';
    await writeRequest(page);
    await agree(page);
    await page.getByRole('button', { name: 'Metti in coda' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'La lettura si ferma al 38 %' })).toBeVisible();
    const ticket = page.getByRole('complementary', { name: 'Dati della richiesta' });
    await expect(ticket.getByText(why, { exact: true })).toBeVisible();
    await goTo(page, 'Oggi');
    await expect(page.getByRole('region', { name: 'In coda' }).getByText(why, { exact: true })).toBeVisible();
    await goTo(page, 'Richieste');
    await expect(page.getByRole('table').getByText(why, { exact: true })).toBeVisible();
    await drawn(app, page, 'closure-table');
    await page.getByRole('button', { name: /1 in coda\. /u }).click();
    const queue = page.getByRole('dialog', { name: 'Coda di invio' });
    await expect(queue.getByText(why)).toBeVisible();
    await page.keyboard.press('Escape');
    const labels = async () => (await host.menu(app.process().pid ?? 0)).map(({ label }) => label);
    await expect.poll(labels, { timeout: 60_000 }).toContain(`1 in coda · ${why}`);
    expect(await labels()).toEqual(
      expect.arrayContaining([
        'Nei prossimi 14 giorni:',
        expect.stringMatching(/^mar 8 dic: festa nazionale/u),
      ]),
    );
    // Its files say so too, on the ticket and in the queue alike.
    const rows = await call(page, 'outbox', {});
    expect(rows.map(({ goesAt, waitReason }) => [goesAt, waitReason?.kind])).toEqual([
      [new Date(rome('2026-12-04', '00:00')).toISOString(), 'closed'],
    ]);
    await shop.close();
    host.close();
  },
);

test('R-TICKET-2, R-HOURS-3: day line marks when a request of the queue leaves, drawn, in its table and under the keys', async () => {
  const shop = await launchAt({
    pcMs: rome('2026-12-02', '10:00'),
    prepare: announced(['closure', rome('2026-12-02', '00:00'), rome('2026-12-02', '17:00'), 'Inventario']),
  });
  await settle(shop);
  const { page } = shop;
  const { version, sha256 } = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version, sha256 });
  const day = dayOf(page);
  await expect(day.locator('circle.mark')).toHaveCount(0);
  await queueAnother(page, 'Non trovo il driver');
  await expect(day.getByRole('row', { name: '17:00: parte Non trovo il driver' })).toBeAttached();
  await expect(day.locator('circle.mark')).toHaveCount(1);
  const at = Number.parseFloat((await day.locator('circle.mark').getAttribute('cx')) ?? '');
  expect(Math.abs(at - 1_700 / 24)).toBeLessThan(0.2);
  const walk = day.getByRole('slider');
  await walk.focus();
  const said: string[] = [];
  for (let step = 0; step < 6; step += 1) {
    said.push((await walk.getAttribute('aria-valuetext')) ?? '');
    await page.keyboard.press('ArrowRight');
  }
  expect(said).toContain('17:00: parte Non trovo il driver');
  // It left: what is marked is what waits.
  await shop.passTo(rome('2026-12-02', '17:00:01'));
  await expect(day.locator('circle.mark')).toHaveCount(0, { timeout: 60_000 });
  await shop.close();
});

test('R-REMOTE-1: day line marks a remote session while it goes on and after its end, with number and times', async () => {
  const { app, page } = await launchAsked({ TZ: 'Europe/Rome' });
  await goLive(page);
  await goTo(page, 'Oggi');
  const day = dayOf(page);
  const since = day.getByRole('row', { name: /^Sessione remota di \S+, dalle \d{2}:\d{2}: è in corso$/u });
  await expect(since).toBeAttached();
  await expect(day.locator('rect.mark.session')).toHaveCount(1);
  await call(page, 'endSession', {});
  await call(page, 'sayEnded', {});
  await expect(
    day.getByRole('row', { name: /^Sessione remota di \S+, \d{2}:\d{2} - \d{2}:\d{2}$/u }),
  ).toBeAttached({ timeout: 60_000 });
  await expect(since).toHaveCount(0);
  await expect(day.locator('rect.mark.session')).toHaveCount(1);
  await app.close();
});
