import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { call } from '../faults/killed-app.ts';
import type { Launched } from './launch.ts';
import { goTo, requestLines } from './workshop.ts';

/** What a person does on the page of a portal that stands open below `url`, as a script of the page's own world. */
export function onSitePage(app: ElectronApplication, url: string, code: string): Promise<unknown> {
  return app.evaluate(
    ({ webContents }, { code: asked, url: below }): Promise<unknown> => {
      const contents = webContents.getAllWebContents().find((one) => one.getURL().startsWith(below));
      if (contents === undefined) throw new Error('no page of the portal');
      return contents.executeJavaScript(asked, true);
    },
    { code, url },
  );
}

/** The panel beside a page that is filled in. */
export const sitePanel = (page: Page): Locator =>
  page.getByRole('complementary', { name: 'Compilazione guidata' });

/** Two files of a tool, chosen and frozen; `sizes` in bytes. */
export async function twoFrozenFiles({
  app,
  page,
}: Launched): Promise<{ readonly ids: EvidenceId[]; readonly sizes: readonly number[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'officina-web-files-'));
  const paths = ['ktag lettura.log', 'schermata.txt'].map((name) => join(folder, name));
  for (const [nth, path] of paths.entries()) writeFileSync(path, `riga ${nth}\n`.repeat(200 + nth));
  await app.evaluate(({ dialog }, filePaths) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths }));
  }, paths);
  const { frozen } = await call(page, 'chooseFiles', {});
  return { ids: frozen.map(({ id }) => id), sizes: frozen.map(({ sizeBytes }) => sizeBytes) };
}

/** Opens the portal's pages beside a request. */
export async function openPages(page: Page, problem: string): Promise<void> {
  await goTo(page, 'Richieste');
  await requestLines(page).filter({ hasText: problem }).first().click();
  await page.getByRole('button', { name: 'Apri il portale qui' }).click();
}
