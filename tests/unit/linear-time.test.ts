import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readTogether } from '../../shared/logs/several-logs.ts';
import type { LogEntry } from '../../shared/logs/teamviewer-log.ts';
import { type HostileShape, hostileShapes } from '../fixtures/hostile-shapes.ts';
import { quickest } from '../fixtures/own-time.ts';
import { textReaders } from '../fixtures/text-readers.ts';

/** Lengths in characters, each four times the one before. */
const lengths = [2_000, 8_000, 32_000] as const;
/** Below this, in milliseconds of this thread's own processor time, a ratio says nothing. */
const floorMs = 30;
/** Four times the text may take so many times the time; what starts anew at every place takes sixteen times. */
const mostTimes = 9;

const texts = new Map<string, string>();
/** Made once: eighty readers are given the same ones. */
function textOf(shape: HostileShape, chars: number): string {
  const key = `${chars} ${shape.name}`;
  const text = texts.get(key) ?? shape.textOf(chars);
  texts.set(key, text);
  return text;
}

/** Where the time grows faster than the text; null where it does not. What is quick at both ends is not looked at in between. */
function superLinear(read: (text: string) => unknown, shape: HostileShape): string | null {
  const [short, middle, long] = lengths;
  const timed = (chars: number, goodEnoughMs: number): number => {
    const text = textOf(shape, chars);
    return quickest(() => read(text), goodEnoughMs);
  };
  const shortMs = timed(short, floorMs / mostTimes);
  if (shortMs < 1 && timed(long, floorMs) <= floorMs) return null;
  let beforeMs = shortMs;
  for (const chars of [middle, long]) {
    const allowedMs = Math.max(floorMs, beforeMs * mostTimes);
    const tookMs = timed(chars, allowedMs);
    if (tookMs > allowedMs)
      return `${chars} characters took ${tookMs.toFixed(0)} ms after ${beforeMs.toFixed(1)} ms`;
    beforeMs = tookMs;
  }
  return null;
}

const names = Object.keys(textReaders);
const through = new Set<string>();

test.each(names)('%s takes time in proportion to a text from outside, whatever its shape', (name) => {
  const read = textReaders[name];
  const slow = hostileShapes.flatMap((shape) => {
    const found = superLinear((text) => read?.(text), shape);
    through.add(`${name} ${shape.name}`);
    return found === null ? [] : [`${shape.name}: ${found}`];
  });
  expect(slow).toEqual([]);
});

test('every reader went through every shape', () => {
  expect(names.length).toBeGreaterThanOrEqual(80);
  expect(hostileShapes.length).toBeGreaterThanOrEqual(300);
  expect(through.size).toBe(names.length * hostileShapes.length);
});

test('what grows with the square of a text is found by this measure', () => {
  const shape = hostileShapes.find(({ name }) => name === 'blanks, within letters');
  expect(shape).toBeDefined();
  if (shape !== undefined)
    expect(superLinear((text) => /\s+$/u.test(text), shape)).toMatch(/characters took/u);
});

/** Entries of one log with as many who came in, and of as many logs with one each. */
const logShapes: readonly (readonly [string, (count: number) => ReadonlyMap<string, readonly LogEntry[]>])[] =
  [
    [
      'people of one log',
      (count) => new Map([['a', Array.from({ length: count }, (_, nth) => joined(nth))]]),
    ],
    ['logs', (count) => new Map(Array.from({ length: count }, (_, nth) => [`${nth}`, [joined(nth)]]))],
  ];
const joined = (nth: number): LogEntry => ({
  kind: 'joined',
  participant: `123456789,${nth}`,
  instantsMs: [nth],
});

test.each(logShapes)('readTogether takes time in proportion to its %s', (_what, shapeOf) => {
  const read = (count: number): number => {
    const fresh = shapeOf(count);
    return quickest(() => expect(readTogether(new Map(), fresh).entries).toHaveLength(count), floorMs);
  };
  const shortMs = read(2_000);
  expect(read(8_000)).toBeLessThan(Math.max(floorMs, shortMs) * mostTimes);
});

const project = resolve(import.meta.dirname, '../..');
/** Functions of the language of the product that are given numbers, ids, rows or findings, and no text of any length. */
const readNoText: ReadonlySet<string> = new Set(
  `
  isFault isInForce isLoss isOnBench isOnEcu said whilePortalIs
  accepts acceptsFromMs addressOf collectedText agoText agreesWith aheadWords announced appError AppFault assertNever backupStep clockTime closedWords closingStep closuresAhead compareNumbers
  completenessScore concernsAll consentText correctedMs dayAfter dayAndTime dayLine dayText deliveryOf draftCheck emptyDraftContent entryText fail
  fieldMaxChars fileLimits fileProblem filesThatMayGo gateOfItem gatesAt goesForGoodMs goesOnByItself heardTime holdEndsMs house instantInItaly
  instantOfWall isClockWrong isClosing isComplete isHeldNow isHoldPossible isPerhapsCarried isPerhapsThere isPossible isShowable isTimeBorneOut italianDay italianHour italianMoment
  controlFor formControls isPlainRequest
  judged judgePcCheck limitTaught localeOf mayBeHeld mayLaunch metPortalFault momentText momentsApart nationalHolidays needsPerson newRemoteSession newSessionWatch
  noticesToKeep noticesToShow ok outboxStep paceKept paceNow pcMomentBeside portalKey portalMomentAt portalRule portalSentenceAt
  portalState portalStateAt portalWhy productName deskOf mapOf proxyOf queueGate readTogether reasonFor recipientOf remoteStep restLeftMs retryDelayMs
  endsBelievably ruleText shownSections signedText sizeText spanAt spanText speaksForAll staffedFromMs stateAt stateBy staysWords suggestions
  teamViewerAmong trayWords templateContentOf unanswered vendor seenNow siteStep readingStep waitAfter waitRule waitsForTerms wallDay wallMs warningsOf watchStep weekday
  whoCame withAgreed withTool witnessesInTurn
`
    .split(/\s+/u)
    .filter((name) => name !== ''),
);

const shared = join(project, 'shared');
/** Every file of the language of the product, in whatever room it stands. */
const sharedFiles = readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /[\\/].+(?<!\.d)\.ts$/u.test(name),
);

async function exportedFunctions(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const file of sharedFiles) {
    const module: unknown = await import(join(shared, file));
    for (const [name, value] of Object.entries(module ?? {}))
      if (typeof value === 'function') found.push(name);
  }
  return found;
}

test('no function of the shared rooms is left out: each is tried above, or named as reading no text', async () => {
  const all = await exportedFunctions();
  const rooms = new Set(sharedFiles.map((file) => file.split(/[\\/]/u)[0]));
  expect(rooms.size).toBeGreaterThanOrEqual(7);
  expect(all.length).toBeGreaterThan(140);
  expect(all.filter((name) => !names.includes(name) && !readNoText.has(name))).toEqual([]);
  expect([...readNoText].filter((name) => !all.includes(name) || names.includes(name))).toEqual([]);
});

/** Files of the machine room that look through text by a pattern and are not tried above, each with why it cannot be flooded. */
const readElsewhere: Readonly<Record<string, string>> = {
  'collect/diagnose.ts': 'one anchored code of bounded length',
  'collect/free-zip.ts': 'the end of one name, anchored',
  'collect/kept-faults.ts': 'anchored lines of a file of bounded size',
  'evidence/frozen-folder.ts': 'names of our own files',
  'evidence/samples.ts': 'a list of ours',
  'ipc/audit-handlers.ts': 'words of our own record',
  'ipc/draft-handlers.ts': 'cuts by id and revision, not by a pattern',
  'store/own-words-repository.ts': 'single signs of a plate of bounded length',
  'store/request-deletion.ts': 'signs of a plate, and one anchored chassis number',
  'move/move-about.ts': 'names of our own parts, anchored',
  'move/save-move.ts': 'names of our own files, anchored',
  'store/restore-backup.ts': 'a mark of ours, of two lines',
  'platform/autostart.ts': 'paths of this program, and the file that it wrote',
  'platform/failpoint.ts': 'a switch of the tests',
  'platform/fault-log.ts': 'a line of a stack, cut before it is looked at',
  'platform/data-folder-check.ts': 'one anchored beginning',
  'platform/threads.ts': "names of the system's own work, anchored",
  'platform/pc-checks/plain-steps.ts': 'the version of the system',
  'platform/windows/teamviewer-keys.ts': 'one sign at an end',
  'portal/web/page-scripts.ts': 'run in the process of the page, on what will be put into it',
  'portal/web/page-tools.ts': 'run in the process of the page, on texts cut before',
  'window/site-rules.ts': 'beginnings of addresses, anchored',
  'window/site-session.ts': 'names of headers, anchored, and our own name as a browser',
  'window/site-view.ts': 'one anchored scheme',
  'portal/redmine/redmine-answers.ts': 'a token, anchored and of bounded length',
  'portal/redmine/redmine-cursor.ts': 'two numbers of ours, anchored and of bounded length',
  'portal/redmine/redmine-exchange.ts': 'one header, anchored and of bounded length',
  'portal/redmine/reference-line.ts': 'the last line alone, anchored and of bounded length',
  'portal/contract/to-safe-error.ts': 'codes of a library, anchored',
  'portal/contract/heard-answers.ts':
    'a hash and a number, anchored and of bounded length, and a title that is cut',
  'portal/practice/api-routes.ts': 'bounded and anchored',
  'portal/practice/operator-page.ts': 'bounded and anchored',
  'portal/practice/practice-database.ts': 'the code of an error, anchored',
  'portal/practice/sessions.ts': 'a header, bounded by the server and anchored',
  'portal/practice/start-practice-portal.ts': 'a header, bounded by the server and anchored',
  'remote/backup/backup-tasks.ts': 'parts of a path',
  'remote/backup/copy-manifest.ts': 'parts of a path',
  'remote/backup/restore-sample.ts': 'parts of a path',
  'remote/teamviewer/file-tail.ts': 'whole lines of a log, and names in a folder, anchored',
  'remote/teamviewer/watch-session.ts': 'names in a folder, anchored, and the columns of a row',
  'remote/teamviewer/windows-tool.ts': 'names in a folder, one sign sequence at an end',
  'requests/exported-columns.ts': 'names of our own columns',
  'requests/merge-conversation.ts': 'signs one by one, of words whose length is bounded',
  'secrets/keychain.ts': 'words of the keychain, fixed ones only',
  'store/backup.ts': 'names in our own folder, anchored',
  'store/copies-in-folder.ts': 'names in our own folder, anchored',
  'store/ids-in-text.ts': 'ids of a fixed length',
  'store/open-store.ts': 'the version of the database',
  'store/request-repository.ts': 'a search of 200 characters, cut at gaps',
  'store/set-aside.ts': 'names in our own folder and our own stamps',
  'store/start-store.ts': 'names in our own folder',
  'store/store-error.ts': 'codes of the database, anchored',
  'store/stored-row.ts': 'a fixed word',
  'window/app-protocol.ts': 'addresses of our own page, fixed words',
  'window/hardening.ts': 'addresses, anchored',
  'window/window-place.ts': 'a line of our own, anchored',
};

test('no file of the machine room that looks through text is left out', () => {
  const files = readdirSync(join(project, 'electron'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'));
  const pattern = /\/(?![/*\s]).+?\/[dgimsvy]*u[dgimsvy]*\b|new RegExp\(|\.split\(/u;
  const looking = files.filter((name) =>
    pattern.test(
      readFileSync(join(project, 'electron', name), 'utf8').replaceAll(
        /^import .*$|^\s*(?:\*|\/\/|\/\*\*).*$/gmu,
        '',
      ),
    ),
  );
  expect(looking.length).toBeGreaterThan(20);
  const tried = readFileSync(join(import.meta.dirname, '../fixtures/text-readers.ts'), 'utf8');
  const unnamed = looking.filter(
    (name) => !tried.includes(`electron/${name}'`) && readElsewhere[name] === undefined,
  );
  expect(unnamed).toEqual([]);
  expect(Object.keys(readElsewhere).filter((name) => !looking.includes(name))).toEqual([]);
});
