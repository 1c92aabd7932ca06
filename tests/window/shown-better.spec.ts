import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { launchAt, rome, settle } from './clocked.ts';
import { launch } from './launch.ts';
import { fillRequest, firstRun, goTo, openSection, writeAndSend } from './workshop.ts';

const dayOf = (page: Page) => page.getByRole('region', { name: 'Orari del supporto oggi (ora italiana)' });

test('settings have their contents beside them: each line leads to its group, and advanced things stand apart', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Impostazioni');
  const index = page.getByRole('navigation', { name: 'Indice delle impostazioni' });
  const lines = index.getByRole('button');
  await expect(lines).toHaveCount(14);
  const names = await lines.allInnerTexts();
  expect(
    (await page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts()).filter(
      (name) => name !== 'Avanzate',
    ),
  ).toEqual(names);
  for (const name of names) {
    await index.getByRole('button', { name, exact: true }).click();
    const heading = page.getByRole('heading', { level: 2, name, exact: true });
    await expect(heading).toBeFocused();
    await expect(heading).toBeInViewport();
  }
  // Red is kept for what is asked once more: the way to it is quiet.
  const erase = page.getByRole('button', { name: 'Cancella tutto' });
  await expect(erase).toHaveClass(/quiet/u);
  await app.close();
});

test('day line says the time where it is now, and is not drawn where it says nothing', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await expect(dayOf(page)).toContainText('risponde a qualsiasi ora');
  await expect(dayOf(page).getByRole('slider')).toHaveCount(0);
  await app.close();
  const shop = await launchAt({ pcMs: rome('2026-11-24', '18:00') });
  await settle(shop);
  await expect(dayOf(shop.page).getByRole('slider')).toBeVisible();
  await expect(dayOf(shop.page).getByText('18:00', { exact: true }).first()).toBeVisible();
  await expect(dayOf(shop.page).getByText('24:00', { exact: true })).toBeVisible();
  await shop.close();
});

test('list of requests is put in order by the head of a column, and no column repeats another', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  for (const problem of ['Beta si ferma', 'Alfa si ferma']) {
    await goTo(page, 'Nuova richiesta');
    await openSection(page, 'Problema');
    await page.getByLabel('Che cosa è successo', { exact: true }).fill(problem);
    await expect(page.getByRole('status').filter({ hasText: /^salvata\b/u })).toBeVisible();
  }
  await goTo(page, 'Richieste');
  const table = page.getByRole('table', { name: 'Richieste' });
  const heads = table.getByRole('columnheader');
  await expect(heads).toHaveText([
    'Numero',
    'Strumento',
    'Veicolo, centralina',
    'Problema',
    'Stato',
    'Ultimo aggiornamento',
  ]);
  await expect(heads.last()).toHaveAttribute('aria-sort', 'descending');
  const titles = table.getByRole('button', { name: /si ferma$/u });
  await expect(titles).toHaveText(['Alfa si ferma', 'Beta si ferma']);
  const problem = heads.getByRole('button', { name: 'Problema' });
  await problem.click();
  await expect(heads.nth(3)).toHaveAttribute('aria-sort', 'ascending');
  await problem.click();
  await expect(heads.nth(3)).toHaveAttribute('aria-sort', 'descending');
  await expect(titles).toHaveText(['Beta si ferma', 'Alfa si ferma']);
  await app.close();
});

test('request that arrived shows all its facts, and sent and received as one event', async () => {
  const { app, page } = await launch({ env: { OPERATOR_DELAY_MS: '600000' } });
  await firstRun(page);
  await writeAndSend(page);
  await expect(page.getByText(/^inviata .+ · ricevuta dal portale /u)).toBeVisible();
  await expect(page.getByText(/ricevuta dal portale/u)).toHaveCount(1);
  for (const [name, value] of [
    ['Tipo di richiesta', 'Lettura non riuscita'],
    ['Fase', 'lettura al banco'],
    ["Testo dell'errore", 'back checksum'],
  ] as const) {
    await expect(page.getByRole('definition').filter({ hasText: value }).first()).toBeVisible();
    await expect(page.getByRole('term').filter({ hasText: name })).toBeVisible();
  }
  await app.close();
});

test('one line stands above the screen, of what is in force; what stands behind it opens, and what may be put away goes', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  const hourMs = 3_600_000;
  const at = (hours: number): string => new Date(Date.now() + hours * hourMs).toISOString();
  for (const [title, from, to] of [
    ['Inventario', -1, 5],
    ['Server nuovi', -1, 6],
    ['Fra dieci giorni', 240, 242],
  ] as const)
    await call(page, 'addNotice', { kind: 'closure', title, startsAt: at(from), endsAt: at(to) });
  await goTo(page, 'Richieste');
  const banners = page.getByRole('region', { name: 'Avvisi', exact: true });
  const lines = banners.getByRole('status');
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText('Inventario · da');
  expect((await banners.boundingBox())?.height ?? 99).toBeLessThan(44);
  // What is ten days ahead is no news of today.
  await expect(page.getByText('Fra dieci giorni')).toHaveCount(0);
  const more = banners.getByRole('button', { name: 'Altri 2 avvisi' });
  await more.press('Enter');
  await expect(lines).toHaveText([/^Inventario/u, /^Server nuovi/u, /^Portale di prova/u]);
  expect(
    (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id),
  ).toEqual([]);
  await banners.getByRole('button', { name: 'Mostra solo il primo' }).press('Enter');
  await expect(lines).toHaveCount(1);
  for (const next of [/^Server nuovi/u, /^Portale di prova/u]) {
    await banners.getByRole('button', { name: 'Nascondi il messaggio' }).press('Enter');
    await expect(page.locator('main')).toBeFocused();
    await expect(lines).toHaveText([next]);
  }
  await banners.getByRole('button', { name: 'Passa al portale vero' }).press('Enter');
  await expect(page.getByRole('radio', { name: /^Portale del fornitore/u })).toBeInViewport();
  await banners.getByRole('button', { name: 'Nascondi il messaggio' }).press('Enter');
  await expect(banners).toHaveCount(0);
  // Put away is not forgotten: the settings have them all.
  await goTo(page, 'Impostazioni');
  await expect(page.getByRole('list', { name: 'Chiusure e manutenzioni' }).getByRole('listitem')).toHaveCount(
    3,
  );
  await app.close();
});

test('review shows the very text and the pictures first, hashes behind a word, and every fact leads to its field', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await app.evaluate(({ clipboard, nativeImage }) => {
    const image = nativeImage.createFromBitmap(Buffer.alloc(64 * 48 * 4, 150), { width: 64, height: 48 });
    (clipboard as unknown as { writeImage: (picture: typeof image) => void }).writeImage(image);
  });
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Problema');
  await page.getByRole('button', { name: 'Incolla lo screenshot' }).click();
  await expect(page.getByText(/schermata-.*png/u).first()).toBeAttached();
  await openSection(page, 'Strumento');
  await fillRequest(page);
  const paper = page.getByRole('region', { name: 'Testo', exact: true });
  const files = page.getByRole('region', { name: 'File', exact: true });
  await expect(paper).toBeInViewport();
  const thumb = files.locator('img');
  // A picture is read once it comes into sight.
  await files.scrollIntoViewIfNeeded();
  await expect(thumb).toHaveCount(1);
  expect(await thumb.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(64);
  // A hash is asked for, never met.
  const hash = files.getByText('SHA-256');
  await expect(hash).toBeHidden();
  await files.getByText('Dettagli').click();
  await expect(hash).toBeVisible();
  await expect(page.getByText('SHA-256').filter({ visible: true })).toHaveCount(1 + 1);
  // What the page says of gaps stands once.
  await expect(page.getByText(/cos[ae] manca/u)).toHaveCount(0);
  expect(
    (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id),
  ).toEqual([]);
  let followed = 0;
  for (const [fact, field] of [
    ['Numero HW: 03L906018', 'Numero HW'],
    ["Testo dell'errore: back checksum", "Testo dell'errore"],
    ['La lettura si ferma al 38 %', 'Che cosa è successo'],
    ['Prodotto: K-TAG Master', 'Strumento'],
    ['1. Avviata la lettura', /^Passaggio 1/u],
    [/^- Manuale di K-TAG Master/u, /^Guida o manuale 1/u],
  ] as const) {
    await paper
      .getByRole('button', typeof fact === 'string' ? { name: fact, exact: true } : { name: fact })
      .press('Enter');
    await expect(
      page.getByLabel(field, typeof field === 'string' ? { exact: true } : {}).first(),
    ).toBeFocused();
    await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
    await expect(paper).toBeVisible();
    followed += 1;
  }
  expect(followed).toBe(6);
  await paper.getByRole('button', { name: 'Codice cliente: ALI-20417' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Impostazioni' })).toBeVisible();
  await app.close();
});

test('sixty steps stand on one screen and a half, the field that adds one stays in reach, and a sixty-first says why not', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800));
  const draft = await call(page, 'startDraft', { toolId: null, evidenceIds: [] });
  const steps = Array.from({ length: 58 }, (_, index) => ({
    id: crypto.randomUUID(),
    kind: index < 50 ? ('done' as const) : ('tried' as const),
    text: `Passo numero ${index + 1} della prova al banco`,
    failedHere: index === 49,
  }));
  await call(page, 'editDraft', {
    id: draft.id,
    baseRevision: draft.revision,
    content: {
      ...draft.content,
      steps,
      fields: { problem: { text: 'Sessanta passaggi', source: { kind: 'typed' } } },
    },
  });
  await goTo(page, 'Richieste');
  await page
    .getByRole('table', { name: 'Richieste' })
    .getByRole('button', { name: 'Sessanta passaggi' })
    .click();
  await openSection(page, 'Passaggi');
  const rows = page.getByRole('textbox', { name: /^Passaggio \d+ ·/u });
  await expect(rows).toHaveCount(58);
  const field = page.getByRole('textbox', { name: 'Nuovo passaggio' });
  // In reach at the top of the list, and added to without leaving it.
  await expect(field).toBeInViewport();
  await expect(rows.first()).toBeInViewport();
  await field.fill('Passo cinquantanove');
  await field.press('Enter');
  await expect(rows).toHaveCount(59);
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');
  await page.keyboard.type('Passo sessanta');
  await page.getByRole('button', { name: 'Aggiungi qualcosa che hai provato' }).click();
  await expect(rows).toHaveCount(60);
  await expect(rows.last()).toHaveAccessibleName('Passaggio 60 · tentativo');
  await expect(field).toBeFocused();
  const bounds = async (what: string) =>
    page.locator(what).evaluate((item) => item.getBoundingClientRect().height);
  expect((await bounds('.steps')) + (await bounds('.step-add'))).toBeLessThanOrEqual(1.5 * 800);
  await field.fill('Passo sessantuno');
  await field.press('Enter');
  await expect(page.getByText('60 passaggi sono il massimo', { exact: false })).toBeVisible();
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('Passo sessantuno');
  await page.getByRole('button', { name: 'Aggiungi un passaggio prima del guasto' }).press('Enter');
  await expect(field).toBeFocused();
  await expect(rows).toHaveCount(60);
  expect(
    (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id),
  ).toEqual([]);
  // The rest of a line stands in its menu, by keys alone; what was kept in the field goes in where there is room again.
  await page.getByRole('button', { name: 'Qui si è fermato 1', exact: true }).press('Space');
  await expect(page.getByRole('button', { name: 'Qui si è fermato 1', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByRole('button', { name: 'Qui si è fermato 50', exact: true })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await page.getByRole('button', { name: 'Azioni del passaggio 1', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Togli il passaggio' }).press('Enter');
  await expect(rows).toHaveCount(59);
  await expect(field).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(60);
  await expect(rows.last()).toHaveValue('Passo sessantuno');
  await app.close();
});

test('tools stand on one line each, and what is known of a version opens on demand', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800));
  await goTo(page, 'Strumenti');
  for (const serial of ['310078', '310079']) {
    await page.getByRole('button', { name: 'Aggiungi strumento' }).first().click();
    await page.getByLabel('Prodotto', { exact: true }).selectOption({ label: 'K-TAG Master' });
    await page.getByLabel('Numero di serie', { exact: true }).fill(serial);
    await page.getByRole('button', { name: 'Aggiungi strumento' }).last().click();
    await expect(page.getByRole('button', { name: `Modifica K-TAG Master ${serial}` })).toBeVisible();
  }
  const lines = page.getByRole('main').getByRole('listitem').filter({ hasText: 'K-TAG Master' });
  await expect(lines).toHaveCount(3);
  for (const line of await lines.all())
    expect((await line.boundingBox())?.height ?? 99).toBeLessThanOrEqual(50);
  const details = page.getByRole('button', { name: 'Dettagli di K-TAG Master 310078' });
  await expect(page.getByRole('button', { name: /^Apri la banca dati/u })).toHaveCount(0);
  await details.press('Enter');
  await expect(details).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByText('Installata: non indicata', { exact: false })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Apri la banca dati: K-TAG Master 310078' })).toBeVisible();
  expect(
    (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id),
  ).toEqual([]);
  await details.press('Enter');
  await expect(page.getByRole('button', { name: /^Apri la banca dati/u })).toHaveCount(0);
  await app.close();
});
