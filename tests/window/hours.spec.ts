import { expect, test } from '@playwright/test';
import { type Clocked, dayOf, launchAt, rome, settle } from './clocked.ts';

let shop: Clocked;
test.afterEach(async () => {
  await shop.close();
});

/** Share of the day at which the line for now stands, in percent. */
async function nowMark(): Promise<number> {
  return Number.parseFloat((await dayOf(shop.page).locator('.now line').getAttribute('x1')) ?? '');
}

/** Makes that day one of two stretches: what has one alone is not drawn. */
async function announceEvening(day: string): Promise<void> {
  const told = await shop.page.evaluate((input) => window.officina.addNotice(input), {
    kind: 'maintenance',
    title: 'Aggiornamento dei server',
    startsAt: new Date(rome(day, '20:00')).toISOString(),
    endsAt: new Date(rome(day, '21:00')).toISOString(),
  } as const);
  expect(told.ok).toBe(true);
}

test('R-HOURS-1: Today says every change of an ordinary day as its moment comes, in Italian, and the line for now stands there', async () => {
  shop = await launchAt({ pcMs: rome('2026-11-24', '08:28:00') });
  await settle(shop);
  const day = dayOf(shop.page);
  const changes = [
    [
      '08:29:57',
      /^Fuori orario fino alle 08:30\. È fuori dall'orario di supporto\./u,
      /^Supporto attivo fino alle 12:30\. È orario di supporto\./u,
      'Supporto attivo fino alle 12:30',
    ],
    [
      '12:29:57',
      /^Supporto attivo fino alle 12:30\./u,
      /^Fuori orario fino alle 14:00\. È la pausa di mezzogiorno\./u,
      'Fuori orario fino alle 14:00',
    ],
    [
      '13:59:57',
      /^Fuori orario fino alle 14:00\./u,
      /^Supporto attivo fino alle 18:00\./u,
      'Supporto attivo fino alle 18:00',
    ],
    [
      '17:59:57',
      /^Supporto attivo fino alle 18:00\./u,
      /^Fuori orario fino a mer 25 nov, 08:30\. È fuori dall'orario di supporto\./u,
      'Fuori orario fino a mer 25 nov, 08:30',
    ],
  ] as const;
  for (const [time, before, after, chip] of changes) {
    await shop.passTo(rome('2026-11-24', time));
    await expect(day.getByText(before)).toBeVisible();
    // Nobody touches anything: the state changes because its moment has come.
    await expect(day.getByText(after)).toBeVisible();
    await expect(shop.page.getByRole('button', { name: `Portale: ${chip}`, exact: true })).toBeVisible();
  }
  await expect(day.getByRole('img', { name: /^Orari di oggi\. Fuori orario/u })).toBeVisible();
  await expect(day.getByRole('row')).toHaveCount(6);
  await expect(
    day.getByRole('row', { name: '08:30 12:30 Supporto attivo. È orario di supporto.' }),
  ).toBeAttached();
  await expect(
    day.getByRole('row', { name: '12:30 14:00 Fuori orario. È la pausa di mezzogiorno.' }),
  ).toBeAttached();
  expect(Math.abs((await nowMark()) - 75)).toBeLessThan(0.2);
});

test('R-HOURS-1: day line is walked by the arrow keys, says where one stands, and is copied as text', async () => {
  shop = await launchAt({ pcMs: rome('2026-11-24', '09:00') });
  await settle(shop);
  const day = dayOf(shop.page);
  const line = day.getByRole('slider', { name: 'Orari del supporto oggi (ora italiana)' });
  await line.focus();
  await shop.page.keyboard.press('ArrowRight');
  await expect(line).toHaveAttribute('aria-valuetext', /^08:30 - 12:30: Supporto attivo/u);
  await expect(day.getByRole('figure')).toContainText('08:30 - 12:30: Supporto attivo');
  await shop.page.keyboard.press('End');
  await expect(line).toHaveValue((await line.getAttribute('max')) ?? '');
  await day.getByRole('button', { name: 'Copia gli orari come testo' }).click();
  await expect
    .poll(() => shop.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/\n00:00 - 08:30: .*\n08:30 - 12:30: Supporto attivo/u);
});

test("R-HOURS-1: Italian time stands first and the PC's own beside it when the PC is in New York, in English", async () => {
  // Four weeks a year the two are five hours apart instead of six: this is one of those days.
  shop = await launchAt({ pcMs: rome('2026-10-26', '09:00'), zone: 'America/New_York' });
  await settle(shop, 'en');
  await expect(
    dayOf(shop.page).getByText(
      'Support open until 12:30 Italian time (07:30 on this PC). It is within the hours of support.',
    ),
  ).toBeVisible();
  await shop.passTo(rome('2026-11-24', '09:00'));
  await expect(
    dayOf(shop.page).getByText('Support open until 12:30 Italian time (06:30 on this PC).'),
  ).toBeVisible();
  // The PC's day is still Monday when Italy's Tuesday has begun.
  await shop.passTo(rome('2026-11-24', '00:30'));
  await expect(
    dayOf(shop.page).getByText(
      /^Outside support hours until 08:30 Italian time \(Tue, 24 Nov, 02:30 on this PC\)\./u,
    ),
  ).toBeVisible();
});

test('R-HOURS-1: line is an hour shorter and longer on the two days on which the clocks change; the hours stay Italian', async () => {
  shop = await launchAt({ pcMs: rome('2026-03-29', '01:59:57') });
  await settle(shop, 'en');
  const day = dayOf(shop.page);
  await expect(
    day.getByText('Outside support hours until Mon, 30 Mar, 08:30. It is the weekend.'),
  ).toBeVisible();
  // Ten in the morning is nine hours after midnight on this day of 23: 39 % of the line.
  await shop.passTo(rome('2026-03-29', '10:00'));
  await announceEvening('2026-03-29');
  await expect.poll(async () => Math.abs((await nowMark()) - 900 / 23)).toBeLessThan(0.2);
  await shop.passTo(rome('2026-03-30', '08:29:58'));
  await expect(day.getByText('Support open until 12:30. It is within the hours of support.')).toBeVisible();
  // The hour that comes twice in October changes nothing; ten in the morning is eleven hours after midnight.
  await shop.passTo(rome('2026-10-25', '10:00'));
  await expect(
    day.getByText('Outside support hours until Mon, 26 Oct, 08:30. It is the weekend.'),
  ).toBeVisible();
  await announceEvening('2026-10-25');
  await expect.poll(async () => Math.abs((await nowMark()) - 1_100 / 25)).toBeLessThan(0.2);
});

test('R-HOURS-2: national holidays are read-only by name, the new 4 October among them, and an ordinary Sunday is not', async () => {
  shop = await launchAt({ pcMs: rome('2026-04-06', '10:00') });
  await settle(shop);
  const day = dayOf(shop.page);
  await expect(
    day.getByText('Sola lettura fino a mar 7 apr, 00:00. È festa nazionale: Lunedì dell’Angelo.'),
  ).toBeVisible();
  // A day that is one stretch has its sentence and no line.
  await expect(day.getByRole('figure')).toHaveCount(0);
  await shop.passTo(rome('2026-04-25', '10:00'));
  await expect(
    day.getByText(/^Sola lettura fino a dom 26 apr, 00:00\. È festa nazionale: .*Liberazione/u),
  ).toBeVisible();
  await shop.passTo(rome('2026-04-26', '10:00'));
  await expect(day.getByText('Fuori orario fino a lun 27 apr, 08:30. È il fine settimana.')).toBeVisible();
  await shop.passTo(rome('2026-10-04', '10:00'));
  await expect(
    day.getByText(/^Sola lettura fino a lun 5 ott, 00:00\. È festa nazionale: .*Francesco/u),
  ).toBeVisible();
});

test('R-HOURS-1: Today shows the new day, its holiday and the week end after midnight though the portal is silent', async () => {
  shop = await launchAt({ pcMs: rome('2026-12-24', '23:00'), env: { SYNC_MS: '3600000' } });
  await settle(shop);
  const day = dayOf(shop.page);
  // Christmas and Saint Stephen are both read-only; the reason and the day are others. Then it is an ordinary Sunday.
  await shop.passTo(rome('2026-12-25', '10:00'));
  await expect(day.getByText(/^Sola lettura fino a .*È festa nazionale: Natale/u)).toBeVisible();
  await shop.passTo(rome('2026-12-26', '12:00'));
  await expect(day.getByText(/^Sola lettura fino a .*È festa nazionale: .*Stefano\./u)).toBeVisible();
  await shop.passTo(rome('2026-12-27', '12:00'));
  await expect(day.getByText(/È il fine settimana\./u).first()).toBeVisible();
  await shop.passTo(rome('2026-12-28', '06:00'));
  await expect(
    day.getByRole('row', { name: '08:30 12:30 Supporto attivo. È orario di supporto.' }),
  ).toBeAttached();
  await expect.poll(async () => Math.abs((await nowMark()) - 25)).toBeLessThan(0.2);
});
