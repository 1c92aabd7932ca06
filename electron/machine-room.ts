import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, clipboard, powerMonitor, shell } from 'electron';
import { z } from 'zod';
import { version } from '../package.json' with { type: 'json' };
import { AppFault } from '../shared/domain/app-error.ts';
import type { TicketId } from '../shared/domain/ids.ts';
import { termsPacksSchema } from '../shared/domain/terms-pack.ts';
import { absentGapMs } from '../shared/flows/outbox-flow.ts';
import { portalSentenceAt } from '../shared/i18n/portal-sentence.ts';
import { createTranslator, type Translate } from '../shared/i18n/translator.ts';
import { licenceSchema } from '../shared/ipc/views.ts';
import { allowedExternalUrl } from '../shared/rules/external-url.ts';
import { answering } from './ipc/answering.ts';
import { coalesced } from './ipc/coalesced.ts';
import type { AnswerAtDoor } from './ipc/doors.ts';
import type { Handlers } from './ipc/handlers.ts';
import { type PublishEvent, publishToWindow } from './ipc/publish-event.ts';
import { openWorkshop, type Workshop } from './open-workshop.ts';
import { packShelf, packSchemas } from './packs/pack-shelf.ts';
import { packKeys, packKeysSchema } from './packs/pack-signature.ts';
import { systemClock } from './platform/clock.ts';
import { timingMs } from './platform/failpoint.ts';
import { logFault, logFaultOf } from './platform/fault-log.ts';
import { assertGoodPlace } from './platform/good-place.ts';
import { practiceForTests } from './portal/practice/practice-for-tests.ts';
import { startPracticeProcess } from './portal/practice/practice-process.ts';
import { systemKeychain } from './secrets/system-keychain.ts';
import { startStoreOrRead } from './store/start-store.ts';
import { evidenceSources } from './window/evidence-sources.ts';
import { mainWindow, openMainWindow } from './window/main-window.ts';
import { notify, showTicket } from './window/notify.ts';
import { remoteOutside } from './window/remote-outside.ts';
import { openTray, type TrayMark } from './window/tray.ts';
import { sessionStrip } from './window/session-strip.ts';

/** The folder this program was started from, and the workshop's own. */
export type Places = { readonly programFolder: string; readonly dataFolder: string };

export type MachineRoom = { readonly workshop: Promise<Workshop>; readonly answer: AnswerAtDoor };

/** Who else wants to know; set once the workshop is open. */
let alsoTell: PublishEvent = () => undefined;
const publish = coalesced((event) => {
  publishToWindow(event);
  alsoTell(event);
}, 80);

async function resource<T>(programFolder: string, name: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(join(programFolder, '../resources', name), 'utf8')));
}

/** Opens the store and everything behind the window; the window is already on its way meanwhile. */
async function openBehind({ programFolder, dataFolder }: Places): Promise<Workshop> {
  const [products, terms, calendar, exclusions, { keys }] = await Promise.all([
    resource(programFolder, 'products.json', packSchemas.products), resource(programFolder, 'terms.json', termsPacksSchema),
    resource(programFolder, 'calendar.json', packSchemas.calendar), resource(programFolder, 'exclusions.json', packSchemas.exclusions),
    resource(programFolder, 'pack-keys.json', packKeysSchema),
  ]);
  const packs = packShelf({ folder: join(dataFolder, 'packs'), bundled: { products, exclusions, calendar }, keys: packKeys(keys) });
  const log = logFaultOf(dataFolder);
  assertGoodPlace(dataFolder);
  const store = await startStoreOrRead(dataFolder, systemClock.instant());
  const strip = sessionStrip(programFolder, () => void endSession().catch(log), () => {
    // How it ended is what the person wants to see first.
    if (mainWindow() === null) openMainWindow(programFolder, log, workshop.rooms.remote.newest(1)[0]?.ticketId ?? null);
  });
  const endSession = async (): Promise<null | undefined> => workshop.handlers.endSession?.({});
  const words = (): Translate => createTranslator(workshop.rooms.profile.settings().language);
  const show = (id: TicketId): void => showTicket(id, publish);
  const workshop: Workshop = openWorkshop({
    store, dataFolder, log, publish,
    appVersion: version, clock: systemClock, random: Math.random, products: packs.packs().products.products, packs, termsPacks: terms.packs, onBattery: () => powerMonitor.isOnBatteryPower(), keychain: systemKeychain(),
    onRestart: () => {
      app.relaunch();
      app.quit();
    },
    licences: () => resource(programFolder, 'licences.json', z.array(licenceSchema)),
    startPractice: () => practiceForTests() ?? startPracticeProcess({ programFolder, dataFolder: join(dataFolder, 'practice'), operatorDelayMs: timingMs('OPERATOR_DELAY_MS', 4_000) }),
    remote: { ...remoteOutside(programFolder, dataFolder), onLive: (live) => strip.show(live) },
    evidence: { scanWorker: join(programFolder, 'scan.js'), sampleResources: join(programFolder, '../resources/samples'), ...evidenceSources() },
    onNumbered: (ticket) => notify(words()('notification.numbered', { number: ticket.number ?? '' }), ticket.text.subject, () => show(ticket.id)),
    onAnswered: (ticket, message) => notify(words()('notification.answered', { number: ticket.number ?? '', name: message.author.kind === 'operator' ? message.author.name : '' }), message.text, () => show(ticket.id)),
    timing: { gapMs: timingMs('ABSENT_GAP_MS', absentGapMs), syncMs: timingMs('SYNC_MS', 0) || null },
  });
  alsoTell = trayFollower(workshop, words, openTray({
    open: () => {
      const window = mainWindow() ?? openMainWindow(programFolder, log);
      window.show();
      window.focus();
    },
    quit: () => app.quit(),
  }), log);
  return workshop;
}

/** Keeps the tray saying what Today says. */
function trayFollower(workshop: Workshop, words: () => Translate, tray: TrayMark, log: (error: unknown) => void): PublishEvent {
  app.once('will-quit', tray.close);
  const follow = async (): Promise<void> => {
    const status = await workshop.handlers.portalStatus?.({});
    if (status === undefined || !workshop.store.db.open) return;
    const t = words();
    const { language } = workshop.rooms.profile.settings();
    tray.show({
      state: status.state, sentence: portalSentenceAt(status, { t, language, nowMs: Date.parse(systemClock.instant()) }),
      waiting: status.waiting > 0 ? t('sync.waiting', { count: status.waiting }) : t('outbox.emptyTitle'), open: t('today.open'), quit: t('tray.quit'),
    });
  };
  return (event) => {
    if (event.kind === 'portalStatusChanged' || event.kind === 'outboxChanged') void follow().catch(log);
  };
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

/** Everything behind the window. Loaded after the window is on its way: reading these parts takes as long as opening it. */
export function openMachineRoom(places: Places): MachineRoom {
  const workshop = openBehind(places);
  const handlers = workshop.then((opened): Handlers => ({ ...opened.handlers, ...desktopHandlers }));
  return { workshop, answer: answering(handlers, (reference, error) => logFault(places.dataFolder, systemClock.instant(), reference, error)) };
}
