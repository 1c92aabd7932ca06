import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launch } from './launch.ts';
import { firstRun, goTo } from './workshop.ts';

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
}

test('list reaches its last row, finds one by its words, and keeps a search over a restart when it is longer than a page', async () => {
  const { app, page, dataFolder } = await launch();
  await firstRun(page);
  await page.evaluate(async () => {
    const value = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
      if (!result.ok) throw new Error('refused');
      return result.value;
    };
    const tool = value(await window.officina.tools({}))[0];
    for (let index = 0; index < 230; index += 1) {
      const draft = value(await window.officina.startDraft({ toolId: tool?.id ?? null, evidenceIds: [] }));
      value(
        await window.officina.editDraft({
          id: draft.id,
          baseRevision: draft.revision,
          content: {
            ...draft.content,
            fields: {
              problem: { text: `Errore numero ${index} alla connessione`, source: { kind: 'typed' } },
            },
          },
        }),
      );
    }
  });
  const drafts = page.getByRole('region', { name: 'Bozze' });
  await expect(drafts.getByRole('listitem')).toHaveCount(6);
  await drafts.getByRole('button', { name: 'Tutte le bozze (230)' }).click();
  const table = page.getByRole('table', { name: 'Richieste' });
  await expect(table).toHaveAttribute('aria-rowcount', '231');
  await expect(page.getByRole('button', { name: /^Bozze/u, pressed: true })).toBeVisible();
  await page.getByRole('button', { name: /^Tutte \d/u }).click();
  expect(await table.getByRole('row').count()).toBeLessThan(80);
  await table
    .getByRole('button', { name: /Errore numero/u })
    .first()
    .focus();
  await page.keyboard.press('End');
  await expect(table.getByRole('button', { name: 'Errore numero 0 alla connessione' })).toBeVisible();
  await page.getByLabel('Cerca nelle richieste').fill('numero 117');
  await expect(table.getByRole('button', { name: 'Errore numero 117 alla connessione' })).toBeVisible();
  await expect(table).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('button', { name: 'Salva questa ricerca' }).click();
  await clean(page);
  await page.getByLabel('Cerca nelle richieste').fill('');
  await expect(table).toHaveAttribute('aria-rowcount', '231');
  await app.close();
  // Kept in the store, not in the window.
  const again = await launch({ dataFolder });
  await goTo(again.page, 'Richieste');
  await again.page.getByRole('button', { name: 'numero 117', exact: true }).click();
  await expect(again.page.getByRole('table', { name: 'Richieste' })).toHaveAttribute('aria-rowcount', '2');
  await expect(again.page.getByLabel('Cerca nelle richieste')).toHaveValue('numero 117');
  await again.page.getByRole('button', { name: 'Elimina la ricerca salvata numero 117' }).click();
  await expect(again.page.getByRole('button', { name: 'numero 117', exact: true })).toHaveCount(0);
  await again.app.close();
});
