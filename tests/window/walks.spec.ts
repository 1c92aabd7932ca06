import { expect, type Page, test } from '@playwright/test';
import { type CountedHands, countedHands } from './counted-hands.ts';
import { launch } from './launch.ts';
import { still } from './still.ts';
import { firstRun } from './workshop.ts';

// A walk counts every press of the pointer as the page saw it; a choice in a list of the system counts two. A hand that types goes on to the
// next field of the same form by Tab; the first one is pressed unless the focus is there already. By keyboard every key counts, and
// what is typed into a field counts one more, whatever its length.

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const section = (page: Page, name: string) =>
  page.getByRole('heading', { level: 2, name, exact: true }).getByRole('button');
const answer = (page: Page, group: string, name: string) =>
  page.getByRole('group', { name: group, exact: true }).getByRole('button', { name, exact: true });
const fromSample = (page: Page) =>
  page
    .getByRole('region', { name: 'Trovati su questo PC' })
    .getByRole('listitem')
    .filter({ hasText: 'ktag_read_sample.log' })
    .getByRole('button', { name: 'Apri una richiesta' });
const send = (page: Page) => page.getByRole('button', { name: /Invia ora|Metti in coda/u });
const said = 'La lettura al banco si ferma sempre al 38 %';

async function workshop(page: Page, by: CountedHands): Promise<void> {
  await by.write(field(page, 'Codice cliente'), 'ALI-20417');
  await by.writeNext(field(page, 'Azienda'), 'Officina Rossi');
  await by.writeNext(page.getByLabel('E-mail legata al codice cliente'), 'mario@rossi.example');
}

/** What was done and read, answered on the closed sections, then read again, accepted and sent. */
async function answerAndSend(page: Page, by: CountedHands): Promise<void> {
  await by.press(answer(page, 'Frasi pronte: prima', 'Avviata la lettura'));
  await by.press(answer(page, 'Frasi pronte: che cosa hai provato', 'Ripetuto con un altro alimentatore'));
  await by.press(page.getByRole('group', { name: 'Già consultata' }).getByRole('button').first());
  await by.press(button(page, 'Controlla e invia').last());
  await by.press(button(page, 'Ho letto i termini e li accetto'));
  await by.press(page.getByRole('checkbox', { name: 'Ho riletto: i dati sono giusti' }));
  await by.press(send(page));
}

/** The number the portal gave, and the words that went with it: a walk that sent nothing has not arrived. */
async function arrived(page: Page): Promise<void> {
  await expect(button(page, 'Copia il numero')).toBeVisible({ timeout: 60_000 });
  await page.getByText('La richiesta come è partita').click();
  for (const words of [said, 'Avviata la lettura', 'Manuale di K-TAG Master'])
    await expect(page.getByRole('main')).toContainText(words);
}

test('walk 1: first request from a sample LOG is sent in at most 12 presses and 4 fields', async () => {
  const { app, page } = await launch();
  const by = await countedHands(page);
  await workshop(page, by);
  await by.press(button(page, 'Continua'));
  await by.press(button(page, 'Sì, è giusto'));
  await by.press(button(page, 'Carica gli esempi'));
  // Where requests go is asked here as well; the practice portal is chosen already.
  await expect(page.getByRole('heading', { name: 'Dove vanno le richieste?' })).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Portale di prova/u })).toBeChecked();
  await by.press(button(page, 'Comincia'));
  await by.press(fromSample(page));
  // The form opens on the field that lacks its words, and they can be typed at once.
  await by.write(field(page, 'Che cosa è successo'), said);
  await answerAndSend(page, by);
  const { clicks, fields } = await by.done();
  await arrived(page);
  expect(clicks).toBeLessThanOrEqual(12);
  // Fewer than these cannot be: four steps of the first start and of the LOG, three of sending, each an act of its own.
  expect(clicks).toBeGreaterThanOrEqual(8);
  expect(fields).toBe(4);
  await app.close();
});

test('walk 1: first request from a blank form with a real tool is sent in at most 22 presses', async () => {
  const { app, page } = await launch();
  const by = await countedHands(page);
  await workshop(page, by);
  await by.press(button(page, 'Continua'));
  await by.press(button(page, 'Sì, è giusto'));
  await by.choose(field(page, 'Prodotto'), 'K-TAG Master');
  await by.write(field(page, 'Numero di serie'), '310077');
  await by.press(button(page, 'Aggiungi strumento').last());
  await by.press(button(page, 'Sì, è giusto'));
  await by.press(button(page, 'Continua'));
  await by.press(button(page, 'Comincia'));
  await by.press(button(page, 'Nuova richiesta'));
  await by.press(page.getByRole('radio', { name: 'Lettura non riuscita' }));
  await by.press(section(page, 'Problema'));
  await by.write(field(page, 'Che cosa è successo'), said);
  await by.writeNext(field(page, 'Che cosa stavi facendo?'), 'lettura al banco');
  await by.writeNext(field(page, "Testo dell'errore"), 'Checksum error');
  await by.press(section(page, 'Veicolo e centralina'));
  await by.write(field(page, 'Marca'), 'Volkswagen');
  await by.writeNext(field(page, 'Modello'), 'Golf VI');
  await by.write(field(page, 'Numero HW'), '03L906018');
  await by.press(answer(page, 'Perché manca il LOG', 'Lo strumento non ha scritto nessun LOG'));
  await answerAndSend(page, by);
  const { clicks, fields } = await by.done();
  await arrived(page);
  expect(clicks).toBeLessThanOrEqual(22);
  expect(clicks).toBeGreaterThanOrEqual(15);
  expect(fields).toBe(10);
  await app.close();
});

test('walk 1: by keyboard alone a first request from a LOG is sent in at most 40 keys, each field one of them', async () => {
  const { app, page } = await launch();
  const by = await countedHands(page);
  await workshop(page, by);
  await by.key('Enter');
  await expect(button(page, 'Sì, è giusto')).toBeFocused();
  await by.key('Enter');
  await by.tabTo(button(page, 'Carica gli esempi'));
  await by.key('Enter');
  await by.tabTo(button(page, 'Comincia'));
  await by.key('Enter');
  await by.tabTo(fromSample(page));
  await by.key('Enter');
  await expect(field(page, 'Che cosa è successo')).toBeFocused();
  await by.write(field(page, 'Che cosa è successo'), said);
  // One key leads from a thing that is missing to the next.
  await by.key('F8');
  await expect(button(page, 'Aggiungi un passaggio prima del guasto')).toBeFocused();
  await by.key('Enter');
  await expect(page.getByRole('textbox', { name: /Passaggio 1/u })).toBeFocused();
  await by.write(page.getByRole('textbox', { name: /Passaggio 1/u }), 'Avviata la lettura');
  await by.key('F8');
  await expect(button(page, 'Aggiungi qualcosa che hai provato')).toBeFocused();
  await by.key('Enter');
  await expect(page.getByRole('textbox', { name: /Passaggio 2/u })).toBeFocused();
  await by.write(page.getByRole('textbox', { name: /Passaggio 2/u }), 'Cambiato alimentatore');
  await by.key('F8');
  await by.key('Enter');
  await by.write(page.getByRole('textbox', { name: /^Guida o manuale 1/u }), 'Manuale di K-TAG Master');
  await by.key('Control+Enter');
  await expect(button(page, 'Ho letto i termini e li accetto')).toBeVisible();
  await by.key('F8');
  await expect(button(page, 'Ho letto i termini e li accetto')).toBeFocused();
  await by.key('Enter');
  await expect(page.getByText(/^Accettati/u)).toBeVisible();
  await by.key('F8');
  await by.key('Space');
  await by.key('Control+Enter');
  const { clicks, fields, keys } = await by.done();
  await arrived(page);
  expect(clicks).toBe(0);
  expect(keys + fields).toBeLessThanOrEqual(40);
  expect(keys).toBeGreaterThanOrEqual(15);
  expect(fields).toBe(7);
  await app.close();
});

/** Counts what moves by itself in the form and its list of sections from here on (the words beside them grow as they are typed); a move within half a second of a key counts too, for that is the hand it would move under. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = { total: 0 };
    Reflect.set(window, 'shiftsSeen', seen);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const sources = Reflect.get(entry, 'sources') as readonly { readonly node: Node | null }[];
        const isInForm = sources.some(({ node }) =>
          node?.parentElement?.closest('.editor-form, .section-nav'),
        );
        if (isInForm) seen.total += Number(Reflect.get(entry, 'value'));
      }
    }).observe({ type: 'layout-shift', buffered: false });
  });
  return () => page.evaluate(() => (Reflect.get(window, 'shiftsSeen') as { total: number }).total);
}

test('nothing moves while words are typed into the form: the shift measured in the window is 0', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await page.getByRole('button', { name: 'Nuova richiesta', exact: true }).click();
  await page.getByRole('radio', { name: 'Lettura non riuscita' }).check();
  let typed = 0;
  const places = (): Promise<readonly number[]> =>
    page
      .locator('.editor-form label, .editor-form h2, .section-nav .name')
      .evaluateAll((all) => all.map((item) => item.getBoundingClientRect().top));
  for (const [name, fields] of [
    ['Problema', ['Che cosa è successo', 'Che cosa stavi facendo?', "Testo dell'errore"]],
    ['Prove', ['Perché manca il LOG']],
    ['Veicolo e centralina', ['Marca', 'Modello', 'Numero HW']],
    ['Passaggi', ['Nuovo passaggio']],
    ['Guide consultate', ['Guida o manuale 1']],
    ['Strumento', ['Versione del programma']],
  ] as const) {
    await section(page, name).click();
    if (name === 'Guide consultate') await button(page, 'Aggiungi una guida').click();
    await still(page);
    for (const label of fields) {
      const place = label.startsWith('Guida')
        ? page.getByRole('textbox', { name: /^Guida o manuale 1/u })
        : field(page, label);
      await place.click();
      // The first letter may bring what the form asks for next; from then on nothing moves.
      await page.keyboard.type('L');
      await still(page);
      const shifted = await watchShifts(page);
      const before = await places();
      await page.keyboard.type('a lettura si ferma', { delay: 15 });
      // Once the words are kept, the answer may bring something.
      await expect(page.getByText(/^salvata\b/u)).toBeVisible();
      await still(page);
      expect(await places(), label).toEqual(before);
      expect(await shifted(), label).toBe(0);
      expect(before.length).toBeGreaterThan(10);
      typed += 1;
    }
  }
  expect(typed).toBe(10);
  await app.close();
});
