import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import { call } from '../faults/killed-app.ts';
import { missingForRt, type RealRt, startRt } from '../portal/real-rt.ts';
import { type Launched, launch } from './launch.ts';
import { onSitePage, openPages, sitePanel, twoFrozenFiles } from './site-walk.ts';
import { firstRun, queueAnother } from './workshop.ts';

const missing = missingForRt();
test.skip(missing.length > 0, `a real Request Tracker is not installed here: ${missing.join(', ')}`);
test.describe.configure({ timeout: 300_000 });

let rt: RealRt;
let shop: Launched;
test.beforeAll(async () => {
  rt = await startRt(mkdtempSync(join(tmpdir(), 'officina-web-rt-')));
  shop = await launch();
});
test.afterAll(async () => {
  await shop.app.close();
  await rt.stop();
});

const onPage = (code: string): Promise<unknown> => onSitePage(shop.app, rt.url, code);

/** Opens the portal beside a request and logs in as its person. */
async function openPortal(page: Page, problem: string): Promise<void> {
  await openPages(page, problem);
  await expect(sitePanel(page)).toContainText('Accedi nella pagina.', { timeout: 60_000 });
  await onPage(`document.querySelector('form#login input[name=user]').value = 'workshop';
    document.querySelector('form#login input[name=pass]').value = ${JSON.stringify(rt.password)};
    document.querySelector('form#login').submit();`);
  await expect.poll(() => onPage('location.pathname'), { timeout: 60_000 }).toBe('/SelfService/');
}

async function fillForm(page: Page): Promise<void> {
  await onPage(`document.querySelector('a#home-new').click()`);
  await sitePanel(page).getByRole('button', { name: 'Compila il modulo' }).click({ timeout: 60_000 });
  await expect(sitePanel(page)).toContainText('premi tu il pulsante', { timeout: 60_000 });
}

/** Titles of the tickets the customer sees, of every state. */
async function titles(): Promise<readonly string[]> {
  const told = await onPage(`Promise.all(['Open', 'Closed'].map(async (name) => {
    const text = await (await fetch('/SelfService/' + name + '.html')).text();
    const page = new DOMParser().parseFromString(text, 'text/html');
    return [...page.querySelectorAll('table.ticket-list td:nth-child(2) a')].map((link) => link.textContent);
  })).then((lists) => lists.flat())`);
  return z.array(z.string()).parse(told);
}

test('[rt] a request goes over the pages of a real server as its customer: filled in, sent by hand, number and files read back', async () => {
  const { page } = shop;
  await firstRun(page);
  await call(page, 'choosePortal', { kind: 'web', url: rt.url, map: 'rt-web' });
  const terms = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
  const id = await queueAnother(page, 'La lettura resta ferma al 38 %', (await twoFrozenFiles(shop)).ids);
  await openPortal(page, 'La lettura resta ferma al 38 %');
  await fillForm(page);
  await expect(sitePanel(page)).toContainText('2 di 2 file');
  // Nothing was sent by the program.
  expect(await titles()).toEqual([]);
  await onPage(`document.querySelector('input[name=SubmitTicket]').click()`);
  await expect(sitePanel(page)).toContainText('Inviata.', { timeout: 60_000 });
  const { ticket, outbox } = await call(page, 'ticket', { id });
  expect(ticket.number).toBe('1');
  expect(outbox.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(await titles()).toEqual([ticket.text.subject]);
  // The editor's lines are all there, one by one, on the page of the ticket itself.
  const lines = ticket.text.body.split('\n').filter((line) => line.trim() !== '').length;
  await expect(sitePanel(page)).toContainText(`${lines} di ${lines} righe`);
  await expect(sitePanel(page)).toContainText('2 di 2 file');
});

test('[rt] K3: a form that was sent just before the program died is found in the list, and nothing is sent a second time', async () => {
  const id = await queueAnother(shop.page, 'La scrittura si ferma subito');
  // Whoever logged in for one request is logged in for the next.
  await openPages(shop.page, 'La scrittura si ferma subito');
  await fillForm(shop.page);
  const closed = shop.app.waitForEvent('close');
  const sent = await onPage(`(async () => {
    const form = document.querySelector('form[name=TicketCreate]');
    for (const editor of Object.values(CKEDITOR.instances)) editor.updateElement();
    const answer = await fetch(form.action, { method: 'POST', body: new FormData(form, form.querySelector('[name=SubmitTicket]')) });
    return answer.url;
  })()`);
  expect(sent).toContain('/SelfService/Display.html');
  shop.app.process().kill('SIGKILL');
  await closed;
  shop = await launch({ dataFolder: shop.dataFolder });
  const { page } = shop;
  await openPortal(page, 'La scrittura si ferma subito');
  await expect(sitePanel(page)).toContainText('può essere già sul portale', { timeout: 60_000 });
  await expect(sitePanel(page).getByRole('button', { name: 'Compila il modulo' })).toHaveCount(0);
  await sitePanel(page).getByRole('button', { name: 'Cerca sul portale' }).click();
  await expect(sitePanel(page)).toContainText('Inviata.', { timeout: 60_000 });
  expect(await titles()).toHaveLength(2);
  expect((await call(page, 'ticket', { id })).ticket.number).toBe('2');
});
