import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launch } from './launch.ts';
import { firstRun, goTo } from './workshop.ts';

test('audit names the request an entry speaks of and opens it, and the product by its name', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await page.evaluate(async () => {
    const tools = await window.officina.tools({});
    const tool = tools.ok ? tools.value[0] : undefined;
    const started = await window.officina.startDraft({ toolId: tool?.id ?? null, evidenceIds: [] });
    if (!started.ok) throw new Error(started.error.code);
    const { id, revision, content } = started.value;
    await window.officina.editDraft({
      id,
      baseRevision: revision,
      content: {
        ...content,
        fields: {
          ...content.fields,
          problem: { text: 'La lettura si ferma al 38 %', source: { kind: 'typed' } },
        },
      },
    });
  });
  await goTo(page, 'Registro');
  const begun = page.getByRole('listitem').filter({ hasText: 'Bozza iniziata' });
  await expect(page.getByRole('listitem').filter({ hasText: 'Strumento salvato' })).toContainText(
    'K-TAG Master',
  );
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  await begun.getByRole('button', { name: 'La lettura si ferma al 38 %' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'La lettura si ferma al 38 %' })).toBeVisible();
  await app.close();
});
