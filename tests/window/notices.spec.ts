import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openPracticeDatabase } from '../../electron/portal/practice/practice-database.ts';
import { openDatabase } from '../../electron/store/native-binding.ts';
import type { Notice } from '../../shared/domain/notice.ts';
import { call } from '../faults/killed-app.ts';
import { dayOf, launchAt, rome, settle } from './clocked.ts';
import { launch } from './launch.ts';
import { agree, firstRun, goTo, writeRequest } from './workshop.ts';

const hourMs = 3_600_000;
const notice = (id: string, kind: Notice['kind'], fromMs: number, toMs: number): Notice => ({
  id,
  kind,
  title: { it: `Avviso ${id}`, en: `Notice ${id}` },
  startsAt: new Date(fromMs).toISOString(),
  endsAt: new Date(toMs).toISOString(),
  origin: 'portal',
});

/** What the portal announces, written at once: it is ten thousand. */
const announces =
  (notices: readonly Notice[]) =>
  (portalFolder: string): void => {
    const db = openPracticeDatabase(portalFolder);
    const insert = db.prepare('insert into notice (id, content) values (?, ?)');
    db.transaction(() => {
      for (const item of notices) insert.run(item.id, JSON.stringify(item));
    })();
    db.close();
  };

test('R-HOURS-2: ten thousand notices, two overlapping, one ending before it starts: Today says the one true end', async () => {
  const nowMs = rome('2026-11-24', '10:00');
  const later = Array.from({ length: 9_997 }, (_, index) =>
    notice(
      `n${index}`,
      index % 2 === 0 ? 'closure' : 'info',
      rome('2027-03-01', '00:00') + index * 48 * hourMs,
      rome('2027-03-01', '00:00') + (index * 48 + 1) * hourMs,
    ),
  );
  const closing = [
    notice('a', 'closure', nowMs - 20 * hourMs, nowMs + 5 * hourMs),
    notice('b', 'closure', nowMs - hourMs, rome('2026-11-25', '12:00')),
    notice('c', 'closure', nowMs + hourMs, nowMs - hourMs),
  ];
  const shop = await launchAt({ pcMs: nowMs, prepare: announces([...later, ...closing]) });
  await settle(shop);
  const { page } = shop;
  await expect(
    dayOf(page).getByText('Sola lettura fino a mer 25 nov, 12:00. È una chiusura annunciata.'),
  ).toBeVisible({ timeout: 60_000 });
  // Above the screen stands what is in force, one line of it; the thousands ahead are in the settings.
  await expect(page.getByText(/^Avviso [a-z]\d* · da/u)).toHaveCount(1);
  await page.getByRole('button', { name: '1 altro avviso' }).click();
  await expect(page.getByText(/^Avviso [ab] · da/u)).toHaveCount(2);
  await goTo(page, 'Impostazioni');
  const list = page.getByRole('list', { name: 'Chiusure e manutenzioni' });
  await expect(list.getByRole('listitem')).toHaveCount(50);
  await expect(list.getByRole('listitem').filter({ hasText: 'Avviso c' })).toContainText(
    'Finisce prima di cominciare: non cambia gli orari.',
  );
  await expect(page.getByText(/^Il portale ne annuncia altre [\d.]+, più avanti/u)).toBeVisible();
  await writeRequest(page);
  await agree(page);
  await page.getByRole('button', { name: 'Metti in coda' }).click();
  await goTo(page, 'Oggi');
  await expect(page.getByText('È una chiusura annunciata. Parte da sola: mer 25 nov, 12:00.')).toBeVisible();
  expect(shop.sends()).toBe(0);
  await shop.passTo(rome('2026-11-25', '11:59:57'));
  await expect(dayOf(page).getByText('Supporto attivo fino alle 12:30. È orario di supporto.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'In attesa del fornitore' })).toBeVisible({
    timeout: 40_000,
  });
  await shop.close();
});

test('DAMAGE-3: rows edited by hand in the database are told, stay where they are, and keep nothing else from working', async () => {
  const { app, page, dataFolder } = await launch();
  await firstRun(page);
  const drafts = [];
  for (const problem of ['La lettura si ferma', 'La scrittura si ferma']) {
    const draft = await call(page, 'startDraft', { toolId: null, evidenceIds: [] });
    await call(page, 'editDraft', {
      id: draft.id,
      baseRevision: draft.revision,
      content: { ...draft.content, fields: { problem: { text: problem, source: { kind: 'typed' } } } },
    });
    drafts.push(draft.id);
  }
  await call(page, 'addNotice', {
    kind: 'closure',
    title: 'Ferie',
    startsAt: '2026-01-01T00:00:00.000Z',
    endsAt: null,
  });
  await app.close();
  const db = openDatabase(join(dataFolder, 'officina.db'));
  db.prepare("update tickets set content = 'not json' where id = ?").run(drafts[0]);
  db.exec("update notices set notice = '{'");
  db.prepare(
    "insert into messages (id, ticket_id, author, text, attachments, at, delivery, read) values ('no id', ?, '{', '', '[]', 'x', 'delivered', 1)",
  ).run(drafts[1]);
  db.close();
  const again = await launch({ dataFolder });
  await expect(
    again.page.getByText(/^Una richiesta non si legge più: .* Resta dov'è e tutto il resto funziona/u),
  ).toBeVisible();
  await again.page.getByRole('button', { name: /^(1 altro|Altri \d+) avvis[oi]$/u }).click();
  await expect(
    again.page.getByText(/voci che non si leggono più: un messaggio\. Restano dove sono/u),
  ).toBeVisible();
  await expect(again.page.getByRole('button', { name: 'La scrittura si ferma' })).toBeVisible();
  await expect(dayOf(again.page)).toBeVisible();
  await expect(dayOf(again.page)).not.toContainText('Sola lettura');
  // The way to have them back is one press away.
  await again.page.getByRole('button', { name: 'Vai alle copie' }).first().click();
  await expect(
    again.page.getByRole('region', { name: 'Copie di sicurezza' }).getByText(/^Ultima copia: /u),
  ).toBeVisible();
  const copies = again.page.getByRole('heading', { name: 'Copie di sicurezza' });
  await expect(copies).toBeFocused();
  await expect(copies).toBeInViewport();
  // A line that cannot be read says so, and is counted.
  await goTo(again.page, 'Richieste');
  const lost = again.page.getByRole('button', { name: 'Non si legge più: guarda le copie di sicurezza' });
  await expect(lost).toBeVisible();
  await expect(again.page.getByRole('table').getByText('Caricamento…')).toHaveCount(0);
  await lost.click();
  await expect(copies).toBeInViewport();
  await writeRequest(again.page);
  await agree(again.page);
  await again.page.getByRole('button', { name: /Invia ora|Metti in coda/u }).click();
  await expect(again.page.getByRole('button', { name: 'Copia il numero' })).toBeVisible({ timeout: 60_000 });
  await again.app.close();
  const kept = openDatabase(join(dataFolder, 'officina.db'));
  expect(kept.prepare('select content from tickets where id = ?').pluck().get(drafts[0])).toBe('not json');
  kept.close();
});
