import { expect, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { launch } from './launch.ts';
import { firstRun, openSection, goTo } from './workshop.ts';

test('R-INFO-1: a field of the draft shows what is stored and leaves, and says what a paste lost', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Veicolo e centralina');
  const sw = page.getByLabel('Numero SW', { exact: true });
  await sw.fill('SW\u202e9970');
  await expect(sw).toHaveValue('SW9970');
  const hw = page.getByLabel('Numero HW', { exact: true });
  await hw.fill('\u200b03L906018.');
  await hw.blur();
  await expect(hw).toHaveValue('03L906018');
  await openSection(page, 'Problema');
  const problem = page.getByLabel('Che cosa è successo', { exact: true });
  await problem.fill('si \u202eferma\u202c\nal 38 %');
  await expect(problem).toHaveValue('si ferma\nal 38 %');
  await app.evaluate(({ clipboard }) => clipboard.writeText('x'.repeat(20_010)));
  await problem.press('ControlOrMeta+End');
  await problem.press('ControlOrMeta+v');
  const lost = 20_010 + 'si ferma\nal 38 %'.length - 20_000;
  await expect(page.getByText(`mancano gli ultimi ${lost} caratteri`)).toBeVisible();
  expect((await problem.inputValue()).length).toBe(20_000);
  await page.screenshot({ path: '/tmp/h3-paste.png' });
  await problem.press('Backspace');
  await expect(page.getByText('mancano gli ultimi')).toHaveCount(0);
  await problem.blur();
  await expect
    .poll(async () => {
      const { rows } = await call(page, 'requests', { filter: 'drafts', text: '', offset: 0 });
      const { draft } = await call(page, 'draft', { id: rows[0]?.id ?? '' });
      const { ecuSw, ecuHw, problem: words } = draft.content.fields;
      return [ecuSw?.text, ecuHw?.text, words?.text.slice(0, 16)];
    })
    .toEqual(['SW9970', '03L906018', 'si ferma\nal 38 %']);
  await app.close();
});
