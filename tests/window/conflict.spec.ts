import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { openPracticeDatabase } from '../../electron/portal/practice/practice-database.ts';
import { practiceDesk } from '../../electron/portal/practice/practice-desk.ts';
import { call } from '../faults/killed-app.ts';
import { noFault, problemAnswer } from '../portal/fault.ts';
import { type Clocked, launchAt, rome, settle } from './clocked.ts';
import { goTo, queueAnother } from './workshop.ts';

test.describe.configure({ timeout: 120_000 });
let shop: Clocked;
let folder = '';
test.afterEach(async () => {
  await shop.close();
});

async function pictured(app: ElectronApplication, page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  const pictures = process.env['PICTURES'];
  if (pictures === undefined) return;
  for (const [width, height] of [
    [1280, 800],
    [683, 768],
  ] as const) {
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
      [width, height] as [number, number],
    );
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${pictures}/${name}-${width}.png` });
  }
}

/** A reply that waits behind a portal that takes none, and the desk of that portal. */
async function waitingReply(): Promise<{
  readonly number: string;
  readonly desk: ReturnType<typeof practiceDesk>;
}> {
  shop = await launchAt({
    pcMs: rome('2026-11-24', '10:00'),
    operatorDelayMs: 3_600_000,
    prepare: (portalFolder) => {
      folder = portalFolder;
    },
  });
  await settle(shop);
  const { page, portal } = shop;
  const { version, sha256 } = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version, sha256 });
  const id = await queueAnother(page, 'Non trovo il driver');
  await expect
    .poll(async () => (await call(page, 'ticket', { id })).ticket.number, { timeout: 60_000 })
    .not.toBeNull();
  const number = (await call(page, 'ticket', { id })).ticket.number ?? '';
  portal.setFault(({ method, path }) =>
    method === 'POST' && path.endsWith('/messages') ? problemAnswer(503, 'fault') : noFault,
  );
  await call(page, 'saveReply', { ticketId: id, text: 'Misuro 13,4 V a riposo', evidenceIds: [] });
  await call(page, 'sendReply', { ticketId: id });
  await goTo(page, 'Richieste');
  await page
    .getByRole('button', { name: /Non trovo il driver/u })
    .first()
    .click();
  const db = openPracticeDatabase(join(folder));
  return { number, desk: practiceDesk(db, () => new Date(rome('2026-11-24', '10:05')).toISOString()) };
}

test('R-TICKET-1: reply into a ticket answered from elsewhere stands beside the other one, and is changed in the reply box', async () => {
  const { number, desk } = await waitingReply();
  const { app, page } = shop;
  desk.reply(number, { clientReference: randomUUID(), text: 'Già detto al telefono: 12,9 V' });
  const note = page.getByRole('region', { name: 'Mentre aspettava, è cambiato qualcosa' });
  await expect(note.getByRole('region', { name: 'Sul portale, adesso' })).toContainText(
    'Già detto al telefono: 12,9 V',
    { timeout: 60_000 },
  );
  await expect(note.getByRole('region', { name: 'La tua risposta, ferma qui' })).toContainText(
    'Misuro 13,4 V a riposo',
  );
  await note.scrollIntoViewIfNeeded();
  await pictured(app, page, 'conflict-it');
  shop.portal.setFault(() => noFault);
  await call(page, 'syncNow', {});
  expect(shop.portal.journal().filter(({ kind }) => kind === 'message')).toEqual([]);
  await note.getByRole('button', { name: 'Cambia la risposta' }).click();
  await expect(page.getByRole('textbox', { name: /^Rispondi/u })).toHaveValue('Misuro 13,4 V a riposo');
  await expect(note).toHaveCount(0);
});

test('R-TICKET-1: reply into a ticket that was closed meanwhile is held, and goes all the same when a person says so', async () => {
  const { number, desk } = await waitingReply();
  const { app, page } = shop;
  desk.close(number, 'operator');
  await expect(page.getByText('La richiesta è stata chiusa.')).toBeVisible({ timeout: 60_000 });
  await goTo(page, 'Impostazioni');
  await page.getByLabel('Lingua del programma').selectOption({ label: 'English' });
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('button', { name: 'Requests', exact: true })
    .click();
  await page
    .getByRole('button', { name: /Non trovo il driver/u })
    .first()
    .click();
  const note = page.getByRole('region', { name: 'Something changed while it waited' });
  await expect(note.getByText('The request was closed.')).toBeVisible();
  await expect(note.getByRole('button', { name: 'Change the reply' })).toHaveCount(0);
  await page.emulateMedia({ colorScheme: 'dark' });
  await note.scrollIntoViewIfNeeded();
  await pictured(app, page, 'conflict-en-dark');
  shop.portal.setFault(() => noFault);
  await note.getByRole('button', { name: 'Send it all the same' }).click();
  await expect(note).toHaveCount(0);
  await expect
    .poll(
      async () =>
        (await call(page, 'outbox', {})).find(({ work }) => work.kind === 'send-message')?.lastError?.params[
          'reason'
        ],
      { timeout: 60_000 },
    )
    .toBe('ticket-closed');
});
