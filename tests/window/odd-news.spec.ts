import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import type { Fault } from '../portal/fault.ts';
import { call, type OutsidePortal, startOutsidePortal } from '../faults/killed-app.ts';
import { freshDataFolder, type Launched } from './launch.ts';
import { launchOn, settledIn } from './outside-portal.ts';
import { askToQuit, endsWithinMs, msUntilGone } from './quitting.ts';
import { goTo, queueAnother } from './workshop.ts';

let portal: OutsidePortal;
test.beforeEach(async () => {
  portal = await startOutsidePortal(0);
});
test.afterEach(() => portal.stop());

const answered = (body: object): Fault => ({
  kind: 'answer',
  commits: false,
  answer: { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
});

const start = (dataFolder?: string): Promise<Launched> => launchOn(portal, dataFolder);

const numberOf = async (page: Page, title: string): Promise<string | null> =>
  (await call(page, 'requests', { filter: 'all', text: '', offset: 0 })).rows.find((row) =>
    row.title.includes(title),
  )?.number ?? null;

const hasNoViolation = async (page: Page): Promise<void> =>
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);

const heard = (number: string, subject: string): object => ({
  number,
  clientReference: null,
  state: 'open',
  language: 'it',
  subject,
  body: 'La lettura si ferma',
  productId: 'ktag',
  serial: '',
  operator: null,
  receivedAt: '2026-11-24T18:00:00.000Z',
});
const said = (id: string, text: string): object => ({
  id,
  number: 'H-000077',
  clientReference: null,
  author: { kind: 'operator', name: 'Laura' },
  text,
  attachments: [],
  at: '2026-11-24T18:05:00.000Z',
});

test('news of which two entries cannot be read show the rest, are told once, and keep nothing from being sent', async () => {
  const { app, page, dataFolder } = await start();
  await settledIn(page);
  await portal.faultAt(
    'GET /api/v1/changes',
    answered({
      tickets: [{ number: 7 }, heard('H-000077', 'Aperta al telefono')],
      messages: ['no message', said('m-1', 'Mandami il LOG di stamattina')],
      cursor: 'told',
      hasMore: false,
    }),
  );
  const banner = page.getByText('Il portale ha mandato 2 voci che non si possono mostrare per intero', {
    exact: false,
  });
  await expect(banner).toBeVisible();
  expect(await numberOf(page, 'Aperta al telefono')).toBe('H-000077');
  await hasNoViolation(page);
  await queueAnother(page, 'La scrittura resta al 12 %');
  await expect.poll(() => numberOf(page, 'La scrittura resta al 12 %')).not.toBeNull();
  const line = page.locator('.banner').filter({ has: banner });
  await line.getByRole('button', { name: 'Va bene' }).press('Enter');
  await expect(banner).toHaveCount(0);
  // The line took nothing of the keyboard with it: it goes on at the screen beneath.
  await expect(page.locator('main')).toBeFocused();
  // The same page is answered at each further look: what was told is not told again, not even after a restart.
  await call(page, 'syncNow', {});
  await app.close();
  const second = await start(dataFolder);
  await expect(second.page.getByRole('button', { name: 'Portale: Portale di prova' })).toBeVisible();
  await call(second.page, 'syncNow', {});
  await expect(second.page.getByText('voci che non si possono mostrare per intero')).toHaveCount(0);
  await second.app.close();
});

test('news without an end are told as such, a request gets its number all the same, and the program can be quit', async () => {
  const { app, page } = await start();
  await settledIn(page);
  await portal.faultAt(
    'GET /api/v1/changes',
    answered({ tickets: [], messages: [], cursor: 'again', hasMore: true }),
  );
  const banner = page.getByText('Il portale non riesce a dare le ultime novità', { exact: false });
  await expect(banner).toBeVisible();
  await hasNoViolation(page);
  await queueAnother(page, 'La scrittura resta al 12 %');
  await expect.poll(() => numberOf(page, 'La scrittura resta al 12 %')).not.toBeNull();
  await portal.fault({ kind: 'none' });
  await expect(banner).toHaveCount(0);
  await portal.faultAt(
    'GET /api/v1/changes',
    answered({ tickets: [], messages: [], cursor: 'again', hasMore: true }),
  );
  await expect(banner).toBeVisible();
  expect(await msUntilGone(app, () => askToQuit(app))).toBeLessThan(endsWithinMs);
});

/** Takes a small LOG as evidence through the system's dialog. */
async function frozenLog({ app, page }: Launched): Promise<EvidenceId> {
  const path = join(freshDataFolder(), `ktag-${randomUUID()}.log`);
  writeFileSync(path, '18:01:44 ERR back checksum\n');
  await app.evaluate(({ dialog }, chosen) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [chosen] }));
  }, path);
  const evidence = (await call(page, 'chooseFiles', {})).frozen[0];
  if (evidence === undefined) throw new Error('the file was not taken');
  return evidence.id;
}

/** Each shape there is has its test over HTTP; here one of another host and one that is no address. */
const badPlaces = ['http://internal:1080/files/1', 'javascript:x'];
for (const location of badPlaces) {
  test(`file whose upload is given the place "${location}" waits for itself alone, can be taken away, and the next request goes`, async () => {
    const started = await start();
    const { app, page } = started;
    await settledIn(page);
    const evidence = await frozenLog(started);
    await portal.faultAt('POST /api/v1/uploads', {
      kind: 'answer',
      commits: false,
      answer: { status: 201, headers: { 'tus-resumable': '1.0.0', location }, body: '' },
    });
    await queueAnother(page, 'La lettura resta ferma', [evidence]);
    await expect.poll(() => numberOf(page, 'La lettura resta ferma')).not.toBeNull();
    await expect
      .poll(async () => (await call(page, 'outbox', {}))[0]?.lastError?.code ?? null)
      .not.toBeNull();
    await queueAnother(page, 'La scrittura resta al 12 %');
    await expect.poll(() => numberOf(page, 'La scrittura resta al 12 %')).not.toBeNull();
    await page.getByRole('button', { name: /Apri la coda di invio/u }).click();
    const card = page.getByRole('article', { name: /La lettura resta ferma/u });
    await expect(card).toBeVisible();
    await hasNoViolation(page);
    await card.getByRole('button', { name: 'Metti da parte' }).press('Enter');
    await expect(card.getByText('Messo da parte', { exact: true })).toBeVisible();
    await expect(card.getByText('riprova da sola')).toHaveCount(0);
    await portal.fault({ kind: 'none' });
    await page.keyboard.press('Escape');
    await goTo(page, 'Oggi');
    const turn = page.getByRole('region', { name: 'Tocca a te' });
    await expect(turn.getByText(/^File .*L'hai messo da parte: resta fermo/u)).toBeVisible();
    await page.screenshot({ path: '/tmp/h3-today.png' });
    await hasNoViolation(page);
    await turn.getByRole('button', { name: /^Riprendi: File/u }).press('Enter');
    await expect.poll(async () => (await call(page, 'outbox', {})).length).toBe(0);
    expect(portal.journal().filter((entry) => entry.kind === 'attachment')).toHaveLength(1);
    await app.close();
  });
}
