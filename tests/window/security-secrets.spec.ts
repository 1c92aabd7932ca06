import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startOutsidePortal } from '../faults/killed-app.ts';
import { freshDataFolder, launch } from './launch.ts';
import { firstRun } from './workshop.ts';

/** A text as it may lie in a file: plain, wide, in base64 wherever it began, and in an address. */
function forms(text: string): readonly Buffer[] {
  const plain = Buffer.from(text, 'utf8');
  const shifted = [0, 1, 2].map((pad) =>
    Buffer.concat([Buffer.alloc(pad), plain])
      .toString('base64')
      .slice(4, -4),
  );
  return [
    plain,
    Buffer.from(text, 'utf16le'),
    ...shifted.map((part) => Buffer.from(part)),
    Buffer.from(encodeURIComponent(text)),
  ];
}

/** Files of a folder that hold the text in any form. */
function holders(folder: string, text: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return files.filter((file) => {
    const bytes = readFileSync(file);
    return forms(text).some((form) => bytes.includes(form));
  });
}

test("SEC-23: nothing of what was typed lies in the window's own folder when the app has quit", async () => {
  const canary = 'Canarino-typed+7f3a/officina?';
  const { app, page, dataFolder } = await launch();
  await firstRun(page);
  await page.evaluate(async (text) => {
    const draft = await window.officina.startDraft({ toolId: null, evidenceIds: [] });
    if (!draft.ok) throw new Error(draft.error.code);
    await window.officina.editDraft({
      id: draft.value.id,
      baseRevision: 0,
      content: { ...draft.value.content, fields: { problem: { text, source: { kind: 'typed' } } } },
    });
    // What a page may keep by itself is tried as well: none of it may outlive the window.
    for (const keep of [
      () => localStorage.setItem('canary', text),
      () => sessionStorage.setItem('canary', text),
      () => Reflect.set(document, 'cookie', `canary=${text}; max-age=9999`),
    ]) {
      try {
        keep();
      } catch {
        // Refused is fine.
      }
    }
  }, canary);
  await page.keyboard.press('Control+K');
  await page.keyboard.type(canary);
  await app.close();
  // The search for it can find something: the draft itself is in the store.
  expect(holders(dataFolder, canary).length).toBeGreaterThan(0);
  expect(holders(join(dataFolder, 'window'), canary)).toEqual([]);
});

test("THREAT-5: the portal's password is found in no file, log, export or output when it was used and refused", async () => {
  const canary = 'Passwort-9+c1/T5&geheim';
  const portal = await startOutsidePortal(0);
  const dataFolder = freshDataFolder();
  const exports = freshDataFolder();
  const { app, page } = await launch({ dataFolder });
  const printed: Buffer[] = [];
  for (const stream of [app.process().stdout, app.process().stderr])
    stream?.on('data', (part: Buffer) => printed.push(part));
  await firstRun(page);
  await app.evaluate(({ dialog }, folder) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [folder] }));
  }, exports);
  const answers = await page.evaluate(
    async ({ url, password }) => {
      const chosen = await window.officina.choosePortal({ kind: 'contract', url });
      const saved = await window.officina.saveCredentials({ password });
      await window.officina.syncNow({});
      const status = await window.officina.portalStatus({});
      const draft = await window.officina.startDraft({ toolId: null, evidenceIds: [] });
      const exported = draft.ok
        ? await window.officina.exportRequest({ id: draft.value.id, unstored: null })
        : null;
      const wrong = await window.officina.saveCredentials({ password: password.repeat(20) });
      return JSON.stringify({
        chosen,
        saved,
        status,
        exported,
        wrong,
        info: await window.officina.appInfo({}),
      });
    },
    { url: portal.url, password: canary },
  );
  expect(answers).toContain('"credentials":"present"');
  expect(answers).toContain('portal.unauthorized');
  expect(answers).not.toContain(canary);
  expect(holders(dataFolder, canary)).toEqual([]);
  await page.evaluate(() => window.officina.removeCredentials({}));
  await app.close();
  portal.stop();
  expect([...holders(dataFolder, canary), ...holders(exports, canary)]).toEqual([]);
  const output = Buffer.concat(printed);
  expect(forms(canary).some((form) => output.includes(form))).toBe(false);
});
