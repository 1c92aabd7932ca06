import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { closeStore } from '../../electron/store/open-store.ts';
import { startStore } from '../../electron/store/start-store.ts';
import { writeBackup } from '../../electron/store/backup.ts';
import { errorTextId } from '../../renderer/app/error-text.ts';
import type { ErrorCode } from '../../shared/domain/app-error.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { call, startOutsidePortal } from '../faults/killed-app.ts';
import { migrations } from '../../electron/store/migrate.ts';
import { oldDraft, writeOlderStore } from '../fixtures/older-store.ts';
import { type Fault, pageAnswer, problemAnswer } from '../portal/fault.ts';
import { freshDataFolder, launch, mainFile, startEnvironment } from './launch.ts';
import { firstRun } from './workshop.ts';

const t = createTranslator('it');

/** The notice stands there with its three parts: what happened, what is safe, what to do. */
async function told(page: Page, code: ErrorCode): Promise<void> {
  const id = errorTextId(code);
  const notice = page.getByRole('alert').filter({ hasText: code }).first();
  await expect(notice).toBeVisible({ timeout: 15_000 });
  await expect(notice).toContainText(t(`error.${id}.safe`));
}

async function filledFolder(): Promise<string> {
  const dataFolder = freshDataFolder();
  writeOlderStore(dataFolder, migrations.length);
  return dataFolder;
}

test('app opens for reading and says so when its folder takes no writing (D2)', async () => {
  const dataFolder = await filledFolder();
  mkdirSync(join(dataFolder, 'window'));
  for (const name of readdirSync(dataFolder)) chmodSync(join(dataFolder, name), name === 'window' ? 0o555 : 0o444);
  chmodSync(dataFolder, 0o555);
  const { app, page } = await launch({ dataFolder });
  await told(page, 'store.readOnly');
  expect((await call(page, 'requests', { filter: 'all', text: '', offset: 0 })).total).toBe(2);
  await expect(call(page, 'startDraft', { toolId: null, evidenceIds: [] })).rejects.toThrow('store.readOnly');
  await app.close();
  chmodSync(dataFolder, 0o755);
});

test('app restores its newest good backup and says how much is missing when its store is damaged (C1)', async () => {
  const dataFolder = await filledFolder();
  const { db, folders } = await startStore(dataFolder, '2026-11-24T18:05:00.000Z');
  await writeBackup(db, folders.backups, 'daily', '2026-11-24T17:00:00.000Z');
  closeStore(db);
  const file = openSync(folders.database, 'r+');
  for (let part = 1; part < 12; part += 1) writeSync(file, Buffer.alloc(4_096, 0xff), 0, 4_096, part * 4_096);
  const { app, page } = await launch({ dataFolder });
  await expect(page.locator('.banner.warn').first()).toBeVisible();
  expect((await call(page, 'appInfo', {})).storeHealth).toMatchObject({ kind: 'restored', backupAt: '2026-11-24T17:00:00.000Z' });
  expect((await call(page, 'requests', { filter: 'all', text: '', offset: 0 })).rows.map((row) => row.id)).toContain(oldDraft);
  expect(readdirSync(folders.quarantine)).toHaveLength(1);
  await app.close();
});

test('app says that a newer program wrote the store when it did, and leaves it alone', async () => {
  const dataFolder = await filledFolder();
  const { db } = await startStore(dataFolder, '2026-11-24T18:05:00.000Z');
  db.pragma(`user_version = ${migrations.length + 1}`);
  closeStore(db);
  const { app, page } = await launch({ dataFolder });
  await told(page, 'store.newerThanApp');
  await app.close();
});

const faults: readonly (readonly [string, Fault, readonly ErrorCode[]])[] = [
  ['sends a page instead', pageAnswer(200), ['portal.notTheApi']],
  ['does not know the person', problemAnswer(401, 'unauthorized'), ['portal.unauthorized']],
  ['is at work on the same key', problemAnswer(409, 'key-in-progress'), ['portal.conflict', 'portal.serverFault']],
  ['finds it too large', problemAnswer(413, 'too-large'), ['portal.tooLarge']],
  ['rejects a field', problemAnswer(422, 'invalid'), ['portal.rejected', 'portal.conflict']],
  ['wants to be asked less often', problemAnswer(429, 'rate-limited', { 'retry-after': '600' }), ['portal.rateLimited']],
  ['has a fault', problemAnswer(500, 'fault'), ['portal.serverFault']],
  ['resets the connection', { kind: 'reset', commits: false }, ['portal.unreachable']],
  ['stops in the middle of its answer', { kind: 'half-answer' }, ['portal.unreachable', 'portal.badAnswer']],
];

for (const [what, fault, codes] of faults) {
  test(`request stays whole and the panel says why it waits when the portal ${what}`, async () => {
    const portal = await startOutsidePortal(0);
    const { app, page } = await launch({ env: { PRACTICE_URL: portal.url, PRACTICE_TOKEN: portal.token, SYNC_MS: '600000' } });
    await firstRun(page);
    const terms = await call(page, 'terms', {});
    await call(page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
    const draft = await call(page, 'startDraft', { toolId: null, evidenceIds: [] });
    const productId = (await call(page, 'productCatalogue', {})).find((item) => !item.hasSerial)?.id ?? null;
    const text = 'Non trovo il driver quando apro la banca dati';
    const { revision } = await call(page, 'editDraft', { id: draft.id, baseRevision: draft.revision, content: { ...draft.content, productId, requestType: 'question', fields: { problem: { text, source: { kind: 'typed' } } }, guides: [{ id: draft.id, title: 'Guida', finding: '' }] } });
    portal.fault(fault);
    await call(page, 'sendDraft', { id: draft.id, revision });
    const row = async () => (await call(page, 'outbox', {})).find((item) => item.ticketId === draft.id);
    await expect.poll(async () => (await row())?.lastError?.code ?? null, { timeout: 15_000 }).not.toBeNull();
    const code = (await row())?.lastError?.code;
    expect(codes).toContain(code);
    await page.locator('.sync').click();
    if (code !== undefined) await told(page, code);
    expect((await call(page, 'ticket', { id: draft.id })).ticket.content?.fields.problem?.text).toBe(text);
    await app.close();
    portal.stop();
  });
}

test('app says that there is no keychain and keeps working when the desktop has none (C4)', async () => {
  const { app, page } = await launch({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/at/all' } });
  await firstRun(page);
  await call(page, 'choosePortal', { kind: 'contract', url: 'http://127.0.0.1:9' });
  await expect(call(page, 'saveCredentials', { password: 'x' })).rejects.toThrow('keychain.absent');
  expect((await call(page, 'portalStatus', {})).credentials).toBe('unavailable');
  expect((await call(page, 'startDraft', { toolId: null, evidenceIds: [] })).revision).toBe(0);
  await app.close();
});

test('row 22: the first window comes to the front and stays as it was when the program is started again with hostile arguments', async () => {
  const { app, page, dataFolder } = await launch();
  await page.locator('h1').first().waitFor();
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    Reflect.set(globalThis, 'brought', []);
    for (const name of ['focus', 'restore'] as const) Reflect.set(window ?? {}, name, () => (Reflect.get(globalThis, 'brought') as string[]).push(name));
    Reflect.set(window ?? {}, 'isMinimized', () => true);
  });
  const code = await new Promise((ended) => {
    spawn(app.process().spawnfile, ['--disable-gpu', mainFile, '--data-dir', dataFolder, '--remote-debugging-port=0', 'file:///etc/passwd', 'officina://x'], { env: startEnvironment(), stdio: 'ignore' }).on('exit', ended);
  });
  expect(code).toBe(0);
  await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'brought') as string[])).toEqual(['restore', 'focus']);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.webContents.getURL()))).toEqual(['app://bundle/index.html']);
  await app.close();
});
