import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { signedRecordSchema } from '../../shared/domain/session-record.ts';
import { freshDataFolder, type Launched } from './launch.ts';
import { chooses, goLive, launchAsked } from './remote-wizard.ts';
import { goTo } from './workshop.ts';

let started: Launched;
let page: Page;
/** The exported audit, the receipt of the session and that of its backup, as files of the person's. */
const saved = { audit: '', session: '', backup: '' };
let publicKey = '';

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  started = await launchAsked();
  page = started.page;
});
test.afterAll(async () => {
  await started.app.close();
});

/** Lets the person choose a fresh folder, presses the button, and gives the JSON that came. */
async function savedBy(button: string, done: RegExp): Promise<string> {
  const folder = freshDataFolder();
  await chooses(started.app, folder);
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByText(done).last()).toBeVisible();
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.json')) ?? '');
}

/** What `npm run verify -- FILE` says, away from the program's data and with nothing but the public key. */
function verified(file: string, language = 'en'): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      resolve(import.meta.dirname, '../../build/verify.mjs'),
      file,
      '--key',
      publicKey,
      '--language',
      language,
    ],
    { encoding: 'utf8', cwd: freshDataFolder() },
  );
  return { code: status, said: `${stdout}${stderr}` };
}

type Exported = { entries: { subject: string; sequence: number }[] };
function tampered(change: (exported: Exported) => void): string {
  const exported = JSON.parse(readFileSync(saved.audit, 'utf8')) as Exported;
  change(exported);
  const file = join(freshDataFolder(), 'audit.json');
  writeFileSync(file, JSON.stringify(exported));
  return file;
}

test('R-REMOTE-7, THREAT-12: audit and both receipts saved from the window are proved by the script with the public key alone', async () => {
  await goLive(page);
  await page.getByRole('button', { name: 'Termina la sessione' }).click();
  await page.getByRole('button', { name: 'Confermo io: è finita' }).click();
  await expect(page.getByText(/^Firmata con la chiave di questo PC/u)).toBeVisible({ timeout: 60_000 });
  saved.session = await savedBy('Salva in una cartella', /^Ricevuta salvata in/u);
  publicKey = signedRecordSchema.parse(JSON.parse(readFileSync(saved.session, 'utf8'))).publicKey;
  await page.getByRole('button', { name: 'Torna alla richiesta' }).click();
  const folder = freshDataFolder();
  await chooses(started.app, folder);
  await page.getByRole('button', { name: /^Salva: Backup dichiarato/u }).click();
  await expect.poll(() => readdirSync(folder).filter((name) => name.endsWith('.json')).length).toBe(1);
  saved.backup = join(folder, readdirSync(folder).find((name) => name.endsWith('.json')) ?? '');
  await goTo(page, 'Registro');
  saved.audit = await savedBy('Esporta', /^Registro salvato in/u);
  expect(verified(saved.audit)).toEqual({
    code: 0,
    said: expect.stringMatching(/^INTACT: audit of \d+ entries and 2 signed records/u),
  });
  expect(verified(saved.session)).toEqual({
    code: 0,
    said: expect.stringMatching(/^INTACT: receipt of a session/u),
  });
  expect(verified(saved.backup, 'it')).toEqual({
    code: 0,
    said: expect.stringMatching(/^INTEGRA: ricevuta di un backup/u),
  });
});

const changes: readonly (readonly [string, (exported: Exported) => void, RegExp])[] = [
  [
    'inserted',
    ({ entries }) => entries.splice(3, 0, { ...(entries[2] as Exported['entries'][number]) }),
    /^Entry 3 is not in its place\./mu,
  ],
  ['deleted', ({ entries }) => entries.splice(3, 1), /^Entry 4 is missing\./mu],
  [
    'altered',
    ({ entries }) => Object.assign(entries[3] ?? {}, { subject: 'somebody else' }),
    /^Entry 4 was changed/mu,
  ],
  ['cut off', ({ entries }) => entries.splice(-2), /^The audit was cut off/mu],
  [
    'put in another order',
    ({ entries }) => entries.splice(2, 2, ...entries.slice(2, 4).reverse()),
    /^Entry 3 is (missing|not in its place)\./mu,
  ],
];
for (const [what, change, sentence] of changes) {
  test(`THREAT-12: script says what is wrong when an entry was ${what}`, () => {
    const { code, said } = verified(tampered(change));
    expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(sentence) });
    expect(said).toMatch(/^BROKEN: audit of/mu);
  });
}

test('THREAT-12: script finds one changed letter in either receipt, and a receipt of another key', () => {
  for (const file of [saved.session, saved.backup]) {
    const signed = signedRecordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const changed = join(freshDataFolder(), 'receipt.json');
    writeFileSync(
      changed,
      JSON.stringify({ ...signed, record: signed.record.replace('Mario Rossi', 'Mario Bossi') }),
    );
    expect(verified(changed)).toEqual({
      code: 1,
      said: expect.stringMatching(
        /^The receipt was changed after it was signed\.\n[\s\S]*BROKEN: receipt of a/u,
      ),
    });
  }
  const other = publicKey;
  publicKey = `${other.slice(0, -6)}AAAAA=`;
  expect(verified(saved.session)).toEqual({
    code: 1,
    said: expect.stringContaining('It is signed with another key than the one named.'),
  });
  publicKey = other;
});
