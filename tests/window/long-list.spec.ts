import { expect, test } from '@playwright/test';
import { launch } from './launch.ts';
import { firstRun, goTo } from './workshop.ts';

test('list reaches its last row and finds one by its words when it is longer than a page', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await page.evaluate(async () => {
    const value = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
      if (!result.ok) throw new Error('refused');
      return result.value;
    };
    const tool = value(await window.officina.tools({}))[0];
    for (let index = 0; index < 230; index += 1) {
      const draft = value(await window.officina.startDraft({ toolId: tool?.id ?? null, evidenceIds: [] }));
      value(await window.officina.editDraft({ id: draft.id, baseRevision: draft.revision, content: { ...draft.content, fields: { problem: { text: `Errore numero ${index} alla connessione`, source: { kind: 'typed' } } } } }));
    }
  });
  await goTo(page, 'Richieste');
  const table = page.getByRole('table', { name: 'Richieste' });
  await expect(table).toHaveAttribute('aria-rowcount', '231');
  expect(await table.getByRole('row').count()).toBeLessThan(80);
  await table.getByRole('button', { name: /Errore numero/u }).first().focus();
  await page.keyboard.press('End');
  await expect(table.getByRole('button', { name: 'Errore numero 0 alla connessione' })).toBeVisible();
  await page.getByLabel('Cerca nelle richieste').fill('numero 117');
  await expect(table.getByRole('button', { name: 'Errore numero 117 alla connessione' })).toBeVisible();
  await expect(table).toHaveAttribute('aria-rowcount', '2');
  await app.close();
});
