// `npm run screenshots`: every screen in both languages, both themes and two sizes, as PNGs in screenshots/, for eyes to judge.
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRoot, node24, projectFolder } from './paths.mjs';
import { must, run } from './run.mjs';

const target = join(projectFolder, 'screenshots');
const sizes = [{ width: 1280, height: 800 }, { width: 683, height: 768 }];

async function outside() {
  const { setUp } = await import('./setup.mjs');
  const { build } = await import('./build.mjs');
  const env = await setUp();
  await build('test', env);
  mkdirSync(target, { recursive: true });
  if (isRoot) {
    chmodSync(target, 0o1777);
    await must('chmod', ['-R', 'a+rX', join(projectFolder, 'out-test')]);
  }
  const command = [node24, join(projectFolder, 'build/screenshots.mjs'), '--inside', ...process.argv.slice(2)];
  const session = process.platform === 'linux' ? [join(projectFolder, 'tests/run/desktop-session.sh')] : [];
  const [file, ...args] = [...session, ...command];
  process.exitCode = await run(file, args, { cwd: projectFolder, env: { ...process.env, ...env } });
}

/** What is on the page when the pictures are taken: one tool and one request half written, by the same hands as everything else. */
async function prepare(page) {
  await page.evaluate(async () => {
    const tool = (await window.officina.tools({})).value[0];
    const draft = (await window.officina.startDraft({ toolId: tool.id, evidenceIds: [] })).value;
    const typed = (text) => ({ text, source: { kind: 'typed' } });
    await window.officina.editDraft({ id: draft.id, baseRevision: draft.revision, content: { ...draft.content, requestType: 'read-failure', fields: {
      ...draft.content.fields, problem: typed('Lettura interrotta al 38 %, errore di checksum'), stage: typed('lettura al banco'), errorText: typed('Checksum error'), vehicleMake: typed('Volkswagen'), vehicleModel: typed('Golf VI'),
      vehicleEngine: typed('2.0 TDI'), ecuFamily: { text: 'EDC17CP44', source: { kind: 'file', name: 'ktag-2026-12-04.log' } }, ecuHw: { text: '03L906018', source: { kind: 'file', name: 'ktag-2026-12-04.log' } }, mode: typed('bench') },
    steps: ['Collegati i pin secondo la guida', 'Identificazione riuscita', 'Avviata la lettura'].map((text, index) => ({ id: crypto.randomUUID(), kind: 'done', text, failedHere: index === 2 })) } });
    const whole = (await window.officina.startDraft({ toolId: tool.id, evidenceIds: [] })).value;
    const stored = await window.officina.editDraft({ id: whole.id, baseRevision: whole.revision, content: { ...whole.content, requestType: 'read-failure', fields: {
      ...whole.content.fields, problem: typed('La lettura al banco si ferma sempre al 38 %'), stage: typed('lettura al banco'), errorText: typed('back checksum'), noLogReason: typed('lo strumento non ha scritto nessun LOG'), vehicleMake: typed('Volkswagen'), vehicleModel: typed('Golf VI'), ecuHw: typed('03L906018') },
    guides: [{ id: crypto.randomUUID(), title: 'Manuale di K-TAG Master', finding: 'pin e alimentazione come indicato' }],
    steps: [{ id: crypto.randomUUID(), kind: 'done', text: 'Collegati i pin secondo la guida', failedHere: true }, { id: crypto.randomUUID(), kind: 'tried', text: 'Ripetuta con un altro alimentatore', failedHere: false }] } });
    const terms = (await window.officina.terms({})).value;
    if (terms === undefined) return;
    await window.officina.acceptTerms({ version: terms.version, sha256: terms.sha256 });
    await window.officina.sendDraft({ id: whole.id, revision: stored.value.revision });
  });
  await page.waitForTimeout(9_000);
}

async function shoot(app, page, name) {
  await app.evaluate(({ BrowserWindow }, at) => BrowserWindow.getAllWindows()[0].setContentSize(at.width, at.height), sizes[0]);
  for (const size of sizes) {
    await app.evaluate(({ BrowserWindow }, at) => BrowserWindow.getAllWindows()[0].setContentSize(at.width, at.height), size);
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(target, `${name}-${size.width}.png`) });
    const over = await page.evaluate(() => [...document.querySelectorAll('*')].filter((item) => item.scrollWidth > item.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(item).overflowX)).map((item) => item.className));
    if (over.length > 0) console.log(`${name} ${size.width}: scrolls sideways: ${over.join(' | ')}`);
  }
}

async function inside() {
  const { _electron } = await import('@playwright/test');
  const dataFolder = mkdtempSync(join(tmpdir(), 'officina-shots-'));
  const only = process.argv.slice(3);
  const wanted = (name) => only.length === 0 || only.some((part) => name.includes(part));
  const app = await _electron.launch({ args: ['--disable-gpu', join(projectFolder, 'out-test/main/main.js'), '--data-dir', dataFolder], chromiumSandbox: true, env: process.env });
  const page = await app.firstWindow();
  page.on('console', (message) => (['error', 'warning'].includes(message.type()) ? console.log(`console: ${message.text()}`) : undefined));
  page.on('pageerror', (error) => console.log(`page error: ${error.message}`));
  const walk = await import('../tests/window/workshop.ts');
  if (wanted('first-run')) await shoot(app, page, 'it-light-first-run');
  await walk.firstRun(page);
  const hasSamples = await page.evaluate(async () => window.officina.loadSamples({}).then((result) => result.ok, () => false));
  console.log(`samples: ${hasSamples}`);
  await prepare(page);
  const words = { it: { nav: 'Principale', screens: ['Oggi', 'Richieste', 'Prove', 'Strumenti', 'Registro', 'Impostazioni'], draft: /Lettura interrotta al 38/u }, en: { nav: 'Main', screens: ['Today', 'Requests', 'Evidence', 'Tools', 'Audit', 'Settings'], draft: /Lettura interrotta al 38/u } };
  for (const language of ['it', 'en']) {
    for (const theme of ['light', 'dark']) {
      await page.evaluate(async (settings) => window.officina.saveSettings(settings), { language, theme });
      await page.reload();
      const { nav, screens } = words[language];
      const rail = page.getByRole('navigation', { name: nav });
      const at = (name) => `${language}-${theme}-${name}`;
      for (const [index, word] of screens.entries()) {
        const name = at(['today', 'requests', 'evidence', 'tools', 'audit', 'settings'][index]);
        if (!wanted(name)) continue;
        await rail.getByRole('button', { name: word, exact: true }).click();
        await page.waitForTimeout(500);
        await shoot(app, page, name);
      }
      const rows = await page.evaluate(async () => (await window.officina.requests({ filter: 'all', text: '', offset: 0 })).value.rows);
      const draft = rows.find((row) => row.stage === 'draft' && row.title.startsWith('Lettura interrotta al 38 %, errore'));
      const ticket = rows.find((row) => row.stage === 'ticket') ?? rows.find((row) => row.stage === 'waiting');
      const openRow = async (row) => {
        await rail.getByRole('button', { name: screens[1], exact: true }).click();
        await page.getByRole('table').getByRole('button', { name: row.title }).first().click();
        await page.waitForTimeout(400);
      };
      if (draft !== undefined) {
        for (const [section, index] of [['tool', 0], ['problem', 1], ['draft-evidence', 2], ['vehicle', 3], ['steps', 4], ['guides', 5]]) {
          if (!wanted(at(section))) continue;
          await openRow(draft);
          await page.locator('.section-card h2 button').nth(index).click();
          await page.waitForTimeout(500);
          await shoot(app, page, at(section));
        }
        if (wanted(at('review'))) {
          await openRow(draft);
          await page.getByRole('button', { name: language === 'it' ? 'Controlla e invia' : 'Review and send' }).last().click();
          await page.waitForTimeout(500);
          await shoot(app, page, at('review'));
        }
      }
      if (ticket !== undefined && wanted(at('ticket'))) {
        await openRow(ticket);
        await shoot(app, page, at('ticket'));
      }
      if (ticket !== undefined && ticket.number !== null && wanted(at('remote'))) {
        await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].setContentSize(1280, 800));
        await openRow(ticket);
        await page.getByRole('button', { name: language === 'it' ? 'Apri la sessione' : 'Open the session' }).first().click();
        await page.waitForTimeout(400);
        const prepare = page.getByRole('button', { name: language === 'it' ? 'Prepara la sessione' : 'Prepare the session' });
        if (await prepare.isVisible()) await prepare.click();
        for (const [index, gate] of ['ticket', 'backup', 'programs', 'teamviewer', 'consent', 'launch'].entries()) {
          await page.locator('.gate').nth(index).click();
          await page.waitForTimeout(300);
          await shoot(app, page, at(`remote-${gate}`));
        }
      }
      if (wanted(at('outbox'))) {
        await page.locator('.sync').click();
        await page.waitForTimeout(400);
        await shoot(app, page, at('outbox'));
        await page.keyboard.press('Escape');
      }
    }
  }
  await app.close();
}

await (process.argv.includes('--inside') ? inside() : outside());
