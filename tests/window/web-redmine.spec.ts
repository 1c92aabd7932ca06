import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import { call } from '../faults/killed-app.ts';
import { missingForRedmine, type RealRedmine, startRedmine } from '../portal/real-redmine.ts';
import { type Launched, launch } from './launch.ts';
import { onSitePage, openPages, sitePanel, twoFrozenFiles } from './site-walk.ts';
import { firstRun, queueAnother } from './workshop.ts';

const missing = missingForRedmine();
test.skip(missing.length > 0, `a real Redmine is not installed here: ${missing.join(', ')}`);
test.describe.configure({ timeout: 300_000 });

let redmine: RealRedmine;
let shop: Launched;
test.beforeAll(async () => {
  redmine = await startRedmine(mkdtempSync(join(tmpdir(), 'officina-web-redmine-')));
  shop = await launch();
});
test.afterAll(async () => {
  await shop.app.close();
  await redmine.stop();
});

const onPage = (code: string): Promise<unknown> => onSitePage(shop.app, redmine.url, code);

const issuesSchema = z.object({ issues: z.array(z.object({ id: z.number(), subject: z.string() })) });
const issueSchema = z.object({
  issue: z.object({
    description: z.string(),
    attachments: z.array(z.object({ filename: z.string(), filesize: z.number() })),
  }),
});
async function onServer(
  path: string,
  body?: object,
  who: keyof RealRedmine['keys'] = 'workshop',
): Promise<unknown> {
  const headers = { 'X-Redmine-API-Key': redmine.keys[who], 'Content-Type': 'application/json' };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(`${redmine.url}${path}`, init);
  return answer.json();
}
const issues = async () => issuesSchema.parse(await onServer('/issues.json?sort=id')).issues;

/** Opens the portal beside a request and logs in as its person. */
async function openPortal(page: Page, problem: string): Promise<void> {
  await openPages(page, problem);
  await expect(sitePanel(page)).toContainText('Accedi nella pagina.', { timeout: 60_000 });
  await onPage(`document.querySelector('#username').value = 'workshop';
    document.querySelector('#password').value = ${JSON.stringify(redmine.password)};
    document.querySelector('#login-submit').click();`);
}

async function fillForm(page: Page): Promise<void> {
  await sitePanel(page).getByRole('button', { name: 'Apri il modulo' }).click({ timeout: 60_000 });
  await sitePanel(page).getByRole('button', { name: 'Compila il modulo' }).click({ timeout: 60_000 });
  await expect(sitePanel(page)).toContainText('premi tu il pulsante', { timeout: 60_000 });
}

test('[redmine] a request goes over the pages of a real server: filled in, sent by hand, number and files read back', async () => {
  const { page } = shop;
  await firstRun(page);
  await call(page, 'choosePortal', { kind: 'web', url: redmine.url, map: 'redmine-web' });
  const terms = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
  const { ids, sizes } = await twoFrozenFiles(shop);
  const id = await queueAnother(page, 'La lettura resta ferma al 38 %', ids);
  await openPortal(page, 'La lettura resta ferma al 38 %');
  await fillForm(page);
  await expect(sitePanel(page)).toContainText('2 di 2 file');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((found) => found.id)).toEqual([]);
  // Nothing was sent by the program.
  expect(await issues()).toEqual([]);
  await onPage(`document.querySelector('form#issue-form input[name=commit]').click()`);
  await expect(sitePanel(page)).toContainText('Inviata.', { timeout: 60_000 });
  const [issue] = await issues();
  const { ticket, outbox } = await call(page, 'ticket', { id });
  expect(ticket.number).toBe(String(issue?.id));
  expect(outbox.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted']);
  const told = issueSchema.parse(await onServer(`/issues/${issue?.id}.json?include=attachments`));
  expect(told.issue.description.replaceAll('\r\n', '\n').trim()).toBe(ticket.text.body.trim());
  expect(told.issue.attachments.map(({ filesize }) => filesize).toSorted()).toEqual(sizes.toSorted());
});

/** What the operator writes on the server's side; whatever else is said about the request goes with it. */
async function answers(number: string, issue: object): Promise<void> {
  const answer = await fetch(`${redmine.url}/issues/${number}.json`, {
    method: 'PUT',
    headers: { 'X-Redmine-API-Key': redmine.keys.operator, 'Content-Type': 'application/json' },
    body: JSON.stringify({ issue }),
  });
  expect(answer.status).toBeLessThan(300);
}

async function uploaded(name: string): Promise<string> {
  const answer = await fetch(`${redmine.url}/uploads.json?filename=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'X-Redmine-API-Key': redmine.keys.operator, 'Content-Type': 'application/octet-stream' },
    body: 'guida',
  });
  const said = z.object({ upload: z.object({ token: z.string() }) }).parse(await answer.json());
  return said.upload.token;
}

test('[redmine] what an operator answers on a real server is read from its page once, with files and state', async () => {
  const { page } = shop;
  const { number, id } = await call(page, 'requests', { filter: 'all', text: '38 %', offset: 0 }).then(
    ({ rows }) => ({ number: rows[0]?.number ?? '', id: rows[0]?.id ?? ('' as never) }),
  );
  await answers(number, {
    notes: 'Grazie.\n\nMandate:\n* la tensione\n* la foto dello schermo',
    uploads: [{ token: await uploaded('guida letture.pdf'), filename: 'guida letture.pdf' }],
  });
  const reading = page.getByRole('complementary', { name: 'Lettura dal portale' });
  await page.getByRole('button', { name: 'Torna alla richiesta' }).first().click();
  await page.getByRole('button', { name: 'Guarda sul portale' }).click();
  // Whoever logged in to send is still logged in.
  await expect(reading).toContainText('Un messaggio nuovo nella conversazione.', { timeout: 60_000 });
  await expect(reading).not.toContainText('non è stata riconosciuta');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((found) => found.id)).toEqual([]);
  const first = await call(page, 'ticket', { id });
  expect(first.messages.map(({ author, text }) => [author, text.replace(/\n+/gu, '\n')])).toEqual([
    [{ kind: 'operator', name: 'Operator Prova' }, 'Grazie.\nMandate:\nla tensione\nla foto dello schermo'],
  ]);
  expect(first.messages[0]?.attachments.map(({ name }) => name)).toEqual(['guida letture.pdf']);
  expect(first.ticket).toMatchObject({ state: 'waiting-customer', unread: 1 });
  await answers(number, { status_id: 5, notes: 'Chiudo.' });
  await reading.getByRole('button', { name: 'Ricarica' }).click();
  await expect(reading).toContainText('2 messaggi nuovi', { timeout: 60_000 });
  const second = await call(page, 'ticket', { id });
  expect(second.ticket.state).toBe('closed');
  expect(second.messages.map(({ text }) => text).at(-1)).toBe('Chiudo.');
  expect(second.messages).toHaveLength(2);
  await reading.getByRole('button', { name: 'Torna alla richiesta' }).first().click();
  await expect(page.getByText('Chiudo.').first()).toBeVisible();
});

test('[redmine] K3: a form that was filled in before the program died is looked for, and nothing is sent a second time', async () => {
  const before = await issues();
  const id = await queueAnother(shop.page, 'La scrittura si ferma subito');
  // Whoever logged in for one request is logged in for the next.
  await openPages(shop.page, 'La scrittura si ferma subito');
  await fillForm(shop.page);
  const { text } = (await call(shop.page, 'ticket', { id })).ticket;
  const closed = shop.app.waitForEvent('close');
  shop.app.process().kill('SIGKILL');
  await closed;
  // The person had pressed, and the server had taken it.
  await onServer('/issues.json', {
    issue: { project_id: 'assistenza', subject: text.subject, description: text.body },
  });
  shop = await launch({ dataFolder: shop.dataFolder });
  const { page } = shop;
  await openPortal(page, 'La scrittura si ferma subito');
  await expect(sitePanel(page)).toContainText('può essere già sul portale', { timeout: 60_000 });
  await expect(sitePanel(page).getByRole('button', { name: 'Compila il modulo' })).toHaveCount(0);
  await sitePanel(page).getByRole('button', { name: 'Cerca sul portale' }).click();
  await expect(sitePanel(page)).toContainText('Inviata.', { timeout: 60_000 });
  const after = await issues();
  expect(after).toHaveLength(before.length + 1);
  expect((await call(page, 'ticket', { id })).ticket.number).toBe(String(after.at(-1)?.id));
});
