import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { closeStore } from '../../electron/store/open-store.ts';
import { startStore } from '../../electron/store/start-store.ts';
import { writeBackup } from '../../electron/store/backup.ts';
import { errorTextId } from '../../renderer/words/error-text.ts';
import type { ErrorCode } from '../../shared/domain/app-error.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { call, startOutsidePortal } from '../faults/killed-app.ts';
import { migrations } from '../../electron/store/migrate.ts';
import { oldDraft, writeOlderStore } from '../fixtures/older-store.ts';
import { type Fault, jsonAnswer, pageAnswer, problemAnswer } from '../portal/fault.ts';
import { freshDataFolder, launch, mainFile, startEnvironment } from './launch.ts';
import { onLinux } from './on-linux.ts';
import { firstRun, goTo } from './workshop.ts';

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

onLinux('[linux] D2: app opens for reading and says so when its folder takes no writing', async () => {
  const dataFolder = await filledFolder();
  mkdirSync(join(dataFolder, 'window'));
  for (const name of readdirSync(dataFolder))
    chmodSync(join(dataFolder, name), name === 'window' ? 0o555 : 0o444);
  chmodSync(dataFolder, 0o555);
  const { app, page } = await launch({ dataFolder });
  await told(page, 'store.readOnly');
  expect((await call(page, 'requests', { filter: 'all', text: '', offset: 0 })).total).toBe(2);
  await expect(call(page, 'startDraft', { toolId: null, evidenceIds: [] })).rejects.toThrow('store.readOnly');
  await app.close();
  chmodSync(dataFolder, 0o755);
});

test('DAMAGE-1: app restores its newest good backup and says how much is missing when its store is damaged', async () => {
  const dataFolder = await filledFolder();
  const { db, folders } = await startStore(dataFolder, '2026-11-24T18:05:00.000Z');
  await writeBackup(db, folders.backups, 'daily', '2026-11-24T17:00:00.000Z');
  closeStore(db);
  const file = openSync(folders.database, 'r+');
  for (let part = 1; part < 12; part += 1) writeSync(file, Buffer.alloc(4_096, 0xff), 0, 4_096, part * 4_096);
  const { app, page } = await launch({ dataFolder });
  await expect(page.locator('.banner.warn').first()).toBeVisible();
  expect((await call(page, 'appInfo', {})).storeHealth).toMatchObject({
    kind: 'restored',
    backupAt: '2026-11-24T17:00:00.000Z',
  });
  expect(
    (await call(page, 'requests', { filter: 'all', text: '', offset: 0 })).rows.map((row) => row.id),
  ).toContain(oldDraft);
  const [aside = ''] = readdirSync(folders.quarantine);
  expect(readdirSync(join(folders.quarantine, aside))).toContain('officina.db');
  await app.close();
});

test('app says that a newer program wrote the store when it did, and leaves it alone', async () => {
  const dataFolder = await filledFolder();
  const { db } = await startStore(dataFolder, '2026-11-24T18:05:00.000Z');
  db.exec(`create table later (words text); pragma user_version = ${migrations.length + 1}`);
  closeStore(db);
  const { app, page } = await launch({ dataFolder });
  await told(page, 'store.newerThanApp');
  // It is all there is on the page: it cannot be taken away.
  await expect(page.getByRole('alert').getByRole('button', { name: t('action.dismiss') })).toHaveCount(0);
  await app.close();
});

test('what went wrong leaves the screen when it is put right', async () => {
  const { app, page } = await launch();
  await firstRun(page);
  await goTo(page, 'Impostazioni');
  await page.getByRole('radio', { name: /Portale del fornitore/u }).check();
  await page.getByLabel('Indirizzo del portale').fill('http://portale.example');
  await page.getByRole('button', { name: 'Usa questo indirizzo' }).click();
  await told(page, 'portal.addressInvalid');
  await page.getByRole('radio', { name: /A mano/u }).check();
  await expect(page.getByRole('button', { name: 'Portale: A mano' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  // Dismissed by the keyboard, it leaves the keyboard at the screen.
  await page.getByRole('radio', { name: /Portale del fornitore/u }).check();
  await page.getByLabel('Indirizzo del portale').fill('http://portale.example');
  await page.getByRole('button', { name: 'Usa questo indirizzo' }).click();
  await page
    .getByRole('alert')
    .getByRole('button', { name: t('action.dismiss') })
    .press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.locator('main')).toBeFocused();
  await app.close();
});

type PortalFault = {
  readonly what: string;
  readonly fault: Fault;
  /** What stands above every screen meanwhile. */
  readonly chip?: RegExp;
  readonly codes: readonly ErrorCode[] /** The portal was wrong about the password: it is given again. */;
  readonly signsInAgain?: true;
};
const faults: readonly PortalFault[] = [
  { what: 'sends a page instead', fault: pageAnswer(200), codes: ['portal.notTheApi'] },
  { what: 'leads elsewhere', fault: pageAnswer(302), codes: ['portal.notTheApi'] },
  {
    what: 'does not know the person',
    fault: problemAnswer(401, 'unauthorized'),
    chip: /^Portale: Password rifiutata$/u,
    codes: ['portal.unauthorized'],
    signsInAgain: true,
  },
  { what: 'forbids it', fault: problemAnswer(403, 'forbidden'), codes: ['portal.forbidden'] },
  {
    what: 'is at work on the same key',
    fault: problemAnswer(409, 'key-in-progress'),
    codes: ['portal.conflict', 'portal.serverFault'],
  },
  { what: 'finds it too large', fault: problemAnswer(413, 'too-large'), codes: ['portal.textTooLarge'] },
  {
    what: 'rejects a field',
    fault: problemAnswer(422, 'invalid'),
    codes: ['portal.rejected', 'portal.conflict'],
  },
  {
    what: 'wants to be asked less often',
    fault: problemAnswer(429, 'rate-limited', { 'retry-after': '600' }),
    chip: /^Portale: In pausa, riprova: .*\d\d:\d\d$/u,
    codes: ['portal.rateLimited'],
  },
  { what: 'has a fault', fault: problemAnswer(500, 'fault'), codes: ['portal.serverFault'] },
  {
    what: 'stands behind a gateway that finds nobody',
    fault: pageAnswer(502),
    codes: ['portal.serverFault'],
  },
  { what: 'is closed for works', fault: problemAnswer(503, 'maintenance'), codes: ['portal.maintenance'] },
  { what: 'resets the connection', fault: { kind: 'reset', commits: false }, codes: ['portal.unreachable'] },
  {
    what: 'resets the connection after it took the request',
    fault: { kind: 'reset', commits: true },
    codes: ['portal.unreachable'],
  },
  {
    what: 'stops in the middle of its answer',
    fault: { kind: 'half-answer' },
    codes: ['portal.unreachable', 'portal.badAnswer'],
  },
  {
    what: 'answers with half a number',
    fault: jsonAnswer('{"number":"P-', true),
    codes: ['portal.badAnswer'],
  },
  {
    what: 'answers without end',
    fault: { kind: 'huge', commits: false, bytes: 400_000_000, gzip: false },
    codes: ['portal.badAnswer'],
  },
  {
    what: 'answers with few bytes that unpack without end',
    fault: { kind: 'huge', commits: false, bytes: 200_000_000, gzip: true },
    codes: ['portal.badAnswer'],
  },
];

for (const { what, fault, chip, codes, signsInAgain } of faults) {
  test(`request stays whole, the panel says why it waits, and it arrives once when the portal is well again, when it ${what}`, async () => {
    // It does not even know a repeated key: only the question whether the request is there keeps a second ticket away.
    const portal = await startOutsidePortal(0, ['--ignores-keys']);
    const { app, page } = await launch({
      env: {
        PRACTICE_URL: portal.url,
        PRACTICE_TOKEN: portal.token,
        SYNC_MS: '600000',
        ABSENT_GAP_MS: '200',
      },
    });
    await firstRun(page);
    const terms = await call(page, 'terms', {});
    await call(page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
    const draft = await call(page, 'startDraft', { toolId: null, evidenceIds: [] });
    const productId = (await call(page, 'productCatalogue', {})).find((item) => !item.hasSerial)?.id ?? null;
    const text = 'Non trovo il driver quando apro la banca dati';
    const { revision } = await call(page, 'editDraft', {
      id: draft.id,
      baseRevision: draft.revision,
      content: {
        ...draft.content,
        productId,
        requestType: 'question',
        fields: { problem: { text, source: { kind: 'typed' } } },
        guides: [{ id: draft.id, title: 'Guida', finding: '' }],
      },
    });
    // The first contact is made: the wrong answer meets the request itself, and not the sign-in or the first look.
    await expect
      .poll(async () => (await call(page, 'portalStatus', {})).reach, { timeout: 15_000 })
      .toBe('reached');
    await portal.fault(fault);
    await call(page, 'sendDraft', { id: draft.id, revision });
    const row = async () => (await call(page, 'outbox', {})).find((item) => item.ticketId === draft.id);
    await expect.poll(async () => (await row())?.lastError?.code ?? null, { timeout: 15_000 }).not.toBeNull();
    const code = (await row())?.lastError?.code;
    expect(codes).toContain(code);
    if (chip !== undefined) await expect(page.getByRole('button', { name: chip })).toBeVisible();
    await page.locator('.sync').click();
    if (code !== undefined) await told(page, code);
    const card = page.getByRole('article', { name: /Non trovo il driver/u });
    if (signsInAgain) {
      await expect(card).toContainText('Ferma: il portale ha rifiutato la password.');
      await expect(card).not.toContainText('Prossimo tentativo');
      await card.getByRole('button', { name: 'Riscrivi la password' }).press('Enter');
      await expect(page.getByRole('heading', { level: 1, name: 'Impostazioni' })).toBeVisible();
      await page.locator('.sync').click();
    }
    const ticket = async () => (await call(page, 'ticket', { id: draft.id })).ticket;
    expect(await ticket()).toMatchObject({ number: null, content: { fields: { problem: { text } } } });

    await portal.fault({ kind: 'none' });
    if (signsInAgain) await call(page, 'choosePortal', { kind: 'practice' });
    const again = page
      .getByRole('article', { name: /Non trovo il driver/u })
      .getByRole('button', { name: 'Riprova ora' });
    await expect(async () => {
      if ((await ticket()).number === null && (await again.isVisible()))
        await again.click({ timeout: 1_000 });
      expect((await ticket()).number).not.toBeNull();
    }).toPass({ timeout: 60_000 });
    expect(portal.journal().filter((entry) => entry.kind === 'ticket')).toHaveLength(1);
    await app.close();
    portal.stop();
  });
}

onLinux(
  '[linux] DAMAGE-4: app says that there is no keychain and keeps working when the desktop has none',
  async () => {
    const { app, page } = await launch({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/at/all' } });
    await firstRun(page);
    await call(page, 'choosePortal', { kind: 'contract', url: 'http://127.0.0.1:9' });
    await expect(call(page, 'saveCredentials', { password: 'x' })).rejects.toThrow('keychain.absent');
    expect((await call(page, 'portalStatus', {})).credentials).toBe('unavailable');
    expect((await call(page, 'startDraft', { toolId: null, evidenceIds: [] })).revision).toBe(0);
    await app.close();
  },
);

test('SEC-22: the first window comes to the front and stays as it was when the program is started again with hostile arguments', async () => {
  const { app, page, dataFolder } = await launch();
  await page.locator('h1').first().waitFor();
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    Reflect.set(globalThis, 'brought', []);
    for (const name of ['focus', 'restore'] as const)
      Reflect.set(window ?? {}, name, () => (Reflect.get(globalThis, 'brought') as string[]).push(name));
    Reflect.set(window ?? {}, 'isMinimized', () => true);
  });
  const code = await new Promise((ended) => {
    spawn(
      app.process().spawnfile,
      [
        '--disable-gpu',
        mainFile,
        '--data-dir',
        dataFolder,
        '--remote-debugging-port=0',
        'file:///etc/passwd',
        'officina://x',
      ],
      { env: startEnvironment(), stdio: 'ignore' },
    ).on('exit', ended);
  });
  expect(code).toBe(0);
  await expect
    .poll(() => app.evaluate(() => Reflect.get(globalThis, 'brought') as string[]))
    .toEqual(['restore', 'focus']);
  expect(
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((one) => one.webContents.getURL()),
    ),
  ).toEqual(['app://bundle/index.html']);
  await app.close();
});
