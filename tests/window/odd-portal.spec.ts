import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { call, type OutsidePortal, startOutsidePortal } from '../faults/killed-app.ts';
import type { Launched } from './launch.ts';
import { launchOn, settledIn } from './outside-portal.ts';
import { askToQuit, endsWithinMs, msUntilGone } from './quitting.ts';
import { queueAnother } from './workshop.ts';

let portal: OutsidePortal;
test.beforeEach(async () => {
  portal = await startOutsidePortal(0);
});
test.afterEach(() => portal.stop());

const silence = { kind: 'silence', commits: true } as const;
/** The request itself is lost on the way. */
const swallowed = { kind: 'silence', commits: false } as const;

const start = (dataFolder?: string): Promise<Launched> => launchOn(portal, dataFolder);

const numbersOf = async (page: Page): Promise<(string | null)[]> =>
  (await call(page, 'requests', { filter: 'all', text: '', offset: 0 })).rows.map((row) => row.number);

/** The queue as its panel shows it, with the card of one request. */
async function cardOf(page: Page, title: string): Promise<Locator> {
  await page.getByRole('button', { name: /Apri la coda di invio/u }).click();
  const card = page.getByRole('article', { name: new RegExp(`Invio.*${title}`, 'u') });
  await expect(card).toBeVisible();
  return card;
}

const tickets = (): string[] =>
  portal.journal().flatMap((entry) => (entry.kind === 'ticket' ? [entry.clientReference] : []));

test('K3: request that hangs is set aside by the keyboard, the next one gets its number, and it comes back undoubled', async () => {
  const { app, page } = await start();
  await settledIn(page);
  await portal.faultAt('POST /api/v1/tickets', swallowed);
  const held = await queueAnother(page, 'La lettura resta ferma');
  const card = await cardOf(page, 'La lettura resta ferma');
  await expect(card.getByText('In invio', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'Metti da parte' }).press('Enter');
  await expect(card.getByText('Messa da parte', { exact: true })).toBeVisible();
  // The button went with the state it was for; the keyboard stays at the card.
  await expect(card).toBeFocused();
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  await portal.fault({ kind: 'none' });
  const next = await queueAnother(page, 'La scrittura resta al 12 %');
  await expect.poll(async () => (await numbersOf(page)).filter((number) => number !== null)).toHaveLength(1);
  expect(tickets()).toEqual([next]);
  await card.getByRole('button', { name: 'Riprendi' }).press('Enter');
  await expect.poll(async () => (await numbersOf(page)).filter((number) => number !== null)).toHaveLength(2);
  expect(tickets()).toEqual([next, held]);
  await app.close();
});

test('K3: request set aside that the portal had taken after all gets its number from the news and leaves the queue', async () => {
  const { app, page } = await start();
  await settledIn(page);
  await portal.faultAt('POST /api/v1/tickets', silence);
  const id = await queueAnother(page, 'La lettura resta ferma');
  const card = await cardOf(page, 'La lettura resta ferma');
  await expect(card.getByText('In invio', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'Metti da parte' }).press('Enter');
  await portal.fault({ kind: 'none' });
  await expect.poll(async () => (await numbersOf(page)).filter((number) => number !== null)).toHaveLength(1);
  await expect(card).toHaveCount(0);
  await expect.poll(async () => (await call(page, 'outbox', {})).length).toBe(0);
  expect(tickets()).toEqual([id]);
  await app.close();
});

test('K3: request nobody knows the fate of is taken back with a word about it, and sent again it is on the portal once', async () => {
  const { app, page } = await start();
  await settledIn(page);
  await portal.faultAt('POST /api/v1/tickets', swallowed);
  const id = await queueAnother(page, 'La lettura resta ferma');
  const card = await cardOf(page, 'La lettura resta ferma');
  await expect(card.getByText('In invio', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'Togli dalla coda' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Potrebbe essere arrivata al portale');
  await question.getByRole('button', { name: 'Togli dalla coda' }).click();
  await expect.poll(async () => (await call(page, 'outbox', {})).length).toBe(0);
  const { draft } = await call(page, 'draft', { id });
  await portal.fault({ kind: 'none' });
  await call(page, 'sendDraft', { id, revision: draft.revision });
  await expect
    .poll(async () => (await call(page, 'outbox', {}))[0]?.state ?? 'gone')
    .toMatch(/unknown|queued|gone/u);
  await expect
    .poll(
      async () => {
        await call(page, 'syncNow', {});
        return (await numbersOf(page)).filter((number) => number !== null).length;
      },
      { timeout: 60_000 },
    )
    .toBe(1);
  expect(tickets()).toEqual([id]);
  await app.close();
});

test('program ends though the portal answers nothing, and the next start finds what was on its way', async () => {
  const { app, page, dataFolder } = await start();
  await settledIn(page);
  await portal.fault(silence);
  const id = await queueAnother(page, 'La lettura resta ferma');
  await expect.poll(async () => (await call(page, 'outbox', {}))[0]?.state).toBe('sending');
  expect(await msUntilGone(app, () => askToQuit(app))).toBeLessThan(endsWithinMs);
  await portal.fault({ kind: 'none' });
  const second = await start(dataFolder);
  await expect
    .poll(
      async () => {
        await call(second.page, 'syncNow', {});
        return (await numbersOf(second.page)).filter((number) => number !== null).length;
      },
      { timeout: 60_000 },
    )
    .toBe(1);
  expect(tickets()).toEqual([id]);
  await second.app.close();
});
