import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { call } from '../faults/killed-app.ts';
import { freshDataFolder } from './launch.ts';
import { onLinux } from './on-linux.ts';
import { launchOnSmallDisk, sparseFile } from './small-disk.ts';
import { firstRun, goTo, openSection, writeAndSend } from './workshop.ts';

const megabyte = 1024 ** 2;
/** More than what room a store keeps within its own files, so that it has to be taken from the disk. */
const longText = 'La lettura si ferma al 38 % e non riparte. '.repeat(400).trim();
const problem = (page: Page) => page.getByLabel('Che cosa è successo', { exact: true });
const full = (page: Page) => page.getByRole('alert').filter({ hasText: 'Il disco è pieno.' });

async function storedProblem(page: Page): Promise<string | undefined> {
  const { rows } = await call(page, 'requests', { filter: 'drafts', text: '', offset: 0 });
  const [row] = rows;
  return row === undefined
    ? undefined
    : (await call(page, 'draft', { id: row.id })).draft.content.fields.problem?.text;
}

/** A draft whose last edit no disk has. */
async function unsavedDraft(page: Page): Promise<void> {
  await goTo(page, 'Nuova richiesta');
  await openSection(page, 'Problema');
  await problem(page).fill('Prima riga');
  await expect(page.getByText(/^salvata\b/u)).toBeVisible();
}

onLinux(
  '[linux] D1: draft stays in the window, can be carried away, and is saved by itself when the disk ran full',
  async () => {
    const { app, page, fill, free } = await launchOnSmallDisk(16 * megabyte);
    await firstRun(page);
    await unsavedDraft(page);
    fill();
    await problem(page).fill(longText);
    await expect(full(page)).toContainText('Liberane almeno 200 MB');
    await expect(page.getByText('non salvata', { exact: true })).toBeVisible();
    expect(await storedProblem(page)).toBe('Prima riga');
    await page.getByRole('button', { name: 'Copia il testo' }).click();
    await expect(page.getByText('Copiato', { exact: true })).toBeVisible();
    expect(
      await app.evaluate(({ clipboard }) => (clipboard as unknown as { readText: () => string }).readText()),
    ).toContain(longText);
    const elsewhere = freshDataFolder();
    await app.evaluate(({ dialog }, folder) => {
      Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [folder] }));
    }, elsewhere);
    await page.getByRole('button', { name: 'Altro', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Salva in una cartella' }).click();
    await expect.poll(() => readdirSync(elsewhere)).toHaveLength(1);
    await expect
      .poll(() => readFileSync(join(elsewhere, readdirSync(elsewhere)[0] ?? '', 'richiesta.txt'), 'utf8'))
      .toContain(longText);
    const saved = join(elsewhere, readdirSync(elsewhere)[0] ?? '');
    await expect
      .poll(() => readdirSync(saved).sort())
      .toEqual(['elenco.json', 'richiesta.html', 'richiesta.pdf', 'richiesta.txt']);
    expect(readFileSync(join(saved, 'richiesta.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    // Another screen and back: the text is still there, and nothing else took its place.
    await goTo(page, 'Oggi');
    await page.getByRole('button', { name: 'Richieste' }).first().click();
    await page
      .getByRole('button', { name: /Prima riga/u })
      .first()
      .click();
    await openSection(page, 'Problema');
    await expect(problem(page)).toHaveValue(longText);
    free();
    await expect(full(page)).toHaveCount(0);
    await expect(page.getByText(/^salvata\b/u)).toBeVisible();
    expect(await storedProblem(page)).toBe(longText);
    await app.close();
  },
);

onLinux(
  '[linux] D1: window asks before it closes over text that the full disk did not take, and stays when told to',
  async () => {
    const { app, page, fill, free } = await launchOnSmallDisk(16 * megabyte);
    await firstRun(page);
    await unsavedDraft(page);
    fill();
    await problem(page).fill(longText);
    await expect(full(page)).toBeVisible();
    const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await close();
    const ask = page.getByRole('alertdialog', { name: 'Chiudere senza salvare?' });
    await ask.getByRole('button', { name: 'Resta qui' }).click();
    await expect(problem(page)).toHaveValue(longText);
    free();
    await expect(full(page)).toHaveCount(0);
    expect(await storedProblem(page)).toBe(longText);
    fill();
    await problem(page).fill(longText.toUpperCase());
    await expect(full(page)).toBeVisible();
    await close();
    const gone = new Promise((done) => app.process().once('exit', done));
    // The program may end before Playwright has heard that its click arrived; a click that never arrived leaves it running, and this waiting.
    const pressed = ask
      .getByRole('button', { name: 'Chiudi senza salvare' })
      .click()
      .catch(() => null);
    await Promise.all([gone, pressed]);
  },
);

onLinux(
  '[linux] D1: reply stays in the window, can be carried away, and is saved by itself when the disk ran full',
  async () => {
    const { app, page, fill, free } = await launchOnSmallDisk(24 * megabyte, {
      env: { OPERATOR_DELAY_MS: '600000' },
    });
    await firstRun(page);
    await writeAndSend(page);
    const reply = page.getByRole('textbox', { name: /^Rispondi/u });
    const stored = async (): Promise<string> => {
      const { rows } = await call(page, 'requests', { filter: 'all', text: '', offset: 0 });
      return rows[0] === undefined ? '' : (await call(page, 'ticket', { id: rows[0].id })).reply.text;
    };
    await reply.fill('Prima riga');
    await expect.poll(stored).toBe('Prima riga');
    fill();
    await reply.fill(longText);
    await expect(full(page)).toContainText('Liberane almeno 200 MB');
    await expect(page.getByText('Quello che hai scritto resta in questa finestra')).toBeVisible();
    expect(await stored()).toBe('Prima riga');
    await page.getByRole('button', { name: 'Copia il testo' }).click();
    expect(
      await app.evaluate(({ clipboard }) => (clipboard as unknown as { readText: () => string }).readText()),
    ).toBe(longText);
    // Other screens may be looked at: what was written stands there again.
    await goTo(page, 'Oggi');
    await goTo(page, 'Richieste');
    await page
      .getByRole('button', { name: /La lettura si ferma/u })
      .first()
      .click();
    await expect(reply).toHaveValue(longText);
    free();
    await expect.poll(stored, { timeout: 60_000 }).toBe(longText);
    await expect(full(page)).toHaveCount(0);
    await reply.fill('Un altro testo');
    await expect.poll(stored).toBe('Un altro testo');
    await goTo(page, 'Oggi');
    await goTo(page, 'Richieste');
    await page
      .getByRole('button', { name: /La lettura si ferma/u })
      .first()
      .click();
    await expect(reply).toHaveValue('Un altro testo');
    await app.close();
  },
);

onLinux(
  '[linux] D1: evidence is refused with the bytes it needs, and taken when there is room, when a copy meets a full disk',
  async () => {
    // It stands still a quarter into the copy, for as long as the other program needs.
    const pause = join(freshDataFolder(), 'paused');
    const { app, page, fill, free, onDisk } = await launchOnSmallDisk(500 * megabyte, {
      env: { PAUSE_AT: 'att.part25:1', PAUSE_FILE: pause },
    });
    await firstRun(page);
    const source = sparseFile(
      join(freshDataFolder(), 'grande.log'),
      100 * megabyte,
      Buffer.from('18:01:44 ERR back checksum\n'),
    );
    await app.evaluate(({ dialog }, path) => {
      Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [path] }));
    }, source);
    await goTo(page, 'Prove');
    // The store's own backup may fall into the same moment, and says so beside it.
    const told = page.getByRole('alert').filter({ hasText: 'evidence.noSpace' });
    const clicked = page.getByRole('button', { name: 'Aggiungi file' }).click();
    await expect.poll(() => existsSync(pause)).toBe(true);
    expect(readdirSync(onDisk('evidence', 'incoming')).filter((name) => name.endsWith('.part'))).toHaveLength(
      1,
    );
    fill();
    rmSync(pause);
    await clicked;
    await expect(told).toContainText(/servono 300 MB liberi, ce ne sono \d+ B\./u);
    expect(readdirSync(onDisk('evidence'))).toEqual(['incoming']);
    await expect.poll(() => readdirSync(onDisk('evidence', 'incoming'))).toEqual([]);
    // Full from the start: refused before a byte is written.
    await page.getByRole('button', { name: 'Riprova con questo file' }).click();
    await expect(told).toBeVisible();
    free();
    await page.getByRole('button', { name: 'Riprova con questo file' }).click();
    await expect(told).toHaveCount(0);
    await page.getByRole('tab', { name: 'Copie salvate' }).click();
    await expect(page.getByText('grande.log').first()).toBeVisible();
    await app.close();
  },
);

onLinux(
  '[linux] D1: backup that finds no room is told with the bytes it needs, and is made when there is room',
  async () => {
    const clockFile = join(freshDataFolder(), 'clock');
    writeFileSync(clockFile, '0');
    const { app, page, fill, free, onDisk } = await launchOnSmallDisk(
      16 * megabyte,
      { env: { BACKUP_LOOK_MS: '700', CLOCK_FILE: clockFile } },
      'dd if=/dev/zero of="$DATA/taken.bin" bs=1M count=12 2>/dev/null',
    );
    await firstRun(page);
    const onDiskNow = (): string[] => readdirSync(onDisk('backups')).filter((name) => name.endsWith('.db'));
    await expect.poll(async () => (await call(page, 'backups', {})).length).toBeGreaterThan(1);
    fill(64 * 1024);
    const before = onDiskNow();
    const told = page.getByRole('alert').filter({ hasText: 'backup.noSpace' });
    // The next one is due when a week has gone.
    writeFileSync(clockFile, String(8 * 86_400_000));
    await expect(told).toContainText(/servono \d+ KB liberi, ce ne sono \d+ KB/u);
    expect(onDiskNow()).toEqual(before);
    free();
    await expect(told).toHaveCount(0);
    await expect.poll(() => onDiskNow().length).toBeGreaterThan(before.length);
    await expect
      .poll(() => readdirSync(onDisk('backups')).filter((name) => name.endsWith('.tmp')))
      .toEqual([]);
    await app.close();
  },
);

onLinux(
  '[linux] D1: program that cannot open its store on a full disk says so and opens it without a restart when there is room',
  async () => {
    const { app, page, onDisk } = await launchOnSmallDisk(
      4 * megabyte,
      { waits: false },
      'dd if=/dev/zero of="$DATA/taken.bin" bs=1k count=4090 2>/dev/null || true',
    );
    await expect(full(page)).toBeVisible({ timeout: 60_000 });
    writeFileSync(onDisk('taken.bin'), '');
    await page.getByRole('button', { name: 'Riprova' }).click();
    await expect(full(page)).toHaveCount(0);
    await firstRun(page);
    await app.close();
  },
);
