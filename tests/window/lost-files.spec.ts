import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openDatabase } from '../../electron/store/native-binding.ts';
import { call } from '../faults/killed-app.ts';
import { launch } from './launch.ts';
import { firstRun, goTo, openSection } from './workshop.ts';

test('DAMAGE-3: file on a draft whose row was edited by hand is told and can be taken off, and what reads stays on it', async () => {
  const first = await launch();
  await firstRun(first.page);
  const [bad, good] = await first.page.evaluate(async () => {
    await window.officina.loadSamples({});
    const found = new Promise<readonly string[]>((resolve) => {
      window.officina.onEvent((event) => {
        if (event.kind === 'candidatesFound') resolve(event.candidates.map(({ id }) => id));
      });
    });
    await window.officina.startScan({});
    const report = await window.officina.freezeCandidates({
      candidateIds: [...(await found)].slice(0, 2) as never,
      tailOfLarge: false,
    });
    return report.ok ? report.value.frozen.map(({ id }) => id) : [];
  });
  if (bad === undefined || good === undefined) throw new Error('nothing was frozen');
  const draft = await call(first.page, 'startDraft', { toolId: null, evidenceIds: [bad, good] });
  const fields = { problem: { text: 'La lettura si ferma', source: { kind: 'typed' as const } } };
  await call(first.page, 'editDraft', {
    id: draft.id,
    baseRevision: draft.revision,
    content: { ...draft.content, fields },
  });
  await first.app.close();
  const db = openDatabase(join(first.dataFolder, 'officina.db'));
  expect(db.prepare("update evidence set sha256 = 'none' where id = ?").run(bad).changes).toBe(1);
  db.close();

  const { app, page } = await launch({ dataFolder: first.dataFolder });
  await goTo(page, 'Richieste');
  await page
    .getByRole('button', { name: /La lettura si ferma/u })
    .first()
    .click();
  await openSection(page, 'Prove');
  const told = page.getByText(/La voce di un file di questa richiesta non si legge più/u);
  await expect(told).toBeVisible();
  expect(
    (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id),
  ).toEqual([]);
  await page.getByRole('button', { name: 'Togli quello che non si legge' }).click();
  await expect(told).toHaveCount(0);
  await expect
    .poll(async () => (await call(page, 'draft', { id: draft.id })).draft.content.evidenceIds)
    .toEqual([good]);
  await app.close();
});
