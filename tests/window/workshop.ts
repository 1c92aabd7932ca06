import { expect, type Locator, type Page } from '@playwright/test';
import type { EvidenceId, TicketId } from '../../shared/domain/ids.ts';
import { call } from '../faults/killed-app.ts';

/** The first start as a person goes through it, in Italian: workshop, one tool, folders as they are. */
export async function firstRun(
  page: Page,
  options: { readonly tool: boolean } = { tool: true },
): Promise<void> {
  await page.getByLabel('Codice cliente', { exact: true }).fill('  ALI-20417 ');
  await page.getByLabel('Azienda').fill('Officina Rossi');
  await page.getByLabel('E-mail legata al codice cliente').fill('mario@rossi.example');
  await page.getByRole('button', { name: 'Continua', exact: true }).click();
  await page.getByRole('button', { name: 'Sì, è giusto' }).click();
  if (options.tool) {
    await fillTool(page);
    await page.getByRole('button', { name: 'Sì, è giusto' }).click();
  } else {
    await page.getByRole('button', { name: 'Aggiungili più tardi' }).click();
  }
  await page.getByRole('button', { name: 'Continua', exact: true }).click();
  await page.getByRole('button', { name: 'Comincia', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Oggi · Officina Rossi' })).toBeVisible();
}

/** Fills the form of a tool and sends it. */
export async function fillTool(page: Page): Promise<void> {
  await page.getByLabel('Prodotto', { exact: true }).selectOption({ label: 'K-TAG Master' });
  await page.getByLabel('Numero di serie', { exact: true }).fill('310077');
  await page.getByLabel('Versione installata').fill('2.70');
  await page.getByRole('button', { name: 'Aggiungi strumento' }).last().click();
}

/** A screen of the rail, by its word. */
export async function goTo(page: Page, word: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Principale' })
    .getByRole('button', { name: word, exact: true })
    .click();
}

/** The requests of the table, by the buttons that open them; above them stand those of the columns. */
export const requestLines = (page: Page): Locator =>
  page.getByRole('table', { name: 'Richieste' }).getByRole('rowgroup').last().getByRole('button');

/** A section of the form, by its word. Files that are found meanwhile move what stands below them: whoever pressed beside it presses again. */
export async function openSection(page: Page, word: string): Promise<void> {
  const head = page.getByRole('heading', { level: 2, name: word, exact: true }).getByRole('button');
  await expect(async () => {
    if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
    await expect(head).toHaveAttribute('aria-expanded', 'true', { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}

/** The kind of request, by its word. */
export async function chooseType(page: Page, word: string): Promise<void> {
  await page
    .getByRole('group', { name: 'Tipo di richiesta' })
    .getByRole('radio', { name: word, exact: true })
    .check();
}

/** A whole request, written as a technician does, up to the review. */
export async function writeRequest(page: Page): Promise<void> {
  await goTo(page, 'Nuova richiesta');
  await fillRequest(page);
}

/** The same in a request that is open already. */
export async function fillRequest(page: Page): Promise<void> {
  await chooseType(page, 'Lettura non riuscita');
  await openSection(page, 'Problema');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('La lettura si ferma al 38 %');
  await page.getByLabel('Che cosa stavi facendo?', { exact: true }).fill('lettura al banco');
  await page.getByLabel("Testo dell'errore", { exact: true }).fill('back checksum');
  await openSection(page, 'Prove');
  await page.getByLabel('Perché manca il LOG', { exact: true }).fill('lo strumento non lo ha scritto');
  await openSection(page, 'Veicolo e centralina');
  await page.getByLabel('Numero HW', { exact: true }).fill('03L906018');
  await openSection(page, 'Passaggi');
  await page.getByRole('button', { name: 'Avviata la lettura' }).click();
  await page.getByRole('button', { name: 'Aggiungi qualcosa che hai provato' }).click();
  await page.getByRole('textbox', { name: /Passaggio 2/u }).fill('Ripetuta con un altro alimentatore');
  await openSection(page, 'Guide consultate');
  await page.getByRole('button', { name: 'Già consultata' }).first().click();
  await page.getByRole('button', { name: 'Controlla e invia' }).last().click();
  await expect(page.getByRole('heading', { name: 'Controlla e invia', level: 1 })).toBeVisible();
}

/** Terms and facts, each an act of its own; neither is done by anything else. */
export async function agree(page: Page): Promise<void> {
  await expect(page.getByText(/^Accettati/u)).toHaveCount(0);
  await page.getByRole('button', { name: 'Ho letto i termini e li accetto' }).click();
  await expect(page.getByText(/^Accettati/u)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Ho riletto: i dati sono giusti' }).check();
}

/** Writes a whole request and sends it; on return its ticket has the portal's number. */
export async function writeAndSend(page: Page): Promise<void> {
  await writeRequest(page);
  await agree(page);
  await page.getByRole('button', { name: /Invia ora|Metti in coda/u }).click();
  await expect(page.getByRole('button', { name: 'Copia il numero' })).toBeVisible({ timeout: 60_000 });
}

/** A request put in the queue without the form, behind what waits there; the terms must have been accepted. */
export async function queueAnother(
  page: Page,
  problem: string,
  evidenceIds: EvidenceId[] = [],
): Promise<TicketId> {
  const draft = await call(page, 'startDraft', { toolId: null, evidenceIds });
  const productId = (await call(page, 'productCatalogue', {})).find((item) => !item.hasSerial)?.id ?? null;
  const content = {
    ...draft.content,
    productId,
    requestType: 'question' as const,
    fields: { problem: { text: problem, source: { kind: 'typed' as const } } },
    guides: [{ id: draft.id, title: 'Guida', finding: '' }],
  };
  const { revision } = await call(page, 'editDraft', { id: draft.id, baseRevision: draft.revision, content });
  await call(page, 'sendDraft', { id: draft.id, revision });
  return draft.id;
}

/** A draft that was begun and is stored: one that nobody touched is nowhere. */
export async function beginDraft(page: Page): Promise<void> {
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Problema');
  await page.getByLabel('Che cosa è successo', { exact: true }).fill('La lettura si ferma al 38 %');
  await expect(page.getByRole('status').filter({ hasText: /^salvata\b/u })).toBeVisible();
}
