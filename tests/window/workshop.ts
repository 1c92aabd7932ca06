import { expect, type Page } from '@playwright/test';

/** The first start as a person goes through it, in Italian: workshop, one tool, folders as they are. */
export async function firstRun(page: Page, options: { readonly tool: boolean } = { tool: true }): Promise<void> {
  await page.getByLabel('Codice cliente', { exact: true }).fill('  ALI-20417 ');
  await page.getByLabel('Azienda').fill('Officina Rossi');
  await page.getByLabel('E-mail legata al codice cliente').fill('mario@rossi.example');
  await page.getByRole('button', { name: 'Continua', exact: true }).click();
  await page.getByRole('button', { name: 'Sì, è giusto' }).click();
  if (options.tool) {
    await fillTool(page);
    await page.getByRole('button', { name: 'Sì, è giusto' }).click();
    await page.getByRole('button', { name: 'Continua', exact: true }).click();
  } else {
    await page.getByRole('button', { name: 'Aggiungili più tardi' }).click();
  }
  await page.getByRole('button', { name: 'Comincia', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Oggi da Officina Rossi' })).toBeVisible();
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
  await page.getByRole('navigation', { name: 'Principale' }).getByRole('button', { name: word, exact: true }).click();
}

/** A section of the form, by its word. */
export async function openSection(page: Page, word: string): Promise<void> {
  const head = page.getByRole('heading', { level: 2, name: word, exact: true }).getByRole('button');
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
}
