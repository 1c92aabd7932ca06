import { join } from 'node:path';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import type { OutboxRow, PortalStatus } from '../../shared/ipc/views.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import { waitsForTerms } from '../../shared/rules/terms-reacceptance.ts';
import { fileRetention } from '../evidence/file-retention.ts';
import { type EvidenceServices, openEvidence } from '../evidence/open-evidence.ts';
import { type MoveService, moveService } from '../move/move-service.ts';
import { heldNow } from '../outbox/held-work.ts';
import { outboxRows } from '../outbox/outbox-rows.ts';
import { type OutboxSender, outboxSender } from '../outbox/outbox-sender.ts';
import { pcCheckSteps } from '../platform/pc-checks/all-steps.ts';
import { runPcChecks } from '../platform/pc-checks/run-pc-checks.ts';
import { limitLearner, limitService } from '../portal/known-limits.ts';
import { noticeService } from '../portal/notice-service.ts';
import { openPortalServices, type PortalServices } from '../portal/open-portal-services.ts';
import { portalChoice } from '../portal/portal-choice.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import { portalStatus } from '../portal/portal-status.ts';
import { type OpenedRemote, openRemote } from '../remote/open-remote.ts';
import { openRequests, type RequestServices } from '../requests/open-requests.ts';
import { siteService, type SiteService } from '../requests/site-service.ts';
import type { SyncSchedule } from '../requests/sync-schedule.ts';
import { type InForce, termsInForce } from '../requests/terms-in-force.ts';
import { openServiceContext, type ServiceContext } from '../store/service-context.ts';
import type { OpenedStore } from '../store/start-store.ts';
import { storeCare } from '../store/store-care.ts';
import { workshopService } from '../workshop/workshop-service.ts';
import { type AppHandlers, appHandlers } from './app-handlers.ts';
import { type AppLifecycle, appLifecycle } from './app-lifecycle.ts';
import type { AppOutside } from './app-outside.ts';

export type AppServices = AppLifecycle & {
  readonly store: OpenedStore;
  readonly context: ServiceContext;
  readonly evidence: EvidenceServices;
  readonly handlers: AppHandlers;
  /** What window and tray ask alike. */
  readonly status: () => Promise<PortalStatus>;
  readonly queue: () => readonly OutboxRow[];
  readonly remote: Pick<OpenedRemote, 'live' | 'end'>;
  readonly sender: OutboxSender;
  readonly link: PortalLink;
  readonly schedule: SyncSchedule;
};

/** The queue's parts that the other rooms lend it. */
type QueueParts = {
  readonly outside: AppOutside;
  readonly evidence: EvidenceServices;
  readonly ofPortal: PortalServices;
  readonly waitsForTerms: (item: OutboxItem, ticket: Ticket) => boolean;
  readonly askTime: () => Promise<void>;
  readonly leaving: AbortSignal;
};

function openSender(
  context: ServiceContext,
  { outside, evidence, ofPortal, ...parts }: QueueParts,
): OutboxSender {
  const { link, portalClock } = ofPortal;
  const { gapMs, leastApartMs } = outside.timing ?? {};
  return outboxSender({
    ...context,
    ...parts,
    link,
    gate: portalClock.gate,
    heldNow: () => heldNow({ holds: context.holds, portalClock }),
    isClockDoubtful: link.isClockDoubtful,
    random: outside.random,
    log: outside.log,
    frozenFiles: evidence.files,
    onNumbered: outside.onNumbered,
    learnLimit: limitLearner(context, link),
    ...(gapMs === undefined ? {} : { gapMs }),
    ...(leastApartMs === undefined ? {} : { leastApartMs }),
  });
}

/** The portal in use, and everything known of it. */
function openPortal(context: ServiceContext, outside: AppOutside, leaving: AbortSignal): PortalServices {
  return openPortalServices(context, {
    startPractice: outside.startPractice,
    keychain: outside.keychain,
    timing: outside.timing ?? {},
    leaving,
    calendar: () => outside.packs.packs().calendar,
    isWritable: outside.store.health.kind !== 'read-only',
    log: outside.log,
  });
}

/** The rooms that the others are built on. */
type OpenRooms = {
  readonly outside: AppOutside;
  readonly evidence: EvidenceServices;
  readonly ofPortal: PortalServices;
};

/** Guided remote sessions, with what the other rooms lend them. */
function openSessions(
  context: ServiceContext,
  {
    outside,
    evidence,
    ofPortal,
    requests,
  }: OpenRooms & { readonly requests: Pick<RequestServices, 'tickets'> },
): OpenedRemote {
  const remote = openRemote(context, {
    outside: outside.remote,
    dataFolder: outside.dataFolder,
    link: ofPortal.link,
    portalClock: ofPortal.portalClock,
    keychain: outside.keychain,
    toolFolders: evidence.toolFolders,
    takeOwn: evidence.takeOwn,
    tickets: requests.tickets,
    chooseFolder: outside.evidence.dialogs.chooseFolder,
    random: outside.random,
    log: outside.log,
  });
  try {
    if (outside.store.health.kind !== 'read-only') remote.resume();
  } catch (fault) {
    // A row that cannot be read is told where it is asked for.
    outside.log(fault);
  }
  return remote;
}

/** How long frozen files are kept, as the person chose. */
function openRetention(
  context: ServiceContext,
  { outside, evidence, ofPortal }: OpenRooms,
): ReturnType<typeof fileRetention> {
  return fileRetention({
    ...context,
    evidence: context.evidenceRows,
    uses: context.fileUses,
    folder: evidence.frozen,
    whileNothingIsFrozen: evidence.whileNothingIsFrozen,
    log: outside.log,
    chosen: () => context.profile.settings().keptFiles,
    trustedNowMs: ofPortal.trustedNowMs,
  });
}

/** Checks and backups of the store, beside everything else. */
function openCare(
  context: ServiceContext,
  { store, clock, log, publish, storeChecks, timing }: AppOutside,
): ReturnType<typeof storeCare> {
  return storeCare(store, { context, clock, log, publish, checks: storeChecks, timing: timing ?? {} });
}

/** The portal's own pages, beside the request they are for. */
function openSites(
  context: ServiceContext,
  { outside, evidence, ofPortal, sender }: OpenRooms & { readonly sender: OutboxSender },
): SiteService {
  return siteService({
    context,
    sender,
    link: ofPortal.link,
    maps: () => outside.packs.packs()['portal-maps'],
    openSite: outside.site.open,
    eraseSites: outside.site.erase,
    onAnswered: outside.onAnswered,
    frozenFiles: evidence.files,
    folder: join(outside.dataFolder, 'site-files'),
    log: outside.log,
  });
}

/** The way of a whole workshop to another PC, and from one. */
function openMoving(
  context: ServiceContext,
  {
    outside,
    evidence,
    sender,
    remote,
    leaving,
  }: Pick<OpenRooms, 'outside' | 'evidence'> & {
    readonly sender: OutboxSender;
    readonly remote: OpenedRemote;
    readonly leaving: AbortSignal;
  },
): MoveService {
  const { chooseFiles, chooseFolder } = outside.evidence.dialogs;
  return moveService(context, {
    ...outside,
    frozenFiles: evidence.files,
    frozen: evidence.frozen,
    whileNothingIsFrozen: evidence.whileNothingIsFrozen,
    sender,
    chooseFile: async () => (await chooseFiles())[0] ?? null,
    chooseFolder,
    isSessionLive: () => remote.live() !== null,
    leaving,
  });
}

/** Builds the services over one store: everything behind the window but dialogs, notifications and the tray. */
export function openAppServices(outside: AppOutside): AppServices {
  const { store, publish, random, log, dataFolder, keychain, packs } = outside;
  const leaving = new AbortController();
  const context = openServiceContext(store.db, store.folders.head, outside, log);
  const workshop = workshopService(context, {
    onSendingChanged: () => {
      sender.wake();
      publish({ kind: 'outboxChanged' });
    },
    onProfileSaved: () => {
      if (!portalKinds[link.realm()].hasCustomers) return;
      // Another customer code is another recipient: other requests are listed, and what was queued for the old one waits.
      publish({ kind: 'requestsChanged' });
      publish({ kind: 'outboxChanged' });
      void link.open(link.choice()).then(sender.wake);
    },
  });
  const evidence = openEvidence(context, {
    ...outside.evidence,
    dataFolder,
    logFault: log,
    addSampleTools: workshop.addSampleTools,
  });
  const ofPortal = openPortal(context, outside, leaving.signal);
  const { link, portalClock, accounts } = ofPortal;
  const terms = (): InForce => termsInForce(packs.packs().terms.packs, context.portals, link.key());
  const forTerms = (item: OutboxItem, ticket: Ticket): boolean => waitsForTerms(item, ticket.terms, terms);
  const askTime = (): Promise<void> => requests.schedule.hearTime();
  const sender = openSender(context, {
    outside,
    evidence,
    ofPortal,
    waitsForTerms: forTerms,
    askTime,
    leaving: leaving.signal,
  });
  const checks = pcCheckSteps({ dataFolder, onBattery: outside.onBattery, reach: link.reach });
  const requests: RequestServices = openRequests(context, {
    link,
    portalClock,
    sender,
    terms,
    exclusions: () => packs.packs().exclusions,
    pcChecks: () => runPcChecks(checks),
    onPacks: packs.offer,
    onAnswered: outside.onAnswered,
    random,
    log,
    syncMs: outside.timing?.syncMs ?? null,
  });
  const remote = openSessions(context, { outside, evidence, ofPortal, requests });
  const care = openCare(context, outside);
  const retention = openRetention(context, { outside, evidence, ofPortal });
  const status = portalStatus(context, {
    link,
    portalClock,
    keychain,
    accounts,
    sender,
    sync: requests.sync,
  });
  const choice = portalChoice(context, {
    link,
    keychain,
    accounts,
    onChanged: () => {
      sender.portalChanged();
      requests.schedule.start();
    },
  });
  const notices = noticeService(context, () => {
    portalClock.start();
    sender.wake();
  });
  const moving = openMoving(context, { outside, evidence, sender, remote, leaving: leaving.signal });
  const queue = outboxRows(context, { sender, link });
  const rooms = {
    workshop,
    evidence,
    ofPortal,
    requests,
    remote,
    care,
    moving,
    sender,
    choice,
    notices,
    site: openSites(context, { outside, evidence, ofPortal, sender }),
    limits: limitService(context, link),
    terms,
    status,
    queue,
  };
  const { schedule } = requests;
  return {
    store,
    context,
    evidence,
    handlers: appHandlers(context, outside, rooms),
    status,
    queue,
    remote,
    sender,
    link,
    schedule,
    ...appLifecycle({
      store,
      evidence,
      ofPortal,
      sender,
      schedule,
      remote,
      site: rooms.site,
      retention,
      care,
      leaving,
      log,
    }),
  };
}
