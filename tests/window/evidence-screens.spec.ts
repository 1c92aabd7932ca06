import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type ElementHandle, expect, type Page, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { freshDataFolder, type Launched, launch } from './launch.ts';
import { firstRun, goTo, openSection } from './workshop.ts';

let started: Launched;
let page: Page;
test.beforeAll(async () => {
  started = await launch();
  page = started.page;
  await page.getByLabel('Codice cliente', { exact: true }).fill('ALI-20417');
  await page.getByLabel('Azienda').fill('Officina Rossi');
  await page.getByLabel('E-mail legata al codice cliente').fill('mario@rossi.example');
  await page.getByRole('button', { name: 'Continua', exact: true }).click();
  await page.getByRole('button', { name: 'Sì, è giusto' }).click();
  await page.getByRole('button', { name: 'Carica gli esempi' }).click();
  await page.getByRole('button', { name: 'Comincia', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Oggi · Officina Rossi' })).toBeVisible();
});
test.afterAll(async () => {
  await started.app.close();
});

async function clean(screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map((item) => `${screen}: ${item.id} ${item.nodes.map((node) => node.target).join(' ')}`),
  ).toEqual([]);
}

test('failure on disk becomes a draft with its files when the request is opened from it', async () => {
  const found = page.getByRole('region', { name: 'Trovati su questo PC' });
  await expect(found.getByRole('listitem').first()).toBeVisible({ timeout: 15_000 });
  await clean('today with a failure');
  await found.getByRole('button', { name: 'Apri una richiesta' }).first().click();
  await openSection(page, 'Prove');
  await expect(
    page.getByRole('region', { name: 'In questa richiesta' }).getByText('copia salvata').first(),
  ).toBeVisible();
  await clean('draft with evidence');
});

test('frozen text can be read and is whole when it is looked at', async () => {
  const attached = page.getByRole('region', { name: 'In questa richiesta' });
  await attached
    .getByRole('button', { name: /^Guarda .*\.log$/u })
    .first()
    .click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('textbox')).not.toHaveValue('');
  await expect(sheet.getByText('SHA-256')).toBeHidden();
  await sheet.getByText('Dettagli').click();
  await expect(sheet.getByText('SHA-256')).toBeVisible();
  await clean('preview');
  await page.keyboard.press('Escape');
});

test('ECU read is asked about and stays off when the answer is no', async () => {
  const list = page.getByRole('region', { name: 'Trovati su questo PC' });
  const read = list.getByRole('checkbox', { name: /del cliente/u }).first();
  await read.click();
  const question = page.getByRole('alertdialog', { name: 'Allegare una lettura di centralina?' });
  await expect(question.getByRole('button', { name: 'Non allegare' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(read).not.toBeChecked();
  await read.click();
  await question.getByRole('button', { name: 'Allega la lettura' }).click();
  await expect(read).toBeChecked();
  await read.click();
  await expect(read).not.toBeChecked();
});

test('chosen files start a request when they are ticked on the evidence screen', async () => {
  await goTo(page, 'Prove');
  const copies = await call(page, 'evidenceList', {});
  await page.getByRole('button', { name: /^kess_recognition_sample\.log/u }).click();
  await expect(page.getByRole('complementary', { name: 'Anteprima' }).getByRole('textbox')).not.toHaveValue(
    '',
  );
  // What the LOG tells of its failure, and the way to the line.
  const picture = page.getByRole('region', { name: 'Il guasto in figura' });
  await expect(picture.getByRole('listitem').filter({ hasText: 'interrotta qui' })).toHaveText(
    /^identificazione/u,
  );
  await expect(picture.getByText('Wake up error')).toBeVisible();
  // No act is broken in the middle of its word, however narrow the picture is.
  const broken = picture.getByRole('listitem').evaluateAll((acts) =>
    acts.flatMap((act) => {
      const words = document.createRange();
      words.selectNodeContents(act.querySelector('span')?.firstChild ?? act);
      const tops = new Set([...words.getClientRects()].map(({ top }) => top));
      return tops.size === 1 ? [] : [act.textContent];
    }),
  );
  expect(await broken).toEqual([]);
  await picture.getByRole('button', { name: 'Mostra la riga' }).click();
  await expect
    .poll(() =>
      page
        .getByRole('complementary', { name: 'Anteprima' })
        .getByRole('textbox')
        .evaluate((box: HTMLTextAreaElement) => box.value.slice(box.selectionStart, box.selectionEnd)),
    )
    .toMatch(/Wake up error$/u);
  await clean('found file shown');
  // A press shows and takes nothing; the tick takes.
  expect(await call(page, 'evidenceList', {})).toEqual(copies);
  await expect(page.getByText('0 file scelti')).toBeVisible();
  // The same acts on right click, by the keyboard and behind the dots.
  const line = page.getByRole('listitem').filter({ hasText: 'kess_recognition_sample.log' });
  await line.click({ button: 'right' });
  await expect(page.getByRole('menuitem')).toHaveText([
    'Mostra',
    'Spunta',
    'Apri una richiesta con questo',
    'Copia il nome',
  ]);
  await clean('menu of a found file');
  await page.keyboard.press('Escape');
  await line.getByRole('button', { name: /^kess_recognition/u }).focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Mostra' })).toBeVisible();
  await page.keyboard.press('Escape');
  // A menu that is closed stands for a moment longer.
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await line.getByRole('button', { name: 'Azioni per kess_recognition_sample.log' }).click();
  await page.getByRole('menuitem', { name: 'Spunta' }).click();
  await expect(page.getByRole('checkbox', { name: /kess_recognition_sample\.log/u })).toBeChecked();
  await expect(page.getByText('1 file scelto')).toBeVisible();
  await page.getByRole('button', { name: 'Apri una richiesta con questi' }).click();
  await openSection(page, 'Prove');
  await expect(
    page.getByRole('region', { name: 'In questa richiesta' }).getByText('kess_recognition_sample.log'),
  ).toBeVisible();
});

test('copies stay listed and folders can be switched off when the tabs are opened', async () => {
  await goTo(page, 'Prove');
  await page.getByRole('tab', { name: 'Copie salvate' }).click();
  await page.getByRole('button', { name: 'kess_recognition_sample.log' }).first().click();
  await expect(page.getByRole('complementary', { name: 'Anteprima' }).getByRole('textbox')).not.toHaveValue(
    '',
  );
  await clean('copies');
  await page.getByRole('tab', { name: 'Cartelle' }).click();
  const folder = page.getByRole('checkbox', { name: /samples/u });
  await folder.uncheck();
  await expect(folder).not.toBeChecked();
  await clean('folders');
});

test('a file opens over the list where there is no room beside it, and no row moves under the hand', async () => {
  const sized = (width: number): Promise<void> =>
    started.app.evaluate(
      ({ BrowserWindow }, wide) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, 768),
      width,
    );
  await goTo(page, 'Prove');
  await page.getByRole('tab', { name: 'Copie salvate' }).click();
  await sized(683);
  // Behind the open sheet it is there for the eyes alone.
  const row = page.getByRole('button', { name: 'kess_recognition_sample.log', includeHidden: true }).first();
  await expect(row).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Anteprima' })).toHaveCount(0);
  const before = await row.boundingBox();
  await row.click();
  const sheet = page.getByRole('dialog', { name: 'kess_recognition_sample.log' });
  await expect(sheet.getByRole('textbox')).not.toHaveValue('');
  expect(await row.boundingBox()).toEqual(before);
  await clean('file over the list');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(row).toBeFocused();
  await sized(1280);
});

test('R-PRIVACY-1: a copy that a draft names stays and says which, one that nothing names is deleted', async () => {
  await started.app.evaluate(({ clipboard, nativeImage }) => {
    const image = nativeImage.createFromBitmap(Buffer.alloc(20 * 10 * 4, 200), { width: 20, height: 10 });
    (clipboard as unknown as { writeImage: (picture: typeof image) => void }).writeImage(image);
  });
  await call(page, 'freezeClipboardImage', {});
  await goTo(page, 'Oggi');
  await goTo(page, 'Prove');
  await page.getByRole('tab', { name: 'Copie salvate' }).click();
  const pane = page.getByRole('complementary', { name: 'Anteprima' });
  await page.getByRole('button', { name: 'kess_recognition_sample.log' }).first().click();
  await expect(pane.getByText(/Serve ancora: la usa la bozza/u)).toBeVisible();
  await pane.getByRole('button', { name: 'Elimina la copia' }).click();
  await expect(page.getByRole('alert')).toContainText(
    'La copia di kess_recognition_sample.log serve ancora: la usa la bozza',
  );
  await page.getByRole('alert').getByRole('button', { name: 'Nascondi il messaggio' }).click();
  const picture = page.getByRole('button', { name: /^schermata-/u });
  // A picture stands in the list in small; from its menu it is deleted after the same question.
  const row = page.getByRole('listitem').filter({ has: picture });
  await expect(row.locator('img')).toHaveCount(1);
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Elimina la copia' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Elimina la copia' }).click();
  await expect(picture).toHaveCount(0);
});

test('a LOG dropped beside every target starts a request, and joins the draft that is open', async () => {
  const folder = freshDataFolder();
  mkdirSync(folder, { recursive: true });
  const drop = async (name: string): Promise<void> => {
    writeFileSync(join(folder, name), `${name}: Wake up error\n`);
    const input = await page.evaluateHandle(() => {
      const field = document.createElement('input');
      field.type = 'file';
      return field;
    });
    await (input.asElement() as ElementHandle<HTMLInputElement>).setInputFiles(join(folder, name));
    await input.evaluate((field) => {
      const data = new DataTransfer();
      for (const file of (field as HTMLInputElement).files ?? []) data.items.add(file);
      document
        .querySelector('main')
        ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    });
  };
  await goTo(page, 'Oggi');
  await drop('dropped_read.log');
  await expect(page.getByRole('heading', { name: 'Nuova richiesta', level: 1 })).toBeVisible();
  await drop('second_read.log');
  await expect(page.getByText('Un file aggiunto alla bozza')).toBeVisible();
  await openSection(page, 'Prove');
  const attached = page.getByRole('region', { name: 'In questa richiesta' });
  await expect(attached.getByText('dropped_read.log', { exact: true })).toBeVisible();
  await expect(attached.getByText('second_read.log', { exact: true })).toBeVisible();
});

test('page of a second workshop starts empty when nothing was loaded', async () => {
  const other = await launch();
  await firstRun(other.page, { tool: false });
  await expect(other.page.getByRole('heading', { name: 'Tre passi per la prima richiesta' })).toBeVisible();
  await other.app.close();
});

test('samples are one press away on an empty PC, and the failure among them comes first', async () => {
  const empty = await launch();
  await firstRun(empty.page);
  await empty.page.getByRole('button', { name: 'Carica gli esempi' }).click();
  const found = empty.page.getByRole('region', { name: 'Trovati su questo PC' });
  await expect(found.getByRole('button', { name: 'Apri una richiesta' }).first()).toBeVisible({
    timeout: 15_000,
  });
  await expect(empty.page.getByRole('button', { name: 'Carica gli esempi' })).toHaveCount(0);
  const headings = await empty.page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();
  expect(headings.indexOf('Trovati su questo PC')).toBeLessThan(
    headings.indexOf('Tre passi per la prima richiesta'),
  );
  await found.getByRole('button', { name: 'Apri una richiesta' }).first().click();
  await expect(empty.page.getByRole('heading', { name: 'Nuova richiesta', level: 1 })).toBeVisible();
  await goTo(empty.page, 'Oggi');
  await expect(empty.page.getByRole('region', { name: 'Bozze' })).toBeVisible();
  // R-TICKET-4: what is on a request already is not offered for a second one.
  await expect(found.getByText('ktag_read_sample.log')).toHaveCount(0);
  await empty.app.close();
});
