import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { startOutsidePortal } from '../faults/killed-app.ts';
import { hostileTexts } from '../fixtures/hostile-texts.ts';
import { type Launched, launch } from './launch.ts';
import { firstRun, goTo, requestLines } from './workshop.ts';

let started: Launched;
let portal: Awaited<ReturnType<typeof startOutsidePortal>>;
const complaints: string[] = [];

test.beforeAll(async () => {
  portal = await startOutsidePortal(0);
  started = await launch({ env: { PRACTICE_URL: portal.url, PRACTICE_TOKEN: portal.token } });
  const { page } = started;
  page.on('console', (message) => complaints.push(message.text()));
  page.on('dialog', (dialog) => complaints.push(`dialog ${dialog.message()}`));
  await page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      Reflect.set(window, 'planted', event.effectiveDirective),
    );
  });
  await firstRun(page);
});
test.afterAll(async () => {
  await started.app.close();
  portal.stop();
});

/** No script ran, no rule was broken, nothing of the texts became an element. */
async function onlyText(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    planted: Reflect.get(window, 'planted') ?? null,
    elements: document.querySelectorAll(
      '#root :is(script, iframe, object, embed, marquee, math, audio, video, base, meta, link, template), #root [onerror], #root [onload], #root [onclick], #root [href^="javascript:"], #root [href^="data:"]',
    ).length,
  }));
  expect(found).toEqual({ planted: null, elements: 0 });
  expect(complaints.filter((text) => /Refused|Security Policy|dialog/iu.test(text))).toEqual([]);
}

/** A ticket that somebody opened elsewhere, with these words, as the portal will tell the app. */
async function openElsewhere(subject: string, body: string): Promise<void> {
  const session = await fetch(`${portal.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'x', password: portal.token }),
  });
  const { token } = (await session.json()) as { token: string };
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${token}`,
    'idempotency-key': randomUUID(),
  };
  const made = await fetch(`${portal.url}/api/v1/tickets`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      clientReference: randomUUID(),
      language: 'it',
      subject,
      body,
      productId: subject.slice(0, 80),
      serial: subject.slice(0, 80),
      terms: { version: '1', sha256: 'a'.repeat(64) },
    }),
  });
  expect(made.status).toBe(201);
  const { number } = (await made.json()) as { number: string };
  for (const text of hostileTexts.slice(0, 20))
    await fetch(`${portal.url}/api/v1/tickets/${number}/messages`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': randomUUID() },
      body: JSON.stringify({ clientReference: randomUUID(), text }),
    });
}

test('THREAT-1: sixty texts stay text when they come as tickets and messages of the portal', async () => {
  expect(hostileTexts.length).toBeGreaterThanOrEqual(60);
  const { page } = started;
  for (const text of hostileTexts) await openElsewhere(text.slice(0, 150).trim(), text);
  await page.evaluate(() => window.officina.syncNow({}));
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const list = await window.officina.requests({ filter: 'all', text: '', offset: 0 });
        return list.ok ? list.value.total : 0;
      }),
    )
    .toBeGreaterThanOrEqual(hostileTexts.length);
  await onlyText(page);
  await goTo(page, 'Richieste');
  const rows = requestLines(page);
  await expect(rows.first()).toBeVisible();
  await onlyText(page);
  for (let row = 0; row < 6; row += 1) {
    await goTo(page, 'Richieste');
    await rows.nth(row).click();
    await expect(page.getByRole('article').first()).toBeVisible();
    await onlyText(page);
  }
});

test('THREAT-1: sixty texts stay text when they are names and insides of files', async () => {
  const { app, page } = started;
  const folder = mkdtempSync(join(tmpdir(), 'officina-hostile-'));
  const files = hostileTexts.slice(0, 40).map((text, index) => {
    // A name on disk can hold all but a slash and a NUL, and 255 bytes.
    const file = join(folder, `${index} ${text.replaceAll(/[/\0]/gu, '_').slice(0, 60)}.log`);
    writeFileSync(file, hostileTexts.join('\n'));
    return file;
  });
  await app.evaluate(({ dialog }, paths) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: paths }));
  }, files);
  const report = await page.evaluate(() => window.officina.chooseFiles({}));
  expect(report.ok && report.value.frozen.length).toBe(files.length);
  await goTo(page, 'Prove');
  await page.getByRole('tab', { name: 'Copie salvate' }).click();
  await page
    .getByRole('button', { name: /onerror/u })
    .first()
    .click();
  await expect(page.getByRole('complementary', { name: 'Anteprima' }).getByRole('textbox')).toHaveValue(
    /planted/u,
  );
  await onlyText(page);
});

test('THREAT-1: sixty texts stay text when they are typed into a request', async () => {
  const { page } = started;
  const id = await page.evaluate(
    async (text) => {
      const draft = await window.officina.startDraft({ toolId: null, evidenceIds: [] });
      if (!draft.ok) throw new Error(draft.error.code);
      await window.officina.editDraft({
        id: draft.value.id,
        baseRevision: 0,
        content: {
          ...draft.value.content,
          fields: {
            problem: { text, source: { kind: 'typed' } },
            vehicleMake: { text: text.slice(0, 60), source: { kind: 'file', name: text.slice(0, 100) } },
          },
        },
      });
      return draft.value.id;
    },
    hostileTexts.join('\n').replaceAll('\0', ''),
  );
  expect(id).toBeTruthy();
  await goTo(page, 'Oggi');
  await onlyText(page);
  await goTo(page, 'Richieste');
  await requestLines(page).first().click();
  await expect(page.locator('h1').first()).toBeVisible();
  await onlyText(page);
});
