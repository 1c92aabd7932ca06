import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { FilledForm, WantedForm } from '../../shared/portal-map/filled.ts';
import type { PortalMap } from '../../shared/portal-map/portal-map.ts';
import { dealerEditorMap, dealerMap, dealerNamelessMap, dealerSingleMap } from '../fixtures/dealer-maps.ts';
import { type DealerSite, type Mutation, startDealerSite } from '../fixtures/dealer-site.ts';
import { type SiteStand, startSiteStand } from './site-stand.ts';

let stand: SiteStand;
let site: DealerSite;
const folder = mkdtempSync(join(tmpdir(), 'officina-frozen-'));
const named = (name: string, sizeBytes: number) => {
  writeFileSync(join(folder, name), 'x'.repeat(sizeBytes));
  return { path: join(folder, name), name };
};
const wanted: WantedForm = {
  subject: 'K-TAG: errore di checksum in lettura è fermo',
  description:
    'CLIENTE\nCodice: ALI-1\n\nVettura: Golf  7 <TDI>\nDopo la lettura: «errore 0x2F».\nRif. client: 19e22d5a-328c-48a5-96f8-e2b01e8bc997',
  files: [named('Lettura è fatta (1).bin', 2_000), named('log.txt', 300)],
};
const chars = wanted.subject.length;
const lines = 5;

test.beforeAll(async () => {
  site = await startDealerSite();
  stand = await startSiteStand();
});
test.afterAll(async () => {
  await stand.app.close();
  await site.close();
});

/** Logs in as the person does and opens the form; both pages as the mutations make them. */
async function atForm(mutations: readonly Mutation[], path = '/ticket/new.aspx'): Promise<void> {
  site.mutate();
  await stand.open(`${site.url}/Login.aspx`);
  await stand.settled();
  await logIn();
  site.mutate(...mutations);
  await stand.go(`${site.url}${path}`);
  await stand.settled();
}

async function logIn(): Promise<void> {
  await stand.inPage(
    `document.querySelector('input[name=user]').value = ${JSON.stringify(site.user.name)};
     document.querySelector('input[name=password]').value = ${JSON.stringify(site.user.password)};`,
  );
  await stand.inPage("document.querySelector('input[type=submit]').click()");
  await expect.poll(async () => (await stand.settled()).url).toBe(`${site.url}/ticket/list.aspx`);
}

const press = async (): Promise<void> => {
  await stand.inPage("document.querySelector('input[type=submit]').click()");
  await new Promise((resolve) => setTimeout(resolve, 250));
  await stand.settled();
};

/** `44/44 5/5 1/2 not-taken`: what of each part is there, and why not all. */
const told = ({ subject, description, files }: FilledForm): string =>
  [subject, description, files]
    .map((part) => `${part.done}/${part.wanted}${part.kind === 'filled' ? '' : ` ${part.why}`}`)
    .join(', ');
const allThere = `${chars}/${chars}, ${lines}/${lines}, 2/2`;

type Case = {
  readonly mutations: readonly Mutation[];
  readonly map?: PortalMap;
  /** What the page is taken for. */
  readonly is?: string;
  /** What of the form is told as filled in. */
  readonly filled?: string;
  /** What the page that follows the button is taken for, with its number. */
  readonly after?: string;
  readonly compared?: string;
  /** Requests that are there when the person has pressed the button once. */
  readonly created?: number;
  /** Requests to another host were tried, and refused. */
  readonly refuses?: boolean;
};

const cases: readonly Case[] = [
  { mutations: [] },
  { mutations: ['renamedFields'] },
  { mutations: ['tableForm', 'renamedFields'] },
  {
    mutations: ['relabelledSubject'],
    filled: `0/${chars} not-found, 5/5, 2/2`,
    compared: `0/${chars} differs, 5/5, 2/2`,
  },
  {
    mutations: ['noSubject'],
    filled: `0/${chars} not-found, 5/5, 2/2`,
    compared: `0/${chars} differs, 5/5, 2/2`,
  },
  {
    mutations: ['twoSubjects'],
    filled: `0/${chars} not-found, 5/5, 2/2`,
    compared: `0/${chars} differs, 5/5, 2/2`,
  },
  { mutations: ['hiddenSubject', 'renamedFields'] },
  {
    mutations: ['lockedSubject'],
    filled: `0/${chars} not-found, 5/5, 2/2`,
    compared: `0/${chars} differs, 5/5, 2/2`,
  },
  {
    mutations: ['shortSubject'],
    filled: `0/${chars} too-long, 5/5, 2/2`,
    compared: `0/${chars} differs, 5/5, 2/2`,
  },
  { mutations: ['extraStep'], is: 'unknown false' },
  { mutations: ['errorPage'], is: 'error false' },
  { mutations: ['slowPage'] },
  { mutations: ['viewStateGone'], after: 'error null', created: 0 },
  { mutations: ['sessionOver'], after: 'login null', created: 0 },
  { mutations: ['numberElsewhere'], after: 'ticket null' },
  { mutations: ['richEditor'], map: dealerEditorMap },
  {
    mutations: ['richOneParagraph'],
    map: dealerEditorMap,
    filled: `${chars}/${chars}, 0/5 differs, 2/2`,
    compared: `${chars}/${chars}, 0/5 differs, 2/2`,
  },
  {
    mutations: ['oneFileOnly'],
    filled: `${chars}/${chars}, 5/5, 1/2 not-taken`,
    compared: `${chars}/${chars}, 5/5, 1/2 not-taken`,
  },
  { mutations: ['fileByFile'], map: dealerSingleMap },
  { mutations: ['keepsFirstFile'], filled: `${chars}/${chars}, 5/5, 1/2 not-taken`, compared: allThere },
  { mutations: ['losesFileAtSending'], compared: `${chars}/${chars}, 5/5, 1/2 not-taken` },
  { mutations: ['joinsLinesAtSending'], compared: `${chars}/${chars}, 0/5 differs, 2/2` },
  { mutations: ['clobberedNames'] },
  { mutations: ['readsInputs'], refuses: true },
  { mutations: ['overridesValue'] },
  {
    mutations: ['emptiesLater'],
    filled: `5/${chars} differs, 0/5 differs, 2/2`,
    compared: `0/${chars} differs, 0/5 differs, 2/2`,
  },
  { mutations: ['swapsForm'], filled: `${chars}/${chars}, 5/5, 0/2 not-taken`, compared: allThere },
  {
    mutations: ['addsLine'],
    filled: `${chars}/${chars}, 5/5 differs, 2/2`,
    compared: `${chars}/${chars}, 5/5, 2/2`,
  },
  { mutations: ['navigatesAway'], refuses: true },
  { mutations: ['opensWindows'] },
  { mutations: ['sendsElsewhere'], refuses: true },
  { mutations: ['asksPermissions'] },
  { mutations: ['alertsForEver'] },
  { mutations: ['holdsLeaving'] },
  { mutations: ['movesFocus', 'richEditor'], map: dealerEditorMap, filled: '', compared: '' },
  { mutations: ['poisonsAnswers'] },
];

for (const given of cases) {
  const { mutations, map = dealerMap } = given;
  test(`web page: it is filled in, or told part by part, when it ${mutations.join(' and ') || 'is as its map says'}`, async () => {
    await atForm(mutations);
    const before = site.creations.length;
    const page = await stand.read(map);
    expect(`${page.kind} ${page.hasSubmit}`).toBe(given.is ?? 'form true');
    const filled = told(await stand.fill(map, wanted));
    if (given.is !== undefined) {
      expect(filled).toBe(`0/${chars} not-found, 0/${lines} not-found, 0/2 not-found`);
    } else {
      if (given.filled !== '') expect(filled).toBe(given.filled ?? allThere);
      // Once more changes nothing: what is there is not typed and attached again.
      const again = told(await stand.fill(map, wanted));
      if (given.filled === undefined) expect(again).toBe(allThere);
      expect(site.creations.length).toBe(before);
      await press();
      expect(site.creations.length - before).toBe(given.created ?? 1);
      const number = given.created === 0 ? 'null' : site.creations.at(-1)?.number;
      const after = await stand.read(map);
      expect(`${after.kind} ${after.number}`).toBe(given.after ?? `ticket ${number}`);
      if (given.created !== 0) {
        const compared = told(await stand.compareTicket(map, wanted));
        if (given.compared !== '') expect(compared).toBe(given.compared ?? given.filled ?? allThere);
      }
    }
    const { refused } = await stand.state();
    if (given.refuses === true && given.is !== undefined) expect(refused).toBeGreaterThan(0);
    expect(site.other.seen()).toEqual([]);
    expect(await stand.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await stand.passwordReads()).toBe(0);
  });
}

/** A ticket about which two people wrote, the operator first. */
async function saidTwice(): Promise<string> {
  await atForm([]);
  await stand.fill(dealerMap, wanted);
  await press();
  const created = site.creations.at(-1);
  created?.said.push(
    {
      author: 'Marta',
      time: '24/11/2026 18:05',
      text: 'Mi manda il LOG?\nE la tensione, per favore.',
      files: ['Guida (1).pdf'],
    },
    { author: site.user.name, time: '24/11/2026 18:20', text: 'Ecco: 13,4 V', files: [] },
  );
  return created?.number ?? '';
}

const marta = 'Marta 2026-11-24T17:05:00.000Z Mi manda il LOG?/E la tensione, per favore. [Guida (1).pdf]';
const ours = 'me 2026-11-24T17:20:00.000Z Ecco: 13,4 V []';
type Talk = {
  readonly mutations: readonly Mutation[];
  readonly map?: PortalMap;
  /** What was read, the state with it. */
  readonly read: string;
  readonly unknown?: readonly string[];
  readonly odd?: number;
};
const talks: readonly Talk[] = [
  { mutations: [], read: `${marta}, ${ours}, open` },
  { mutations: ['entriesInTable'], read: `${marta.replace(' [Guida (1).pdf]', ' []')}, ${ours}, open` },
  { mutations: ['entriesWithoutIds'], read: 'open', unknown: ['id'], odd: 2 },
  { mutations: ['entriesWithoutIds'], map: dealerNamelessMap, read: `${marta}, ${ours}, open` },
  { mutations: ['renamedEntries'], read: 'open', unknown: ['entries'] },
  { mutations: ['oddEntries'], read: `${marta}, open`, unknown: ['author'], odd: 1 },
  { mutations: ['twiceNamed'], read: `${marta}, open`, unknown: ['id'], odd: 1 },
  { mutations: ['nobodyLoggedIn'], read: 'open', unknown: ['me'], odd: 2 },
  { mutations: ['otherStateWords'], read: `${marta}, ${ours}, null`, unknown: ['state'] },
];

for (const { mutations, map = dealerMap, read, unknown = [], odd = 0 } of talks)
  test(`web page: what was said is read or told as unknown: ${[...mutations, map.id].join()}`, async () => {
    const number = await saidTwice();
    site.mutate(...mutations);
    await stand.go(`${site.url}/ticket/ticket.aspx?id=${number}`);
    await stand.settled();
    const found = await stand.conversation(map, 'x');
    const told = found.entries.map(
      ({ isMine, author, at, text, files }) =>
        `${isMine ? 'me' : author} ${at} ${text.split(/\n+/u).join('/')} [${files.join()}]`,
    );
    expect([...told, String(found.state)].join(', ')).toBe(read);
    expect([found.unknown, found.odd]).toEqual([unknown, odd]);
  });

const pagePreferences = (): Promise<Record<string, unknown> | null> =>
  stand.app.evaluate(({ BrowserWindow, webContents }) => {
    const own = BrowserWindow.getAllWindows()[0]?.webContents;
    const contents = webContents.getAllWebContents().find((each) => each !== own);
    return contents === undefined
      ? null
      : Reflect.apply(
          Reflect.get(contents, 'getLastWebPreferences') as () => Record<string, unknown>,
          contents,
          [],
        );
  });

test('web page: it has nothing of ours and none of its powers when its preferences are read', async () => {
  await stand.open(`${site.url}/Login.aspx`);
  await stand.settled();
  const preferences = await pagePreferences();
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  });
  expect(preferences?.['preload'] ?? '').toBe('');
  expect(
    await stand.inPage(
      "['require', 'process', 'module', 'Buffer', 'officina', 'electron'].filter((name) => name in globalThis).join()",
    ),
  ).toBe('');
});

test('web page: every permission, print and full screen are refused when it asks', async () => {
  site.mutate('asksPermissions');
  await stand.open(`${site.url}/quiet.aspx`);
  await stand.settled();
  await expect
    .poll(async () => stand.inPage('window.answers.length'), { timeout: 15_000 })
    .toBeGreaterThanOrEqual(3);
  expect(await stand.inPage("window.answers.filter((answer) => !answer.endsWith(' denied')).join()")).toBe(
    '',
  );
});

test('web page: it stays where it is when it would lead to a file, to another host or to another login', async () => {
  site.mutate();
  await stand.open(`${site.url}/quiet.aspx`);
  await stand.settled();
  const downloads = stand.app.evaluate(
    ({ webContents, BrowserWindow }) =>
      new Promise<string>((resolve) => {
        const own = BrowserWindow.getAllWindows()[0]?.webContents;
        const contents = webContents.getAllWebContents().find((each) => each !== own);
        contents?.session.once('will-download', (event) =>
          setTimeout(() => resolve(`prevented ${event.defaultPrevented}`), 100),
        );
        setTimeout(() => resolve('none'), 3_000);
      }),
  );
  await stand.inPage(`location.href = '${site.url}/file.bin'`);
  expect(await downloads).not.toContain('false');
  for (const address of [
    site.other.url,
    'https://evil.test/',
    'file:///etc/passwd',
    'data:text/html,x',
    'about:blank',
    'app://bundle/index.html',
  ])
    await expect(stand.go(address)).rejects.toThrow('portal.siteRefused');
  await stand.go(`${site.url}/away.aspx`);
  await stand.settled();
  await stand.go(`${site.url}/asks.aspx`);
  await stand.settled();
  expect(await stand.inPage('document.body.innerText')).toBe('no');
  expect(site.other.seen()).toEqual([]);
});

test('web page: a login is kept where that is wanted, for its address alone, until everything is erased', async () => {
  site.mutate();
  const comesTo = async (keepsLogin: boolean): Promise<string> => {
    await stand.open(`${site.url}/ticket/list.aspx`, { keepsLogin });
    await expect.poll(async () => (await stand.settled()).url).toContain('.aspx');
    return (await stand.read(dealerMap)).kind;
  };
  expect(await comesTo(true)).toBe('login');
  await logIn();
  expect(await comesTo(true)).toBe('list');
  expect(await comesTo(false)).toBe('login');
  await logIn();
  expect(await comesTo(false)).toBe('login');
  expect(await comesTo(true)).toBe('list');
  await stand.close();
  await stand.eraseSites();
  expect(await comesTo(true)).toBe('login');
});

test('web page: it is closed within a moment and said not to answer when it holds everybody up', async () => {
  site.mutate('loopsForEver');
  await stand.open(`${site.url}/quiet.aspx`);
  await stand.settled();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await expect(stand.read(dealerMap)).rejects.toThrow('portal.sitePage');
  const began = performance.now();
  await stand.close();
  expect(performance.now() - began).toBeLessThan(8_000);
  expect(await stand.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

test('web page: what became of it is told when it is gone, unreachable, or holds on to whoever leaves', async () => {
  site.mutate('holdsLeaving');
  await stand.open(`${site.url}/quiet.aspx`);
  await stand.settled();
  await stand.go(`${site.url}/Login.aspx`);
  expect((await stand.settled()).url).toBe(`${site.url}/Login.aspx`);
  await stand.app.evaluate(({ BrowserWindow, webContents }) => {
    const own = BrowserWindow.getAllWindows()[0]?.webContents;
    for (const contents of webContents.getAllWebContents())
      if (contents !== own) contents.forcefullyCrashRenderer();
  });
  await expect.poll(async () => (await stand.state()).fault).toBe('gone');
  await expect(stand.read(dealerMap)).rejects.toThrow('portal.sitePage');
  await stand.open('http://127.0.0.1:9/');
  await expect.poll(async () => (await stand.state()).fault).toBe('unreachable');
  for (const address of [
    'http://portal.example/',
    'file:///etc/passwd',
    'https://user:word@portal.example/',
    'nothing',
  ])
    await expect(stand.open(address)).rejects.toThrow('portal.siteRefused');
});

test('web page: the tickets of a list are named and opened, and words are found on a page, not in its fields', async () => {
  await atForm([]);
  await stand.fill(dealerMap, wanted);
  expect(await stand.shows(dealerMap, '19e22d5a-328c-48a5-96f8-e2b01e8bc997')).toBe(false);
  await press();
  expect(await stand.shows(dealerMap, '19e22d5a-328c-48a5-96f8-e2b01e8bc997')).toBe(true);
  await stand.go(`${site.url}/ticket/list.aspx`);
  await stand.settled();
  const links = await stand.ticketLinks(dealerMap, 2);
  expect(links).toEqual(
    site.creations
      .toReversed()
      .slice(0, 2)
      .map(({ number }) => `${site.url}/ticket/ticket.aspx?id=${number}`),
  );
});

test('web page: the window over which it stands keeps its own locks when it is asked to go where the page may', async () => {
  site.mutate();
  await stand.open(`${site.url}/quiet.aspx`);
  await stand.settled();
  const after = await stand.app.evaluate(async ({ BrowserWindow }, url) => {
    const own = BrowserWindow.getAllWindows()[0]?.webContents;
    await own?.executeJavaScript(`location.href = '${url}'; window.open('${url}'); 0`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return `${own?.getURL()} ${BrowserWindow.getAllWindows().length}`;
  }, `${site.url}/quiet.aspx`);
  expect(after).toBe('app://bundle/index.html 1');
});
