// `npm run screenshots [-- WORD...]`: every screen in both languages, both themes and three sizes, as PNGs in screenshots/, for eyes to
// judge; with words only the pictures whose names hold one of them.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRoot, node24, projectFolder } from './paths.mjs';
import { must, run } from './run.mjs';

const target = join(projectFolder, 'screenshots');
const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 640 },
  { width: 683, height: 768 },
];
const looks = ['it', 'en'].flatMap((language) =>
  ['light', 'dark'].map((theme) => ({ language, theme, name: `${language}-${theme}` })),
);
/** How long the stand-in of TeamViewer is left between two looks, so that a session that is ending stays on screen for its picture. */
const watchMs = 15_000;

async function outside() {
  const { setUp } = await import('./setup.mjs');
  const { build } = await import('./build.mjs');
  const env = await setUp();
  await build('test', env);
  // What lies there afterwards was taken now: a run that breaks off leaves no older picture to be taken for a new one.
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  if (isRoot) {
    chmodSync(target, 0o1777);
    await must('chmod', ['-R', 'a+rX', join(projectFolder, 'out-test')]);
  }
  const command = [
    node24,
    join(projectFolder, 'build/screenshots.mjs'),
    '--inside',
    ...process.argv.slice(2),
  ];
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
    await window.officina.editDraft({
      id: draft.id,
      baseRevision: draft.revision,
      content: {
        ...draft.content,
        requestType: 'read-failure',
        fields: {
          ...draft.content.fields,
          problem: typed('Lettura interrotta al 38 %, errore di checksum'),
          stage: typed('lettura al banco'),
          errorText: typed('Checksum error'),
          vehicleMake: typed('Volkswagen'),
          vehicleModel: typed('Golf VI'),
          vehicleEngine: typed('2.0 TDI'),
          ecuFamily: { text: 'EDC17CP44', source: { kind: 'file', name: 'ktag-2026-12-04.log' } },
          ecuHw: { text: '03L906018', source: { kind: 'file', name: 'ktag-2026-12-04.log' } },
          mode: typed('bench'),
        },
        steps: ['Collegati i pin secondo la guida', 'Identificazione riuscita', 'Avviata la lettura'].map(
          (text, index) => ({
            id: crypto.randomUUID(),
            kind: 'done',
            text,
            failedHere: index === 2,
          }),
        ),
      },
    });
    const whole = (await window.officina.startDraft({ toolId: tool.id, evidenceIds: [] })).value;
    const stored = await window.officina.editDraft({
      id: whole.id,
      baseRevision: whole.revision,
      content: {
        ...whole.content,
        requestType: 'read-failure',
        fields: {
          ...whole.content.fields,
          problem: typed('La lettura al banco si ferma sempre al 38 %'),
          stage: typed('lettura al banco'),
          errorText: typed('back checksum'),
          noLogReason: typed('lo strumento non ha scritto nessun LOG'),
          vehicleMake: typed('Volkswagen'),
          vehicleModel: typed('Golf VI'),
          ecuHw: typed('03L906018'),
        },
        guides: [
          {
            id: crypto.randomUUID(),
            title: 'Manuale di K-TAG Master',
            finding: 'pin e alimentazione come indicato',
          },
        ],
        steps: [
          {
            id: crypto.randomUUID(),
            kind: 'done',
            text: 'Collegati i pin secondo la guida',
            failedHere: true,
          },
          {
            id: crypto.randomUUID(),
            kind: 'tried',
            text: 'Ripetuta con un altro alimentatore',
            failedHere: false,
          },
        ],
      },
    });
    const terms = (await window.officina.terms({})).value;
    if (terms === undefined) return;
    await window.officina.acceptTerms({ version: terms.version, sha256: terms.sha256 });
    await window.officina.sendDraft({ id: whole.id, revision: stored.value.revision });
  });
  await page.waitForTimeout(9_000);
}

/** The operator's question is answered, whereupon they ask for a session. */
async function answerOperator(page) {
  await page.evaluate(async () => {
    const rows = (await window.officina.requests({ filter: 'all', text: '', offset: 0 })).value.rows;
    const ticket = rows.find((row) => row.stage === 'ticket');
    await window.officina.saveReply({ ticketId: ticket.id, text: '13,4 V a riposo', evidenceIds: [] });
    await window.officina.sendReply({ ticketId: ticket.id });
  });
  await page.waitForTimeout(10_000);
}

async function resize(app, size) {
  await app.evaluate(
    ({ BrowserWindow }, at) =>
      BrowserWindow.getAllWindows()
        .find((window) => !window.webContents.getURL().includes('#strip'))
        .setContentSize(at.width, at.height),
    size,
  );
}

async function shoot(app, page, name, at = sizes) {
  await resize(app, sizes[0]);
  for (const size of at) {
    await resize(app, size);
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(target, `${name}-${size.width}.png`) });
    const over = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter(
          (item) =>
            item.scrollWidth > item.clientWidth + 1 &&
            ['auto', 'scroll'].includes(getComputedStyle(item).overflowX),
        )
        .map((item) => item.className),
    );
    if (over.length > 0) console.log(`${name} ${size.width}: scrolls sideways: ${over.join(' | ')}`);
  }
  await resize(app, sizes[0]);
}

/** The program in one language and theme from here on. */
async function turnTo(page, { language, theme }) {
  await page.evaluate(async (settings) => window.officina.saveSettings(settings), { language, theme });
  await page.reload();
  await page.waitForTimeout(600);
}

const firstRunWords = {
  it: {
    code: 'Codice cliente',
    company: 'Azienda',
    email: 'E-mail legata al codice cliente',
    go: 'Continua',
    right: 'Sì, è giusto',
    product: 'Prodotto',
    serial: 'Numero di serie',
    add: 'Aggiungi strumento',
    another: 'Sì, e ne aggiungo un altro',
    enough: 'Fine',
  },
  en: {
    code: 'Customer code',
    company: 'Company',
    email: 'E-mail tied to the customer code',
    go: 'Continue',
    right: 'Yes, that is right',
    product: 'Product',
    serial: 'Serial number',
    add: 'Add tool',
    another: 'Yes, add another',
    enough: 'Done',
  },
};

/** A newcomer's first start, step by step, in a data folder of its own. */
async function shootFirstRun(start, look, wanted) {
  const steps = ['workshop', 'code', 'tool', 'serial', 'tools', 'folders', 'portal', 'first-steps'].map(
    (step) => `${look.name}-first-run-${step}`,
  );
  if (!steps.some(wanted)) return;
  const { app, page } = await start();
  await turnTo(page, look);
  const words = firstRunWords[look.language];
  const press = async (name) => {
    await page.getByRole('button', { name, exact: true }).last().click();
    await page.waitForTimeout(500);
  };
  const picture = async (step) =>
    wanted(`${look.name}-first-run-${step}`) ? shoot(app, page, `${look.name}-first-run-${step}`) : undefined;
  await picture('workshop');
  await page.getByLabel(words.code, { exact: true }).fill('ALI-20417');
  await page.getByLabel(words.company).fill('Officina Rossi');
  await page.getByLabel(words.email).fill('mario@rossi.example');
  await press(words.go);
  await picture('code');
  await press(words.right);
  await picture('tool');
  await page.getByLabel(words.product, { exact: true }).selectOption({ label: 'K-TAG Master' });
  await page.getByLabel(words.serial, { exact: true }).fill('310077');
  await press(words.add);
  await picture('serial');
  await press(words.another);
  await picture('tools');
  await press(words.enough);
  await picture('folders');
  await press(words.go);
  await picture('portal');
  await page.locator('main .button.primary').last().click();
  await page.waitForTimeout(800);
  await picture('first-steps');
  await app.close();
}

/** A session from its gates to its receipt: while it goes on, while it ends and afterwards, with the strip above everything. */
async function shootSession(app, page, dataFolder, openSession, wanted) {
  if (
    !['live', 'ending', 'after', 'strip'].some((part) =>
      looks.some(({ name }) => wanted(`${name}-session-${part}`)),
    )
  )
    return;
  const wizard = await import('../tests/window/remote-wizard.ts');
  await turnTo(page, looks[0]);
  await openSession('it');
  const prepare = page.getByRole('button', { name: 'Prepara la sessione' });
  await page.waitForTimeout(500);
  if (await prepare.isVisible()) await prepare.click();
  await wizard.goLive(page);
  const pictures = async (part) => {
    for (const look of looks) {
      if (
        !wanted(`${look.name}-session-${part}`) &&
        !(part === 'live' && wanted(`${look.name}-session-strip`))
      )
        continue;
      await turnTo(page, look);
      if (part === 'after') await openSession(look.language);
      if (wanted(`${look.name}-session-${part}`)) await shoot(app, page, `${look.name}-session-${part}`);
      if (part !== 'live') continue;
      const strip = app.windows().find((window) => window.url().includes('#strip'));
      await strip.reload();
      await strip.waitForTimeout(800);
      await strip.screenshot({ path: join(target, `${look.name}-session-strip.png`) });
    }
  };
  await pictures('live');
  wizard.standInSees(dataFolder, 'connect');
  await page
    .getByText('qualcuno è collegato')
    .or(page.getByText('somebody is connected'))
    .first()
    .waitFor({ timeout: 4 * watchMs });
  await page.evaluate(async () => window.officina.endSession({}));
  await pictures('ending');
  await page.waitForTimeout(4 * watchMs);
  await pictures('after');
}

/** A request that waits for a vendor's portal that does not answer, so that the queue has something to say. */
async function shootOutbox(app, page, wanted) {
  const sent = await page.evaluate(async () => {
    const row = (await window.officina.requests({ filter: 'all', text: '', offset: 0 })).value.rows.find(
      ({ stage }) => stage === 'ticket',
    );
    const { ticket } = (await window.officina.ticket({ id: row.id })).value;
    await window.officina.choosePortal({ kind: 'contract', url: 'https://127.0.0.1:9' });
    await window.officina.saveCredentials({ password: 'of no account' });
    const tool = (await window.officina.tools({})).value[0];
    const draft = (await window.officina.startDraft({ toolId: tool.id, evidenceIds: [] })).value;
    const stored = await window.officina.editDraft({
      id: draft.id,
      baseRevision: draft.revision,
      content: {
        ...ticket.content,
        fields: {
          ...ticket.content.fields,
          problem: { text: 'Anche la scrittura si ferma, al 12 %', source: { kind: 'typed' } },
        },
      },
    });
    const terms = (await window.officina.terms({})).value;
    await window.officina.acceptTerms({ version: terms.version, sha256: terms.sha256 });
    return window.officina.sendDraft({ id: draft.id, revision: stored.value.revision });
  });
  if (!sent.ok) throw new Error(`nothing waits: ${JSON.stringify(sent.error)}`);
  await page.waitForTimeout(2_000);
  for (const look of looks) {
    if (!wanted(`${look.name}-outbox`)) continue;
    await turnTo(page, look);
    await page.locator('.sync').click();
    await page.waitForTimeout(400);
    await shoot(app, page, `${look.name}-outbox`);
    await page.keyboard.press('Escape');
  }
}

async function inside() {
  const { _electron } = await import('@playwright/test');
  const only = process.argv.slice(3);
  const wanted = (name) => only.length === 0 || only.some((part) => name.includes(part));
  const start = async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'officina-shots-'));
    const app = await _electron.launch({
      args: ['--disable-gpu', join(projectFolder, 'out-test/main/main.js'), '--data-dir', dataFolder],
      chromiumSandbox: true,
      env: { ...process.env, WATCH_MS: String(watchMs) },
    });
    const page = await app.firstWindow();
    page.on('console', (message) =>
      ['error', 'warning'].includes(message.type()) ? console.log(`console: ${message.text()}`) : undefined,
    );
    page.on('pageerror', (error) => console.log(`page error: ${error.message}`));
    return { app, page, dataFolder };
  };
  for (const look of looks) await shootFirstRun(start, look, wanted);
  if (only.length > 0 && only.every((part) => part.includes('first-run'))) return;
  const { app, page, dataFolder } = await start();
  const walk = await import('../tests/window/workshop.ts');
  await walk.firstRun(page);
  const hasSamples = await page.evaluate(async () =>
    window.officina.loadSamples({}).then(
      (result) => result.ok,
      () => false,
    ),
  );
  console.log(`samples: ${hasSamples}`);
  await prepare(page);
  await answerOperator(page);
  const words = {
    it: {
      nav: 'Principale',
      screens: ['Oggi', 'Richieste', 'Prove', 'Strumenti', 'Registro', 'Impostazioni'],
      review: 'Controlla e invia',
      session: /^(Vedi|Prepara) la sessione$/u,
      prepare: 'Prepara la sessione',
      search: 'Cerca una richiesta o un comando',
    },
    en: {
      nav: 'Main',
      screens: ['Today', 'Requests', 'Evidence', 'Tools', 'Audit', 'Settings'],
      review: 'Review and send',
      session: /^(See|Prepare) the session$/u,
      prepare: 'Prepare the session',
      search: 'Find a request or a command',
    },
  };
  const go = async (language, screen) => {
    await page
      .getByRole('navigation', { name: words[language].nav })
      .getByRole('button', { name: words[language].screens[screen], exact: true })
      .click();
    await page.waitForTimeout(500);
  };
  const openRow = async (language, row) => {
    await go(language, 1);
    await page.getByRole('table').getByRole('button', { name: row.title }).first().click();
    await page.waitForTimeout(500);
  };
  const rows = await page.evaluate(
    async () => (await window.officina.requests({ filter: 'all', text: '', offset: 0 })).value.rows,
  );
  const draft = rows.find(
    (row) => row.stage === 'draft' && row.title.startsWith('Lettura interrotta al 38 %, errore'),
  );
  const ticket = rows.find((row) => row.stage === 'ticket');
  if (draft === undefined || ticket === undefined)
    throw new Error('nothing to take pictures of: the walk before the pictures did not come to a ticket');
  for (const look of looks) {
    const at = (name) => `${look.name}-${name}`;
    const { language } = look;
    await turnTo(page, look);
    for (const [index, screen] of ['today', 'requests', 'evidence', 'tools', 'audit', 'settings'].entries()) {
      if (!wanted(at(screen))) continue;
      await go(language, index);
      await shoot(app, page, at(screen));
      // The settings are longer than any window: once as a whole.
      if (screen === 'settings')
        await shoot(app, page, at('settings-whole'), [{ width: 1281, height: 2_600 }]);
    }
    if (wanted(at('search'))) {
      await page.getByRole('combobox', { name: words[language].search }).focus();
      await page.keyboard.type('38');
      await page.waitForTimeout(500);
      await shoot(app, page, at('search'));
      await page.keyboard.press('Escape');
    }
    for (const [index, section] of [
      'tool',
      'problem',
      'draft-evidence',
      'vehicle',
      'steps',
      'guides',
    ].entries()) {
      if (!wanted(at(section))) continue;
      await openRow(language, draft);
      await page.locator('.section-card h2 button').nth(index).click();
      await page.waitForTimeout(500);
      await shoot(app, page, at(section));
    }
    if (wanted(at('review'))) {
      await openRow(language, draft);
      await page.getByRole('button', { name: words[language].review }).last().click();
      await page.waitForTimeout(800);
      await shoot(app, page, at('review'));
    }
    if (wanted(at('ticket'))) {
      await openRow(language, ticket);
      await shoot(app, page, at('ticket'));
    }
    if (!wanted(at('remote'))) continue;
    await openRow(language, ticket);
    await page.getByRole('button', { name: words[language].session }).first().click();
    await page.waitForTimeout(400);
    const begin = page.getByRole('button', { name: words[language].prepare });
    if (await begin.isVisible()) {
      await shoot(app, page, at('remote-begin'));
      await begin.click();
    }
    for (const [index, gate] of [
      'ticket',
      'backup',
      'programs',
      'teamviewer',
      'consent',
      'launch',
    ].entries()) {
      await page.locator('.gate').nth(index).click();
      await page.waitForTimeout(400);
      await shoot(app, page, at(`remote-${gate}`));
    }
  }
  await shootSession(
    app,
    page,
    dataFolder,
    async (language) => {
      await openRow(language, ticket);
      await page.getByRole('button', { name: words[language].session }).first().click();
      await page.waitForTimeout(500);
    },
    wanted,
  );
  if (looks.some(({ name }) => wanted(`${name}-outbox`))) await shootOutbox(app, page, wanted);
  await app.close();
}

await (process.argv.includes('--inside') ? inside() : outside());
