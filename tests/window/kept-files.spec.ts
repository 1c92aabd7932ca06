import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openDatabase } from '../../electron/store/native-binding.ts';
import { call } from '../faults/killed-app.ts';
import { freshDataFolder, launch } from './launch.ts';
import { firstRun, goTo } from './workshop.ts';

/** A portal elsewhere bears the time out; the days that takes are moments here. */
const quickDays = { PORTAL_ELSEWHERE: '1', RETENTION_MS: '300', SYNC_MS: '100' };

/** As if everything of the requests had happened so many days earlier. */
function letDaysPass(dataFolder: string, days: number): void {
  const db = openDatabase(join(dataFolder, 'officina.db'));
  const earlier = (column: string): string =>
    `${column} = strftime('%Y-%m-%dT%H:%M:%fZ', ${column}, '-${days} days')`;
  db.exec(
    `update tickets set ${earlier('closed_at')}, ${earlier('received_at')}; update messages set ${earlier('at')}`,
  );
  db.close();
}

test('R-PRIVACY-1: file of a request closed long ago is gone after a power cut in the middle, and its request says when', async () => {
  const dataFolder = freshDataFolder();
  const path = join(freshDataFolder(), 'ktag.log');
  writeFileSync(path, '18:01:44 ERR back checksum\n');
  const first = await launch({ dataFolder, env: { SYNC_MS: '300', OPERATOR_DELAY_MS: '600000' } });
  await firstRun(first.page);
  await first.app.evaluate(({ dialog }, chosen) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [chosen] }));
  }, path);
  const [file] = (await call(first.page, 'chooseFiles', {})).frozen;
  if (file === undefined) throw new Error('the file was not taken');
  const bytes = join(dataFolder, 'evidence', file.sha256.slice(0, 2), file.sha256);
  const terms = await call(first.page, 'terms', {});
  await call(first.page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
  const draft = await call(first.page, 'startDraft', { toolId: null, evidenceIds: [file.id] });
  const productId =
    (await call(first.page, 'productCatalogue', {})).find((item) => !item.hasSerial)?.id ?? null;
  const { revision } = await call(first.page, 'editDraft', {
    id: draft.id,
    baseRevision: draft.revision,
    content: {
      ...draft.content,
      productId,
      requestType: 'question',
      fields: { problem: { text: 'Non trovo il driver', source: { kind: 'typed' } } },
      guides: [{ id: draft.id, title: 'Guida', finding: '' }],
    },
  });
  await call(first.page, 'sendDraft', { id: draft.id, revision });
  const settled = async (): Promise<boolean> => {
    const { outbox, ticket } = await call(first.page, 'ticket', { id: draft.id });
    return ticket.number !== null && outbox.every((item) => item.state === 'accepted');
  };
  await expect.poll(settled, { timeout: 60_000 }).toBe(true);
  await call(first.page, 'closeTicket', { id: draft.id });
  await expect
    .poll(async () => (await call(first.page, 'ticket', { id: draft.id })).ticket.state, { timeout: 60_000 })
    .toBe('closed');
  await goTo(first.page, 'Impostazioni');
  const choice = first.page.getByLabel('File delle richieste chiuse');
  await expect(choice).toHaveValue('until-erased');
  await choice.selectOption({ label: 'Eliminati 30 giorni dopo la chiusura' });
  await expect.poll(async () => (await call(first.page, 'appInfo', {})).settings.keptFiles).toBe('30-days');
  await first.app.close();

  letDaysPass(dataFolder, 31);
  // A portal on this PC agrees with its clock whatever it says: ten of its days go by, and nothing is let go on its word.
  const { PORTAL_ELSEWHERE: _, ...quickHere } = quickDays;
  const here = await launch({ dataFolder, env: quickHere });
  const contactMs = async (): Promise<number> =>
    Date.parse((await call(here.page, 'portalStatus', {})).lastContactAt ?? '');
  await expect.poll(contactMs).not.toBeNaN();
  const firstMs = await contactMs();
  await expect.poll(async () => (await contactMs()) - firstMs).toBeGreaterThan(3_000);
  expect(existsSync(bytes)).toBe(true);
  await here.app.close();

  // The power fails between the row and the bytes.
  const second = await launch({
    dataFolder,
    env: { ...quickDays, FAIL_AT: 'retention.noted' },
    waits: false,
  });
  await new Promise((gone) => second.app.process().once('exit', gone));
  expect(existsSync(bytes)).toBe(true);

  const third = await launch({ dataFolder, env: quickDays });
  await expect.poll(() => existsSync(bytes), { timeout: 60_000 }).toBe(false);
  await goTo(third.page, 'Richieste');
  await third.page.getByRole('button', { name: 'Non trovo il driver' }).first().click();
  const facts = third.page.getByRole('complementary', { name: 'Dati della richiesta' });
  await expect(facts.getByText('tolto oggi, come hai scelto')).toBeVisible();
  // It is named still, and there is nothing of it to look at.
  await expect(facts.getByRole('button', { name: 'Azioni per ktag.log' })).toHaveCount(1);
  await expect(facts.getByRole('button', { name: 'Guarda ktag.log' })).toHaveCount(0);
  await expect(third.page.getByRole('alert')).toHaveCount(0);
  await third.app.close();
});
