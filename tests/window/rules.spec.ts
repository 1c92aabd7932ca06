import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launch } from './launch.ts';
import { agree, firstRun, goTo, openSection, writeRequest } from './workshop.ts';

async function clean(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map((item) => `${screen}: ${item.id} ${item.nodes.map((node) => node.target).join(' ')}`),
  ).toEqual([]);
}

const hour = 3_600_000;
const instantIn = (ms: number): string => new Date(Date.now() + ms).toISOString();

test('R-HOURS-3: closure is told on Today, chip, review and on what waits, and the request goes by itself when it ends', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  const day = page.getByRole('region', { name: 'Orari del supporto oggi (ora italiana)' });
  await expect(day).toBeVisible();
  await clean(page, 'today');
  const closure = {
    kind: 'closure' as const,
    title: 'Ferie',
    startsAt: instantIn(-hour),
    endsAt: instantIn(49 * hour),
  };
  const id = await page.evaluate(async (notice) => {
    const answer = await window.officina.addNotice(notice);
    return answer.ok ? (answer.value.notices[0]?.id ?? '') : '';
  }, closure);
  await expect(page.getByRole('button', { name: /^Portale: Sola lettura fino a /u })).toBeVisible();
  await expect(day).toContainText('È una chiusura annunciata.');
  await clean(page, 'today, closed');
  const why = page
    .getByRole('dialog')
    .filter({ hasText: 'Nelle chiusure e nei festivi il portale si può solo leggere' });
  await day.getByRole('button', { name: 'Perché? Regola R-HOURS-3' }).click();
  await expect(why).toContainText('Controllato: Sola lettura · È una chiusura annunciata.');
  await page.keyboard.press('Escape');
  await writeRequest(page);
  await agree(page);
  await expect(page.getByText(/^Aspetta su questo PC e parte da sola: /u)).toBeVisible();
  await page.getByRole('button', { name: 'Metti in coda' }).click();
  await page.getByRole('button', { name: /Apri la coda di invio/u }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Perché? Regola R-HOURS-3' }).first().click();
  await expect(why).toContainText('È una chiusura annunciata');
  await expect(why).toContainText('Parte da sola: ');
  // In front of the panel, not behind it.
  await why.getByText('Condizioni del fornitore, sezione 4.').click({ trial: true });
  await clean(page, 'outbox, a rule explained');
  await page.keyboard.press('Escape');
  await expect(why).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await goTo(page, 'Oggi');
  await expect(page.getByText(/È una chiusura annunciata\. Parte da sola: /u).first()).toBeVisible();
  await page.evaluate((notice) => window.officina.removeNotice({ id: notice }), id);
  await expect(
    page
      .getByRole('region', { name: 'In attesa del fornitore' })
      .or(page.getByRole('region', { name: 'Tocca a te' })),
  ).toBeVisible({
    timeout: 40_000,
  });
  await app.close();
});

test('R-TICKET-4, R-TICKET-5, R-INFO-7: likely double stands beside the review with its reasons, and a reason lets through', async () => {
  const { app, page } = await launch({ env: { OPERATOR_DELAY_MS: '600000' } });
  await firstRun(page);
  await writeRequest(page);
  await agree(page);
  await page.getByRole('button', { name: /Invia ora|Metti in coda/u }).click();
  await expect(page.getByRole('button', { name: 'Copia il numero' })).toBeVisible({ timeout: 60_000 });
  // R-TICKET-5: a reply about another unit is noticed while it is written, and nothing is forced.
  const reply = page.getByRole('textbox', { name: /^Rispondi/u });
  await reply.fill('Ora ho lo stesso guasto sulla centralina 0281018129');
  await expect(page.getByText(/Questa risposta parla di altro \(altra centralina\)/u)).toBeVisible();
  await clean(page, 'reply that strays');
  await page.getByRole('button', { name: 'Apri una richiesta nuova' }).click();
  await openSection(page, 'Problema');
  await expect(page.getByLabel('Che cosa è successo', { exact: true })).toHaveValue(
    'Ora ho lo stesso guasto sulla centralina 0281018129',
  );
  await openSection(page, 'Strumento');
  await expect(page.getByLabel('Strumento', { exact: true }).locator('option:checked')).toHaveText(
    'K-TAG Master · 310077',
  );
  await goTo(page, 'Richieste');
  await page.getByRole('table').getByRole('button', { name: 'La lettura si ferma al 38 %' }).click();
  await expect(reply).toHaveValue('Ora ho lo stesso guasto sulla centralina 0281018129');
  await reply.fill('Misuro 13,4 V');
  await expect(page.getByText(/Questa risposta parla di altro/u)).toHaveCount(0);
  await reply.fill('');
  await writeRequest(page);
  const notes = page.getByRole('region', { name: 'Prima di inviare' });
  await expect(notes.getByText('Sembra lo stesso problema di una richiesta aperta')).toBeVisible();
  await expect(notes).toContainText('stessa centralina');
  await expect(notes.getByText(/^Lo stesso problema è già in P-\d+: rispondi lì\.$/u)).toBeVisible();
  await expect(notes.getByText('Questa richiesta', { exact: true }).locator('..')).toContainText(
    'La lettura si ferma al 38 %',
  );
  await expect(
    notes
      .getByText(/^P-\d+$/u)
      .last()
      .locator('..'),
  ).toContainText('back checksum');
  await notes.getByRole('button', { name: 'Perché? Regola R-TICKET-4' }).click();
  await expect(page.getByRole('dialog')).toContainText('Un problema su un prodotto, una richiesta');
  await expect(page.getByRole('dialog')).toContainText('sezione 2');
  await page.keyboard.press('Escape');
  await notes.getByText('Controlli su questo PC').click();
  await expect(notes.getByText(/^Spazio sul disco: /u)).toBeVisible();
  await expect(
    notes.getByText('Librerie di Windows: non verificabile, questo sistema non lo dice'),
  ).toBeVisible();
  await clean(page, 'review with notes');
  await expect(
    page.getByText('Un avviso è senza motivo: puoi inviare lo stesso, resta annotato nel registro.'),
  ).toBeVisible();
  await notes.getByLabel('Oppure scrivi perché è un problema nuovo').fill('Secondo camion, stesso modello');
  await page.keyboard.press('Enter');
  await expect(notes.getByText('Motivo registrato: «Secondo camion, stesso modello»')).toBeVisible();
  await expect(page.getByText(/senza motivo: puoi inviare lo stesso/u)).toHaveCount(0);
  // The keyboard goes on from the reason: it can be changed at once.
  await expect(
    notes.getByRole('button', { name: 'Cambia il motivo: Oppure scrivi perché è un problema nuovo' }),
  ).toBeFocused();
  await page.keyboard.press('Enter');
  const again = notes.getByLabel('Oppure scrivi perché è un problema nuovo');
  await expect(again).toBeFocused();
  await expect(again).toHaveValue('Secondo camion, stesso modello');
  await again.fill('Secondo camion, stesso modello e anno');
  await page.keyboard.press('Enter');
  await expect(notes.getByText('Motivo registrato: «Secondo camion, stesso modello e anno»')).toBeVisible();
  // R-INFO-7: photos are advised for work on the bench; the case goes without them, and says why.
  await page.getByRole('button', { name: 'Torna alla bozza' }).click();
  await openSection(page, 'Veicolo e centralina');
  await page.getByLabel('Modalità di collegamento', { exact: true }).selectOption({ label: 'Al banco' });
  await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
  const advised = page.getByRole('region', { name: /^Consigliati/u });
  // What was kept is there when the review is opened again.
  await expect(notes.getByText('Motivo registrato: «Secondo camion, stesso modello e anno»')).toBeVisible();
  await advised
    .getByLabel('Se non puoi aspettare, scrivi perché invii senza')
    .fill('Il camion riparte stasera');
  await advised.getByRole('button', { name: 'Salva il motivo' }).click();
  await expect(advised.getByText('Motivo registrato: «Il camion riparte stasera»')).toBeVisible();
  // It is said once, with what it weighs.
  await expect(advised.getByText(/^Vale \d+ punti su 100\./u)).toBeVisible();
  await expect(notes.getByText(/manca/u)).toHaveCount(0);
  await clean(page, 'review with advised items');
  await app.close();
});

test('R-TICKET-5: new problem is said to want a request of its own, and a second one is split off with the keyboard', async () => {
  const { app, page } = await launch({ env: { OPERATOR_DELAY_MS: '600000' } });
  await firstRun(page);
  await writeRequest(page);
  const notes = page.getByRole('region', { name: 'Prima di inviare' });
  await expect(notes.getByText('Problema nuovo: va bene aprire una richiesta nuova.')).toBeVisible();
  await expect(notes).toContainText('Su questo PC non ce ne sono altre di questo strumento.');
  await page.getByRole('button', { name: 'Torna alla bozza' }).click();
  await openSection(page, 'Problema');
  await page
    .getByLabel('Che cosa è successo', { exact: true })
    .fill('La EDC17C46 della Golf si ferma al 38%. Sulla Passat la MED17.5 non si identifica.');
  await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
  await agree(page);
  await expect(notes.getByText('Sembrano due problemi in una richiesta')).toBeVisible();
  await expect(notes.getByText('Diventa una richiesta a parte').locator('..')).toContainText(
    'Sulla Passat la MED17.5 non si identifica.',
  );
  await clean(page, 'review with two problems');
  await notes.getByRole('button', { name: 'Dividi in due richieste' }).focus();
  await page.keyboard.press('Enter');
  await expect(notes.getByRole('button', { name: 'Apri la bozza nuova' })).toBeFocused();
  await expect(notes.getByText('Sembrano due problemi in una richiesta')).toHaveCount(0);
  const paper = page.getByRole('region', { name: 'Testo', exact: true });
  await expect(paper).toContainText('La EDC17C46 della Golf si ferma al 38%.');
  await expect(paper).not.toContainText('Passat');
  await expect(page.getByRole('checkbox', { name: 'Ho riletto: i dati sono giusti' })).not.toBeChecked();
  await clean(page, 'review after the split');
  await page.keyboard.press('Enter');
  await openSection(page, 'Problema');
  await expect(page.getByLabel('Che cosa è successo', { exact: true })).toHaveValue(
    'Sulla Passat la MED17.5 non si identifica.',
  );
  await openSection(page, 'Strumento');
  await expect(page.getByLabel('Strumento', { exact: true }).locator('option:checked')).toHaveText(
    'K-TAG Master · 310077',
  );
  await app.close();
});

test('R-HOURS-2: closure read elsewhere is typed in, holds, and is taken away again', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Impostazioni');
  await page.getByLabel('Titolo', { exact: true }).fill('Ferie');
  await page.getByLabel('Comincia (ora italiana)').fill('2026-01-01T00:00');
  await page.getByLabel('Finisce (vuoto se non si sa)').fill('2025-01-01T00:00');
  await expect(page.getByText('Finisce prima di cominciare.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Aggiungi', exact: true })).toBeDisabled();
  await page.getByLabel('Finisce (vuoto se non si sa)').fill('');
  await page.getByRole('button', { name: 'Aggiungi', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Portale: Sola lettura' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Regole e calendario' }).getByRole('listitem')).toHaveCount(5);
  await clean(page, 'settings with notices');
  await page.getByRole('button', { name: 'Togli: Ferie' }).click();
  await expect(page.getByRole('button', { name: /^Portale: Portale di prova/u })).toBeVisible();
  await app.close();
});
