import { expect, type Page, test } from '@playwright/test';
import { filesWith } from '../fixtures/files-with.ts';
import { call } from '../faults/killed-app.ts';
import type { Launched } from './launch.ts';
import { gate, goLive, inEnglish, launchAsked } from './remote-wizard.ts';

/** A session under way. */
async function live(): Promise<Launched> {
  const started = await launchAsked();
  await goLive(started.page);
  return started;
}

/** The portal is turned to one that only a person reaches, as when its own door is shut. */
async function turnToByHand(page: Page, words: RegExp): Promise<void> {
  await call(page, 'choosePortal', { kind: 'manual' });
  await expect(page.getByText(words)).toBeVisible({ timeout: 10_000 });
}

async function codesOn(page: Page): Promise<{ readonly id: string; readonly password: string }> {
  const shown = /ID (\d+), password (\S+)/iu.exec(
    await page
      .locator('.notice')
      .filter({ hasText: /(simulato|simulated)/u })
      .innerText(),
  );
  return { id: shown?.[1] ?? '', password: shown?.[2] ?? '' };
}

const copied = ({ app }: Launched): Promise<string> => app.evaluate(({ clipboard }) => clipboard.readText());
const copy = ({ app }: Launched, text: string): Promise<void> =>
  app.evaluate(({ clipboard }, given) => clipboard.writeText(given), text);

test('R-REMOTE-5: where the portal carries no private messages the person writes the codes, and the clipboard is emptied', async () => {
  const started = await live();
  const { app, page, dataFolder } = started;
  await turnToByHand(page, /^Questo portale non porta messaggi privati/u);
  const { id, password } = await codesOn(page);
  await copy(started, `${id.slice(0, 3)} ${id.slice(3, 6)} ${id.slice(6)}`);
  await page.getByLabel('ID di TeamViewer').fill('12');
  await page.getByLabel('Password di TeamViewer').fill(password);
  await page.getByRole('button', { name: 'Li ho scritti sul portale' }).click();
  await expect(page.getByRole('alert')).toContainText("l'ID ha da 8 a 11 cifre");
  expect(await copied(started)).not.toBe('');
  await page.getByLabel('ID di TeamViewer').fill(id);
  await page.getByRole('button', { name: 'Li ho scritti sul portale' }).click();
  await expect(page.getByText('Codici dati a mano sul portale.')).toBeVisible();
  await expect(page.getByLabel('Password di TeamViewer')).toHaveCount(0);
  expect(await copied(started)).toBe('');
  expect(filesWith(dataFolder, [id, password])).toEqual([]);
  // What was begun with the stand-in is closed with it, whatever portal is chosen meanwhile.
  await page.getByRole('button', { name: 'Termina la sessione' }).click();
  await expect(page.getByText(/^TeamViewer ha ricevuto la richiesta di chiudersi/u)).toBeVisible();
  await app.close();
});

test('R-REMOTE-5: what else is in the clipboard stays there, and the words are there in English', async () => {
  const started = await live();
  const { app, page } = started;
  await inEnglish(page);
  await turnToByHand(
    page,
    /^This portal carries no private messages: write id and password into the request on the portal yourself/u,
  );
  const { id, password } = await codesOn(page);
  await copy(started, 'offerta per il cliente');
  await page.getByLabel('TeamViewer id').fill(id);
  await page.getByLabel('TeamViewer password').fill(password);
  await page.getByRole('button', { name: 'I wrote them on the portal' }).click();
  await expect(page.getByText('Codes given by hand on the portal.')).toBeVisible();
  expect(await copied(started)).toBe('offerta per il cliente');
  await app.close();
});

test('R-REMOTE-2: a preparation begun while practising is none for another portal', async () => {
  const { app, page } = await launchAsked();
  await expect(gate(page, 'Backup')).toBeEnabled();
  await call(page, 'choosePortal', { kind: 'manual' });
  await expect(page.getByRole('button', { name: 'Prepara la sessione' })).toBeVisible({ timeout: 10_000 });
  await app.close();
});
