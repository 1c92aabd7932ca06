import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { launch } from './launch.ts';
import { firstRun, goTo, openSection, writeAndSend } from './workshop.ts';

/** The next call of a channel gets no answer at all, whether or not it was carried out; those after it are answered as ever. */
async function loseOneAnswer(app: ElectronApplication, channel: string, carriedOut: boolean): Promise<void> {
  await app.evaluate(
    ({ ipcMain }, { name, stores }) => {
      const doors = Reflect.get(ipcMain, '_invokeHandlers') as Map<string, (...given: unknown[]) => unknown>;
      const door = doors.get(name);
      doors.set(name, async (...given) => {
        if (door !== undefined) doors.set(name, door);
        if (stores) await door?.(...given);
        throw new Error('no answer');
      });
    },
    { name: channel, stores: carriedOut },
  );
}

const notSaved = (page: Page) => page.getByText('non salvata', { exact: true });

test('D1: draft whose save main never answered is told as unsaved, then stored by itself, and so is the next edit', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Problema');
  const saved = page.getByRole('status').filter({ hasText: /^salvata\b/u });
  const stored = async (): Promise<string | undefined> => {
    const { rows } = await call(page, 'requests', { filter: 'drafts', text: '', offset: 0 });
    return rows[0] === undefined
      ? undefined
      : (await call(page, 'draft', { id: rows[0].id })).draft.content.fields.problem?.text;
  };
  const problem = page.getByLabel('Che cosa è successo', { exact: true });
  await loseOneAnswer(app, 'editDraft', false);
  await problem.fill('La lettura si ferma al 38 %');
  await expect(notSaved(page)).toBeVisible();
  expect(await stored()).toBeUndefined();
  await expect(saved).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await stored()).toBe('La lettura si ferma al 38 %');
  // The other way round: stored, and its answer lost on the way back while the typing goes on.
  await loseOneAnswer(app, 'editDraft', true);
  await problem.fill('La lettura si ferma al 40 %');
  await expect(notSaved(page)).toBeVisible();
  await problem.fill('La lettura si ferma al 42 %');
  await expect.poll(stored).toBe('La lettura si ferma al 42 %');
  await expect(saved).toBeVisible();
  await app.close();
});

test('D1: reply whose save main never answered is told as unsaved, then stored by itself', async () => {
  const { app, page } = await launch({ env: { OPERATOR_DELAY_MS: '600000' } });
  await firstRun(page);
  await writeAndSend(page);
  const stored = async (): Promise<string> => {
    const { rows } = await call(page, 'requests', { filter: 'all', text: '', offset: 0 });
    return rows[0] === undefined ? '' : (await call(page, 'ticket', { id: rows[0].id })).reply.text;
  };
  const unsaved = page.getByText('Quello che hai scritto resta in questa finestra');
  await loseOneAnswer(app, 'saveReply', false);
  await page.getByRole('textbox', { name: /^Rispondi/u }).fill('Ecco il LOG');
  await expect(unsaved).toBeVisible();
  expect(await stored()).toBe('');
  await expect.poll(stored).toBe('Ecco il LOG');
  await expect(unsaved).toHaveCount(0);
  await app.close();
});
