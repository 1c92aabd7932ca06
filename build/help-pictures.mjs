// `npm run help-pictures`: the pictures of the help, taken of the real window in both languages, into renderer/screens/help/pictures/.
// What they show is written here, so that no workshop's data is in them.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRoot, node24, projectFolder } from './paths.mjs';
import { must, run } from './run.mjs';

const target = join(projectFolder, 'renderer/screens/help/pictures');
const size = { width: 1_200, height: 760 };
/** Larger ones are not worth what every update would carry, in bytes. */
const mostBytes = 90_000;
const pictures = ['today', 'draft', 'review', 'ticket', 'evidence'];

const words = {
  it: {
    nav: 'Principale',
    today: 'Oggi',
    requests: 'Richieste',
    evidence: 'Prove',
    review: 'Controlla e invia',
    problem: 'Lettura interrotta al 38 %, errore di checksum',
    sent: 'La lettura al banco si ferma sempre al 38 %',
    stage: 'lettura al banco',
    noLog: 'lo strumento non ha scritto nessun LOG',
    guide: ['Manuale di K-TAG Master', 'pin e alimentazione come indicato'],
    done: ['Collegati i pin secondo la guida', 'Identificazione riuscita', 'Avviata la lettura'],
    tried: 'Ripetuta con un altro alimentatore',
  },
  en: {
    nav: 'Main',
    today: 'Today',
    requests: 'Requests',
    evidence: 'Evidence',
    review: 'Review and send',
    problem: 'Read stops at 38 %, checksum error',
    sent: 'The bench read always stops at 38 %',
    stage: 'bench read',
    noLog: 'the tool wrote no LOG',
    guide: ['K-TAG Master manual', 'pins and power supply as shown'],
    done: ['Pins connected as in the guide', 'Identification passed', 'Read started'],
    tried: 'Tried again with another power supply',
  },
};

async function outside() {
  const { setUp } = await import('./setup.mjs');
  const { build } = await import('./build.mjs');
  const env = await setUp();
  await build('test', env);
  const taken = mkdtempSync(join(tmpdir(), 'officina-help-'));
  if (isRoot) {
    chmodSync(taken, 0o1777);
    await must('chmod', ['-R', 'a+rX', join(projectFolder, 'out-test')]);
  }
  const command = [node24, join(projectFolder, 'build/help-pictures.mjs'), '--inside', taken];
  const session = process.platform === 'linux' ? [join(projectFolder, 'tests/run/desktop-session.sh')] : [];
  const [file, ...args] = [...session, ...command];
  const code = await run(file, args, { cwd: projectFolder, env: { ...process.env, ...env } });
  if (code !== 0) process.exit(code);
  // All of them or none: the help never shows one screen of today and one of last year.
  const names = Object.keys(words).flatMap((language) => pictures.map((name) => `${name}-${language}.webp`));
  const large = names.filter((name) => statSync(join(taken, name)).size > mostBytes);
  if (large.length > 0) throw new Error(`larger than ${mostBytes} bytes: ${large.join(', ')}`);
  mkdirSync(target, { recursive: true });
  for (const name of names) copyFileSync(join(taken, name), join(target, name));
  console.log(`${names.length} pictures`);
}

/** A draft half written and a request that was sent, in one language. */
async function prepare(page, language) {
  await page.evaluate(
    async ({ language, said }) => {
      const { officina } = window;
      const told = async (answer) => {
        const { ok, value, error } = await answer;
        if (!ok) throw new Error(JSON.stringify(error));
        return value;
      };
      const tool = (await told(officina.tools({})))[0];
      const typed = (text) => ({ text, source: { kind: 'typed' } });
      const step = (kind, failedHere) => (text) => ({ id: crypto.randomUUID(), kind, text, failedHere });
      const write = async (changes) => {
        const draft = await told(officina.startDraft({ toolId: tool.id, evidenceIds: [] }));
        const content = { ...draft.content, language, requestType: 'read-failure', ...changes };
        const { revision } = await told(
          officina.editDraft({ id: draft.id, baseRevision: draft.revision, content }),
        );
        return { id: draft.id, revision };
      };
      const fields = {
        stage: typed(said.stage),
        errorText: typed('Checksum error'),
        vehicleMake: typed('Volkswagen'),
        vehicleModel: typed('Golf VI'),
        ecuFamily: { text: 'EDC17CP44', source: { kind: 'file', name: 'ktag-2026-12-04.log' } },
        ecuHw: { text: '03L906018', source: { kind: 'file', name: 'ktag-2026-12-04.log' } },
        mode: typed('bench'),
      };
      const steps = [
        ...said.done.slice(0, 2).map(step('done', false)),
        ...said.done.slice(2).map(step('done', true)),
      ];
      const whole = await write({
        fields: { ...fields, problem: typed(said.sent), noLogReason: typed(said.noLog) },
        steps: [...steps, step('tried', false)(said.tried)],
        guides: [{ id: crypto.randomUUID(), title: said.guide[0], finding: said.guide[1] }],
      });
      const { version, sha256 } = await told(officina.terms({}));
      await told(officina.acceptTerms({ version, sha256 }));
      await told(officina.sendDraft({ id: whole.id, revision: whole.revision }));
      await write({ fields: { ...fields, problem: typed(said.problem) }, steps });
    },
    { language, said: words[language] },
  );
  // The practice portal numbers it and its operator asks something.
  await page.waitForTimeout(10_000);
}

/** A third of what the same picture has as PNG; the window itself makes it. */
async function asWebp(page, png) {
  const made = await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
    const webp = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(webp, (byte) => String.fromCharCode(byte)).join(''));
  }, png.toString('base64'));
  return Buffer.from(made, 'base64');
}

async function shootAll(language, folder) {
  const { _electron } = await import('@playwright/test');
  const walk = await import('../tests/window/workshop.ts');
  const app = await _electron.launch({
    args: [
      '--disable-gpu',
      join(projectFolder, 'out-test/main/main.js'),
      '--data-dir',
      mkdtempSync(join(tmpdir(), 'officina-help-data-')),
    ],
    chromiumSandbox: true,
  });
  const page = await app.firstWindow();
  await walk.firstRun(page);
  await page.evaluate(async () => window.officina.loadSamples({}));
  await page.evaluate(async (settings) => window.officina.saveSettings({ ...settings, theme: 'light' }), {
    language,
  });
  await prepare(page, language);
  await page.reload();
  await app.evaluate(
    ({ BrowserWindow }, at) => BrowserWindow.getAllWindows()[0].setContentSize(at.width, at.height),
    size,
  );
  const said = words[language];
  const go = async (place) => {
    await page
      .getByRole('navigation', { name: said.nav })
      .getByRole('button', { name: place, exact: true })
      .click();
    await page.waitForTimeout(800);
  };
  const openRow = async (title) => {
    await go(said.requests);
    await page.getByRole('table').getByRole('button', { name: title }).first().click();
    await page.waitForTimeout(800);
  };
  const picture = async (name) =>
    writeFileSync(join(folder, `${name}-${language}.webp`), await asWebp(page, await page.screenshot()));
  await go(said.today);
  await picture('today');
  await openRow(said.problem);
  await page.locator('.section-card h2 button').nth(1).click();
  await page.waitForTimeout(800);
  await picture('draft');
  await page.getByRole('button', { name: said.review }).last().click();
  await page.waitForTimeout(1_200);
  await picture('review');
  await openRow(said.sent);
  await picture('ticket');
  await go(said.evidence);
  await page.locator('button.candidate').first().click();
  await page.waitForTimeout(1_500);
  await picture('evidence');
  await app.close();
}

if (process.argv[2] === '--inside')
  for (const language of Object.keys(words)) await shootAll(language, process.argv[3]);
else await outside();
