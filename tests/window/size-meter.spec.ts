import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { noFault, problemAnswer } from '../portal/fault.ts';
import { type Clocked, launchAt, rome, settle } from './clocked.ts';
import { freshDataFolder } from './launch.ts';
import { goTo, openSection, queueAnother } from './workshop.ts';

test.describe.configure({ timeout: 120_000 });
let shop: Clocked;
test.afterEach(async () => {
  await shop.close();
});

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
}

async function pictured(app: ElectronApplication, page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  for (const [width, height] of [
    [1280, 800],
    [683, 768],
  ] as const) {
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
      [width, height] as [number, number],
    );
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${folder}/${name}-${width}.png` });
  }
}

test('R-INFO-8, R-PRIVACY-1: draft and review measure files against what the portal refused, and settings forget it', async () => {
  shop = await launchAt({ pcMs: rome('2026-11-24', '10:00') });
  await settle(shop);
  const { app, page, portal } = shop;
  const file = join(freshDataFolder(), 'ktag.log');
  writeFileSync(file, '18:01:44 ERR back checksum\n'.repeat(400));
  await app.evaluate(({ dialog }, path) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [path] }));
  }, file);
  const evidenceIds = (await call(page, 'chooseFiles', {})).frozen.map((row) => row.id);
  const { version, sha256 } = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version, sha256 });
  portal.setFault(({ method, path }) =>
    method === 'POST' && path.endsWith('/uploads') ? problemAnswer(413, 'too-large') : noFault,
  );
  await queueAnother(page, 'Non trovo il driver', evidenceIds);
  await expect
    .poll(async () => (await call(page, 'portalStatus', {})).limits.learnt.length, { timeout: 60_000 })
    .toBe(1);

  const next = await call(page, 'startDraft', { toolId: null, evidenceIds });
  const productId = (await call(page, 'productCatalogue', {})).find((item) => !item.hasSerial)?.id ?? null;
  await call(page, 'editDraft', {
    id: next.id,
    baseRevision: next.revision,
    content: {
      ...next.content,
      productId,
      requestType: 'question',
      fields: { problem: { text: 'Non trovo il driver sul secondo PC', source: { kind: 'typed' } } },
      guides: [{ id: next.id, title: 'Guida', finding: '' }],
    },
  });
  await goTo(page, 'Richieste');
  await page
    .getByRole('button', { name: /Non trovo il driver sul secondo PC/u })
    .first()
    .click();
  await openSection(page, 'Prove');
  const meter = page.getByRole('region', { name: 'Dimensioni' });
  await expect(meter.getByRole('meter', { name: /^Insieme .* di /u })).toBeVisible();
  await expect(meter).toContainText('limite imparato da un rifiuto del portale');
  await expect(meter.getByText(/^ktag\.log \(.*\) è oltre il limite per file\.$/u)).toBeVisible();
  await clean(page);
  await pictured(app, page, 'meter-draft');
  await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
  await expect(page.getByRole('heading', { name: 'Controlla e invia', level: 1 })).toBeVisible();
  await expect(meter.getByText(/è oltre il limite per file\.$/u)).toBeVisible();
  await expect(page.getByText('Questi file non possono partire insieme.')).toBeVisible();
  await clean(page);
  await pictured(app, page, 'meter-review');

  await goTo(page, 'Impostazioni');
  const known = page.getByRole('list', { name: 'Limiti del portale' });
  await expect(known).toContainText(/imparato da un rifiuto del .*\d/u);
  await known.scrollIntoViewIfNeeded();
  await clean(page);
  await pictured(app, page, 'limits-settings');
  await page.getByLabel('Lingua del programma').selectOption({ label: 'English' });
  await expect(page.getByRole('list', { name: 'Limits of the portal' })).toContainText(
    /learnt from a refusal of/u,
  );
  await page.getByRole('button', { name: 'Forget the learnt limits' }).click();
  await expect(page.getByRole('list', { name: 'Limits of the portal' })).not.toContainText(/learnt/u);
  await expect(page.getByRole('button', { name: 'Forget the learnt limits' })).toHaveCount(0);

  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('button', { name: 'Requests', exact: true })
    .click();
  await page
    .getByRole('button', { name: /Non trovo il driver sul secondo PC/u })
    .first()
    .click();
  await page.getByRole('button', { name: 'Review and send' }).last().click();
  const english = page.getByRole('region', { name: 'Sizes' });
  await expect(english.getByRole('meter', { name: /^Together .* of /u })).toBeVisible();
  await expect(english.getByText(/is over the limit/u)).toHaveCount(0);
  await page.emulateMedia({ colorScheme: 'dark' });
  await clean(page);
  await pictured(app, page, 'meter-review-en-dark');
});
