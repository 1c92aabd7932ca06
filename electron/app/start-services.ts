import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { app, BrowserWindow, clipboard, powerMonitor, shell } from 'electron';
import { z } from 'zod';
import { version } from '../../package.json' with { type: 'json' };
import { borneOutMs } from '../../shared/calendar/clock-offset.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { createTranslator, type Translate } from '../../shared/i18n/translator.ts';
import { licenceSchema, type Notifications } from '../../shared/ipc/views.ts';
import { desktopHandlers } from '../ipc/desktop-handlers.ts';
import { dispatch } from '../ipc/dispatch.ts';
import { coalesceEvents } from '../events/coalesce-events.ts';
import type { Dispatch } from '../ipc/register-channels.ts';
import type { DesktopHandlers, Handlers } from '../ipc/handlers.ts';
import { type Closing, closing } from './closing.ts';
import { firstSight } from './first-sight.ts';
import { answersTogether, numbersTogether, type ToldTogetherParts, wishesTogether } from './told-together.ts';
import { retryUntilOpen } from './retry-until-open.ts';
import { type PublishEvent, publishToWindow } from '../events/publish-event.ts';
import { openAppServices, type AppServices } from './app-services.ts';
import { firstRowCheckMs } from '../store/store-care.ts';
import { bundledPacks, trustedKeys } from '../packs/bundled-packs.ts';
import { packRegistry } from '../packs/pack-registry.ts';
import { systemClock } from '../platform/clock.ts';
import { environmentInTests, timingMs } from '../platform/failpoint.ts';
import { logFault, logFaultOf } from '../platform/fault-log.ts';
import { assertDataFolder } from '../platform/data-folder-check.ts';
import { practiceForTests } from '../portal/practice/practice-for-tests.ts';
import { startPracticeProcess } from '../portal/practice/practice-process.ts';
import { systemKeychain } from '../secrets/system-keychain.ts';
import { firstCheckMs } from '../store/check-schedule.ts';
import { beginCheck, type StartCheck } from '../store/begin-check.ts';
import { assertErased } from '../store/erase-store.ts';
import { startStoreOrRead } from '../store/start-store.ts';
import { evidenceSources } from '../window/evidence-sources.ts';
import { appId } from '../window/app-id.ts';
import { askBox } from '../window/ask-box.ts';
import { dataFolderSwitch } from '../window/command-line.ts';
import { askBeforeClosing, mainWindow, openMainWindow } from '../window/main-window.ts';
import { type Autostart, hiddenSwitch, linuxAutostart, windowsAutostart } from '../platform/autostart.ts';
import { markStart } from '../platform/start-marks.ts';
import { within } from '../platform/within.ts';
import { isTrayShown } from '../platform/linux/tray-watcher.ts';
import { isWatched, notify, showTicket } from '../window/notify.ts';
import { tellComfort } from '../window/page-comfort.ts';
import { eraseSites } from '../window/site-session.ts';
import { openSite } from '../window/site-view.ts';
import { remoteOutside } from '../window/remote-outside.ts';
import { trayUpdates } from '../window/tray-updates.ts';
import { openTray } from '../window/tray.ts';
import { sessionStrip } from '../window/session-strip.ts';

/** The folder this program was started from, and the workshop's own. */
export type Places = {
  readonly programFolder: string;
  readonly dataFolder: string;
  /** Somebody wants the program to end already. */
  readonly isLeaving: () => boolean;
  /** Ends the program and begins it again. */
  readonly restart: () => void;
  /** The check of the store, begun before anything else: it has a processor of its own. */
  readonly check: StartCheck;
};

/** `services` are there once the store could be opened; until then `answer` says why not, and each question tries again. */
export type StartedServices = {
  readonly services: Promise<AppServices & { readonly closing: Closing<BrowserWindow> }>;
  readonly answer: Dispatch;
  /** Resolves when a window that was opened shows its first screen; whatever is no part of it waits for it. */
  readonly shown: Promise<void>;
};

/** Who else wants to know; set once the services are open. */
let alsoTell: PublishEvent = () => undefined;
const publish = coalesceEvents((event) => {
  publishToWindow(event);
  alsoTell(event);
}, 80);

type TellNews = (kind: keyof Notifications, title: string, body: string, id: TicketId) => void;

/** Each kind of news that comes close together is told together. */
function newsTold(words: () => Translate, tellNews: TellNews, log: (error: unknown) => void) {
  const ofKind = (kind: keyof Notifications): ToldTogetherParts => ({
    isWatched,
    words,
    tell: ({ title, body, opens }) => tellNews(kind, title, body, opens),
    log,
  });
  const numbers = numbersTogether(ofKind('numbers'));
  const answers = answersTogether(ofKind('answers'));
  const wishes = wishesTogether(ofKind('sessions'));
  return {
    numbers: numbers.note,
    answers: answers.note,
    wishes: wishes.note,
    stop: () => {
      for (const { stop } of [numbers, answers, wishes]) stop();
    },
  };
}

async function resource<T>(programFolder: string, name: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(join(programFolder, '../resources', name), 'utf8')));
}

/** How the program closes its window, and how it ends for good. */
function closingOf(
  services: AppServices,
  words: () => Translate,
  { programFolder, dataFolder, isLeaving }: Places,
): Closing<BrowserWindow> {
  const log = logFaultOf(dataFolder);
  return closing<BrowserWindow>({
    ask: askBox,
    queue: services.queue,
    live: services.remote.live,
    hasTray: () => (process.platform === 'linux' ? isTrayShown() : Promise.resolve(true)),
    isTold: services.context.profile.isToldOfTray,
    rememberTold: () => services.context.transact(services.context.profile.rememberToldOfTray),
    words,
    isLeaving,
    mainWindow,
    openWindow: () => void openMainWindow(programFolder, log),
    quit: () => app.quit(),
    log,
  });
}

/** Opens the store and everything behind the window; the window is already on its way meanwhile. */
async function openBehind(
  places: Places,
): Promise<AppServices & { readonly closing: Closing<BrowserWindow> }> {
  const { programFolder, dataFolder, check } = places;
  const keys = trustedKeys();
  const { packs: bundled, changed } = await bundledPacks(
    environmentInTests('RESOURCES_FOLDER') ?? join(programFolder, '../resources'),
    keys,
  );
  const packs = packRegistry({ folder: join(dataFolder, 'packs'), bundled, changed, keys });
  const log = logFaultOf(dataFolder);
  assertDataFolder(dataFolder);
  assertErased(dataFolder);
  const store = await startStoreOrRead(dataFolder, systemClock.instant(), check.inTime);
  markStart('store-open');
  const outlasts = (await check.inTime) === 'later';
  const strip = sessionStrip({
    programFolder,
    log,
    onEnd: () => void endSession().catch(log),
    onMain: () => {
      // The session, or how it ended, is what the person wants to see first.
      if (mainWindow() !== null) return;
      const last = services.context.remote.newest(1)[0];
      openMainWindow(programFolder, log, last === undefined ? null : `session-${last.ticketId}`);
    },
  });
  const endSession = (): Promise<void> => services.remote.end();
  const words = (): Translate => createTranslator(services.context.profile.settings().language);
  const tell = (kind: keyof Notifications, title: string, body: string, id: TicketId): void => {
    if (!services.context.profile.settings().notifications[kind]) return;
    notify(title, body, () => showTicket(id, publish, (first) => openMainWindow(programFolder, log, first)));
  };
  const together = newsTold(words, tell, log);
  app.once('will-quit', together.stop);
  const gapMs = timingMs('ABSENT_GAP_MS', 0);
  const services: AppServices = openAppServices({
    store,
    dataFolder,
    log,
    publish,
    appVersion: version,
    clock: systemClock,
    random: Math.random,
    products: packs.packs().products.products,
    packs,
    onBattery: () => powerMonitor.isOnBatteryPower(),
    keychain: systemKeychain(),
    storeChecks: {
      early: outlasts ? check.result : Promise.resolve('sound'),
      whole: () =>
        beginCheck(join(programFolder, 'check.js'), { file: store.folders.database, depth: 'whole' }),
    },
    onRestart: places.restart,
    licences: () => resource(programFolder, 'licences.json', z.array(licenceSchema)),
    startPractice: (lastNumber) =>
      practiceForTests() ??
      startPracticeProcess({
        programFolder,
        dataFolder: join(dataFolder, 'practice'),
        operatorDelayMs: timingMs('OPERATOR_DELAY_MS', 4_000),
        lastNumber,
      }),
    site: { open: openSite, erase: eraseSites },
    remote: { ...remoteOutside(programFolder, dataFolder), onLive: (live) => strip.show(live) },
    evidence: {
      scanWorker: join(programFolder, 'scan.js'),
      sampleResources: join(programFolder, '../resources/samples'),
      ...evidenceSources(),
    },
    onNumbered: together.numbers,
    onAnswered: (ticket, message, more) => {
      if (message.author.kind !== 'system') together.answers(ticket, message, more);
      // A wish read late may be over by now.
      else if (services.context.requests.asksForSession(ticket.id)) together.wishes(ticket, message, more);
    },
    timing: {
      ...(gapMs === 0 ? {} : { gapMs }),
      timeKeptMs: timingMs('TIME_KEPT_MS', borneOutMs),
      syncMs: timingMs('SYNC_MS', 0) || null,
      firstCheckMs: timingMs('FIRST_CHECK_MS', firstCheckMs),
      firstRowCheckMs: timingMs('FIRST_ROW_CHECK_MS', firstRowCheckMs),
    },
  });
  markStart('services-open');
  const ends = closingOf(services, words, places);
  askBeforeClosing(ends.onClose);
  app.once('will-quit', ends.stop);
  const front = (first: 'new-request' | null): void => {
    const open = mainWindow();
    if (open === null) return void openMainWindow(programFolder, log, first);
    if (open.isMinimized()) open.restore();
    open.show();
    open.focus();
    if (first === 'new-request') publish({ kind: 'newRequestAsked' });
  };
  const speak = (): void =>
    tellComfort(words, services.context.profile.settings().zoom, BrowserWindow.getAllWindows());
  speak();
  const tray = trayUpdates(
    services,
    openTray({
      open: () => front(null),
      newRequest: () => front('new-request'),
      endSession: () => void endSession().catch(log),
      quit: () => void ends.askToQuit().catch(log),
    }),
    log,
  );
  alsoTell = (event) => {
    if (event.kind === 'settingsSaved') speak();
    tray(event);
  };
  return { ...services, closing: ends };
}

/** How the system would start this program by itself: without a window, on the same data. */
function systemAutostart(): Autostart | null {
  const chosen = dataFolderSwitch(process.argv);
  const isWindows = process.platform === 'win32';
  const args = [
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    ...(chosen === null ? [] : ['--data-dir', chosen]),
    hiddenSwitch,
  ];
  if (isWindows)
    return windowsAutostart(
      app,
      {
        program: process.execPath,
        args: args.map((argument) => (argument.includes(' ') ? `"${argument}"` : argument)),
      },
      appId,
    );
  return process.platform === 'linux'
    ? linuxAutostart(app.getPath('appData'), { program: process.execPath, args })
    : null;
}

/** How long the system may take to show a folder before the person is told that it does not, milliseconds. */
const folderShownMs = 10_000;

const ofDesktop = (dataFolder: string): DesktopHandlers =>
  desktopHandlers({
    autostart: systemAutostart,
    copy: (text) => clipboard.writeText(text),
    open: (url) => shell.openExternal(url),
    // Electron lays it beside its executable, in a package and in a checkout alike; the answer is what went wrong.
    openChromiumLicences: async () =>
      (await shell.openPath(join(dirname(process.execPath), 'LICENSES.chromium.html'))) === '',
    openDataFolder: async () => {
      const outcome = await within(shell.openPath(dataFolder), folderShownMs);
      return outcome.kind === 'value' && outcome.value === '';
    },
  });

/** The first screen stands when nothing was asked for so long after the last answer, and is waited for no longer than that; milliseconds. */
const quietMs = 250;
const shownAtMostMs = 3_000;

/** Everything behind the window. Loaded after the window is on its way: reading these parts takes as long as opening it. */
export function startServices(places: Places): StartedServices {
  const log = logFaultOf(places.dataFolder);
  const { opened: services, ask } = retryUntilOpen(
    () => openBehind(places),
    (error) => {
      log(error);
      // Started without a window, it would fail again and again where nobody sees why.
      if (mainWindow() === null && !places.isLeaving()) openMainWindow(places.programFolder, log);
    },
  );
  const desktop = ofDesktop(places.dataFolder);
  const sight = firstSight(quietMs, shownAtMostMs);
  const handlers = (): Promise<Handlers> => ask().then((opened) => ({ ...opened.handlers, ...desktop }));
  const answer = dispatch(handlers, (reference, error) =>
    logFault(places.dataFolder, systemClock.instant(), reference, error),
  );
  return {
    services,
    answer: (name, payload) => {
      const answered = answer(name, payload);
      sight.asked(answered);
      return answered;
    },
    shown: sight.shown,
  };
}
