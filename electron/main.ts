import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, clipboard, powerMonitor, shell } from 'electron';
import { z } from 'zod';
import { version } from '../package.json' with { type: 'json' };
import { AppFault } from '../shared/domain/app-error.ts';
import type { TicketId } from '../shared/domain/ids.ts';
import { exclusionPackSchema } from '../shared/domain/exclusion-pack.ts';
import { openingCalendarSchema } from '../shared/domain/opening-calendar.ts';
import { productCatalogueSchema } from '../shared/domain/product.ts';
import { termsPacksSchema } from '../shared/domain/terms-pack.ts';
import { createTranslator, type Translate } from '../shared/i18n/translator.ts';
import { licenceSchema } from '../shared/ipc/views.ts';
import { allowedExternalUrl } from '../shared/rules/external-url.ts';
import { coalesced } from './ipc/coalesced.ts';
import { publishToWindow } from './ipc/publish-event.ts';
import { type Handlers, registerHandlers } from './ipc/register-handlers.ts';
import { openWorkshop, type Workshop } from './open-workshop.ts';
import { systemClock } from './platform/clock.ts';
import { assertGoodPlace, defaultDataFolder, windowFolder } from './platform/data-folder.ts';
import { timingMs } from './platform/failpoint.ts';
import { logFault, logFaultOf } from './platform/fault-log.ts';
import { absentGapMs } from '../shared/flows/outbox-flow.ts';
import { practiceForTests } from './portal/practice/practice-for-tests.ts';
import { startPracticeProcess } from './portal/practice/practice-process.ts';
import { systemKeychain } from './secrets/system-keychain.ts';
import { startStoreOrRead } from './store/start-store.ts';
import { registerAppScheme, serveBundle } from './window/app-protocol.ts';
import { dataFolderSwitch } from './window/command-line.ts';
import { evidenceSources } from './window/evidence-sources.ts';
import { denyForeignRequests, denyPermissions, lockContents } from './window/hardening.ts';
import { mainWindow, openMainWindow, windowSession } from './window/main-window.ts';
import { notify, showTicket } from './window/notify.ts';
import { remoteOutside } from './window/remote-outside.ts';
import { type SessionStrip, sessionStrip } from './window/session-strip.ts';

const programFolder = import.meta.dirname;
const isRoot = process.getuid?.() === 0;
const publish = coalesced(publishToWindow, 80);

async function resource<T>(name: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(join(programFolder, '../resources', name), 'utf8')));
}

/** Opens the store and everything behind the window; the window is already on its way meanwhile. */
async function openBehind(dataFolder: string, strip: SessionStrip): Promise<Workshop> {
  const [catalogue, terms, hours, exclusions] = await Promise.all([resource('products.json', productCatalogueSchema), resource('terms.json', termsPacksSchema), resource('calendar.json', openingCalendarSchema), resource('exclusions.json', exclusionPackSchema)]);
  const log = logFaultOf(dataFolder);
  assertGoodPlace(dataFolder);
  const store = await startStoreOrRead(dataFolder, systemClock.instant());
  const words = (): Translate => createTranslator(workshop.rooms.profile.settings().language);
  const show = (id: TicketId): void => showTicket(id, publish);
  const workshop: Workshop = openWorkshop({
    store, dataFolder, log, publish,
    appVersion: version, clock: systemClock, random: Math.random, products: catalogue.products, termsPacks: terms.packs, hours, exclusions, onBattery: () => powerMonitor.isOnBatteryPower(), keychain: systemKeychain(),
    onRestart: () => {
      app.relaunch();
      app.quit();
    },
    licences: () => resource('licences.json', z.array(licenceSchema)),
    startPractice: () => practiceForTests() ?? startPracticeProcess({ programFolder, dataFolder: join(dataFolder, 'practice'), operatorDelayMs: timingMs('OPERATOR_DELAY_MS', 4_000) }),
    remote: { ...remoteOutside(programFolder, dataFolder), onLive: (live) => strip.show(live) },
    evidence: { scanWorker: join(programFolder, 'scan.js'), sampleResources: join(programFolder, '../resources/samples'), ...evidenceSources() },
    onNumbered: (ticket) => notify(words()('notification.numbered', { number: ticket.number ?? '' }), ticket.text.subject, () => show(ticket.id)),
    onAnswered: (ticket, message) => notify(words()('notification.answered', { number: ticket.number ?? '', name: message.author.kind === 'operator' ? message.author.name : '' }), message.text, () => show(ticket.id)),
    timing: { gapMs: timingMs('ABSENT_GAP_MS', absentGapMs), syncMs: timingMs('SYNC_MS', 0) || null },
  });
  return workshop;
}

const desktopHandlers: Handlers = {
  copyText: async ({ text }) => {
    await clipboard.writeText(text);
    return null;
  },
  openExternalLink: async ({ url }) => {
    const allowed = allowedExternalUrl(url);
    if (allowed === null) throw new AppFault('link.notAllowed');
    await shell.openExternal(allowed);
    return null;
  },
};

function start(dataFolder: string): void {
  const session = windowSession();
  serveBundle(session, join(programFolder, '../renderer'));
  denyPermissions(session);
  denyForeignRequests(session);
  const strip = sessionStrip(programFolder, () => void workshop.then(({ handlers }) => handlers.endSession?.({})).catch(logFaultOf(dataFolder)), () => {
    if (mainWindow() !== null) return;
    // How it ended is what the person wants to see first.
    void workshop.then(({ rooms }) => openMainWindow(programFolder, logFaultOf(dataFolder), rooms.remote.newest(1)[0]?.ticketId ?? null)).catch(logFaultOf(dataFolder));
  });
  const workshop: Promise<Workshop> = openBehind(dataFolder, strip);
  registerHandlers(workshop.then(({ handlers }) => ({ ...handlers, ...desktopHandlers })), (reference, error) => logFault(dataFolder, systemClock.instant(), reference, error));
  openMainWindow(programFolder, logFaultOf(dataFolder));
  let stopped = false;
  workshop.then(async (opened) => {
    app.on('before-quit', (event) => {
      if (stopped) return;
      event.preventDefault();
      const windows = BrowserWindow.getAllWindows();
      // The window hands over its last keystrokes while it closes; the store must still be open then.
      for (const window of windows) window.close();
      if (windows.length > 0) return;
      stopped = true;
      void opened.stop().catch(logFaultOf(dataFolder)).finally(() => app.quit());
    });
    await opened.start();
  }).catch(logFaultOf(dataFolder));
}

const dataFolder = dataFolderSwitch(process.argv) ?? defaultDataFolder(process.platform, process.env, app.getPath('appData'));
app.setPath('userData', windowFolder(dataFolder));
if (!isRoot) app.enableSandbox();
registerAppScheme();
lockContents();
app.on('window-all-closed', () => app.quit());

if (app.requestSingleInstanceLock()) {
  // Arguments of a second start are ignored on purpose: anybody can start a program with hostile ones (row 22).
  app.on('second-instance', () => {
    const window = mainWindow() ?? openMainWindow(programFolder, logFaultOf(dataFolder));
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  void app.whenReady().then(() => start(dataFolder)).catch((error: unknown) => {
    console.error(error);
    app.exit(1);
  });
} else {
  app.quit();
}
