import { join } from 'node:path';
import type { Product } from '../../shared/domain/product.ts';
import type { LatestVersions } from '../../shared/domain/vendor-version.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { type AgreedTimes, isTimeBorneOut, withAgreed } from '../../shared/calendar/agreed-times.ts';
import { isClockWrong } from '../../shared/calendar/clock-offset.ts';
import type { OutboxRow, PortalStatus } from '../../shared/ipc/views.ts';
import { fileLimits } from '../../shared/rules/file-limits.ts';
import { waitsForTerms } from '../../shared/rules/terms-reacceptance.ts';
import { adviceHandlers } from '../ipc/advice-handlers.ts';
import { draftHandlers } from '../ipc/draft-handlers.ts';
import { noticeHandlers } from '../ipc/notice-handlers.ts';
import { portalHandlers } from '../ipc/portal-handlers.ts';
import { privacyHandlers } from '../ipc/privacy-handlers.ts';
import { evidenceHandlers } from '../ipc/evidence-handlers.ts';
import { type EvidenceParts, type EvidenceServices, openEvidence } from '../evidence/open-evidence.ts';
import { remoteHandlers } from '../ipc/remote-handlers.ts';
import { type OpenedRemote, openRemote, type RemoteOutside } from '../remote/open-remote.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { DesktopHandlers, Handlers } from '../ipc/handlers.ts';
import { queueHandlers } from '../ipc/queue-handlers.ts';
import { requestHandlers } from '../ipc/request-handlers.ts';
import { type WorkshopParts, workshopHandlers } from '../ipc/workshop-handlers.ts';
import { outboxRows } from '../outbox/outbox-rows.ts';
import { type OutboxSender, outboxSender } from '../outbox/outbox-sender.ts';
import type { Clock } from '../platform/clock.ts';
import { within } from '../platform/within.ts';
import type { HttpLimits } from '../portal/contract/http-client.ts';
import { openPortal, type RunningPractice } from '../portal/open-portal.ts';
import { vendorCalendar } from '../portal/vendor-calendar.ts';
import { portalClock } from '../portal/portal-clock.ts';
import { type PortalLink, portalLink } from '../portal/portal-link.ts';
import { noticeService } from '../portal/notice-service.ts';
import { portalChoice } from '../portal/portal-choice.ts';
import { portalAccounts } from '../portal/portal-accounts.ts';
import { portalStatus } from '../portal/portal-status.ts';
import { fileRetention, retentionStepMs } from '../evidence/file-retention.ts';
import type { PackRegistry } from '../packs/pack-registry.ts';
import { pcCheckSteps } from '../platform/pc-checks/all-steps.ts';
import { runPcChecks } from '../platform/pc-checks/run-pc-checks.ts';
import { conversationSync } from '../requests/conversation-sync.ts';
import { draftAdvice, standingRules } from '../requests/draft-advice.ts';
import { draftService } from '../requests/draft-service.ts';
import { exportRequest } from '../requests/export-request.ts';
import { sendService } from '../requests/send-service.ts';
import { type SyncSchedule, syncSchedule } from '../requests/sync-schedule.ts';
import { importTermsDocument } from '../requests/terms-document.ts';
import { termsInForce } from '../requests/terms-in-force.ts';
import { ticketService } from '../requests/ticket-service.ts';
import { openServiceContext, type ServiceContext } from '../store/service-context.ts';
import type { Keychain } from '../secrets/keychain.ts';
import { workshopService } from '../workshop/workshop-service.ts';
import type { StoreChecks } from '../store/check-schedule.ts';
import { storeCare } from '../store/store-care.ts';
import { closeStore } from '../store/open-store.ts';
import type { OpenedStore } from '../store/start-store.ts';

/** Everything from outside that the workshop needs; the tests hand in the same, without a window. */
export type AppOutside = Omit<
  WorkshopParts,
  'damaged' | 'health' | 'backupFailure' | 'unreadable' | 'hasOrphans' | 'folders' | 'service'
> & {
  readonly store: OpenedStore;
  readonly clock: Clock;
  readonly publish: PublishEvent;
  readonly random: () => number;
  /** Keeps a fault nobody expected and gives back its reference. */
  readonly log: (error: unknown) => string;
  readonly products: readonly Product[];
  /** Opening hours, exclusions, products, summaries of the terms: as the program came with them or as the portal replaced them. */
  readonly packs: PackRegistry;
  /** Null where the system does not say whether the PC runs on battery. */
  readonly onBattery: () => boolean | null;
  readonly keychain: Keychain;
  /** Checks of the store that go on beside everything else. */
  readonly storeChecks: StoreChecks;
  readonly startPractice: () => Promise<RunningPractice>;
  /** Where evidence comes from: dialogs, clipboard, guesses, the search worker. */
  readonly evidence: Omit<EvidenceParts, 'dataFolder' | 'logFault' | 'addSampleTools'>;
  /** TeamViewer, open programs, printing, the strip. */
  readonly remote: RemoteOutside;
  readonly onNumbered: (ticket: Ticket) => void;
  /** `more` others were written that are not told one by one. */
  readonly onAnswered: (ticket: Ticket, message: Message, more: number) => void;
  /** Test-only timings, in milliseconds; left out, the real ones hold. */
  readonly timing?: {
    readonly gapMs: number;
    readonly syncMs: number | null;
    readonly leastApartMs?: number;
    readonly firstCheckMs?: number;
    readonly firstRowCheckMs?: number;
    readonly limits?: Partial<HttpLimits>;
  };
};

export type AppServices = {
  readonly store: OpenedStore;
  readonly context: ServiceContext;
  readonly evidence: EvidenceServices;
  readonly handlers: Omit<Handlers, keyof DesktopHandlers>;
  /** What window and tray ask alike. */
  readonly status: () => Promise<PortalStatus>;
  readonly queue: () => readonly OutboxRow[];
  readonly remote: Pick<OpenedRemote, 'live' | 'end'>;
  readonly sender: OutboxSender;
  readonly link: PortalLink;
  readonly schedule: SyncSchedule;
  /** Settles what a crash left, opens the chosen portal, begins to send and to look. */
  readonly start: () => Promise<void>;
  /** Ends within 5 s whatever hangs: what is under way gets a moment to end by itself, then it is given up and found again at the next start. */
  readonly stop: () => Promise<void>;
};

/** What is under way when the program is closed has so long to end by itself, and then so long to be given up, in milliseconds. */
const graceMs = 1_200;
const givingUpMs = 500;

const practiceSyncMs = 2_000;
const contractSyncMs = 60_000;

/** Builds the services over one store: everything behind the window but dialogs, notifications and the tray. */
export function openAppServices(outside: AppOutside): AppServices {
  const { store, clock, publish, random, log } = outside;
  const context = openServiceContext(store.db, store.folders.head, outside, log);
  const ofWorkshop = workshopService(context, {
    onSendingChanged: () => {
      sender.wake();
      publish({ kind: 'outboxChanged' });
    },
    onProfileSaved: () => {
      if (link.realm() !== 'contract') return;
      // Another customer code is another recipient: other requests are listed, and what was queued for the old one waits.
      publish({ kind: 'requestsChanged' });
      publish({ kind: 'outboxChanged' });
      void link.open(link.choice()).then(sender.wake);
    },
  });
  const evidence = openEvidence(context, {
    ...outside.evidence,
    dataFolder: outside.dataFolder,
    logFault: log,
    addSampleTools: ofWorkshop.addSampleTools,
  });
  const statusChanged = (): void => publish({ kind: 'portalStatusChanged' });

  const leaving = new AbortController();
  const calendar = vendorCalendar(() => outside.packs.packs().calendar);
  let agreed: AgreedTimes | null = null;
  /** Kept now and then, for the files that may go; a disk that does not take it keeps nothing from being heard. */
  const noteAgreed = (nowMs: number): void => {
    try {
      agreed ??= context.portals.agreedTimes();
      const next = withAgreed(agreed, nowMs, retentionStepMs);
      if (next !== agreed && store.health.kind !== 'read-only') context.portals.keepAgreedTimes(next);
      agreed = next;
    } catch (fault) {
      log(fault);
    }
  };
  const customerCode = (): string | null => context.profile.profile()?.customerCode ?? null;
  const { startPractice, keychain, timing } = outside;
  const open = openPortal({ startPractice, keychain, leaving: leaving.signal, user: customerCode, ...timing });
  const link = portalLink(
    {
      clock,
      customerCode,
      onTimeAgreed: noteAgreed,
      onChange: statusChanged,
      openPortal: async (choice) => {
        // Nothing may be sent to the vendor's own portal before it is known whether it takes anything today (R-HOURS-3).
        if (choice.kind !== 'practice') await calendar.load();
        return open(choice);
      },
    },
    context.portals.choice(),
  );
  const time = portalClock({
    clock,
    link,
    calendar: () => calendar.of(link.realm()),
    notices: context.portals.notices,
    sendsOutsideHours: () => context.profile.settings().sendOutsideHours,
    onChange: () => {
      statusChanged();
      publish({ kind: 'outboxChanged' });
    },
  });
  const terms = (): ReturnType<typeof termsInForce> => termsInForce(outside.packs.packs().terms.packs, context.portals, link.key());
  const forTerms = (item: OutboxItem, ticket: Ticket): boolean => waitsForTerms(item, ticket.terms, terms);
  const sender = outboxSender({
    ...context,
    link,
    waitsForTerms: forTerms,
    gate: time.gate,
    isClockDoubtful: link.isClockDoubtful,
    askTime: () => schedule.hearTime(),
    random,
    log,
    frozenFiles: evidence.files,
    onNumbered: outside.onNumbered,
    leaving: leaving.signal,
    ...(outside.timing === undefined ? {} : { gapMs: outside.timing.gapMs }),
    ...(outside.timing?.leastApartMs === undefined ? {} : { leastApartMs: outside.timing.leastApartMs }),
  });
  const sync = conversationSync({ ...context, link, onPacks: outside.packs.offer, onAnswered: outside.onAnswered });
  const schedule = syncSchedule({
    sync,
    log,
    random,
    onAnswered: sender.wake,
    mayLook: time.mayLook,
    isTimeUnheard: () => link.reach().lastContactAt === null && time.state().why.kind !== 'portal-says',
    everyMs: () => outside.timing?.syncMs ?? (link.realm() === 'practice' ? practiceSyncMs : contractSyncMs),
  });
  const drafting = draftService(context);
  const checks = pcCheckSteps({ dataFolder: outside.dataFolder, onBattery: outside.onBattery, reach: link.reach });
  const latestVersions = (): LatestVersions | null => context.portals.latestVersions(link.key());
  const advice = draftAdvice({
    ...context,
    exclusions: () => outside.packs.packs().exclusions,
    latestVersions,
    realm: link.realm,
    termsAccepted: () => context.profile.profile() !== null && sending.termsAcceptedAt() !== null,
    portalState: () => time.state().state,
    pcChecks: () => runPcChecks(checks),
  });
  const sending = sendService({
    ...context,
    terms,
    standing: standingRules(advice, log),
    realm: link.realm,
    recipient: link.recipient,
    fileLimits: () => fileLimits(context.portals.requirements(link.key())),
    onMayGo: sender.wake,
  });
  const tickets = ticketService({ ...context, sender });
  const remote = openRemote(context, {
    outside: outside.remote,
    dataFolder: outside.dataFolder,
    link,
    portalClock: time,
    keychain: outside.keychain,
    toolFolders: evidence.toolFolders,
    takeOwn: evidence.takeOwn,
    tickets,
    chooseFolder: outside.evidence.dialogs.chooseFolder,
    random,
    log,
  });
  const care = storeCare(store, { context, clock, log, publish, checks: outside.storeChecks, timing: outside.timing ?? {} });
  const retention = fileRetention({
    ...context,
    evidence: context.evidenceRows,
    uses: context.fileUses,
    folder: evidence.frozen,
    whileNothingIsFrozen: evidence.whileNothingIsFrozen,
    log,
    chosen: () => context.profile.settings().keptFiles,
    trustedNowMs: () => {
      const nowMs = Date.parse(clock.instant());
      const agrees = link.portal() !== null && !link.isClockDoubtful() && !isClockWrong(link.reach().clockOffsetMs);
      return agrees && isTimeBorneOut(context.portals.agreedTimes(), nowMs, retentionStepMs) ? nowMs : null;
    },
  });
  const accounts = portalAccounts(context, link);
  const status = portalStatus(context, { link, portalClock: time, keychain: outside.keychain, accounts, sender, sync });
  const choice = portalChoice(context, {
    link,
    keychain: outside.keychain,
    accounts,
    onChanged: () => {
      sender.portalChanged();
      schedule.start();
    },
  });
  const notices = noticeService(context, () => {
    time.start();
    sender.wake();
  });
  const queue = outboxRows(context, { sender, link, portalClock: time, waitsForTerms: forTerms });

  const handlers: AppServices['handlers'] = {
    ...workshopHandlers(context, {
      ...outside,
      health: store.health,
      ...care.standing,
      folders: store.folders,
      service: ofWorkshop,
    }),
    ...adviceHandlers(context, { adviser: advice, shelf: outside.packs, latestVersions }),
    ...draftHandlers(context, drafting, evidence.files.facts),
    ...evidenceHandlers(evidence),
    ...requestHandlers(context, {
      sending,
      tickets,
      link,
      terms,
      portalClock: time,
      importDocument: async () => {
        const [path] = await outside.evidence.dialogs.chooseFiles();
        return path === undefined ? null : importTermsDocument(path, join(outside.dataFolder, 'terms'), clock.instant());
      },
      exportTo: async (request) => {
        const folder = await outside.evidence.dialogs.chooseFolder();
        return folder === null ? null : exportRequest(folder, request, evidence.files);
      },
    }),
    ...remoteHandlers(context, remote, {
      dataFolder: outside.dataFolder,
      chooseFolder: outside.evidence.dialogs.chooseFolder,
      chooseProgram: outside.remote.chooseProgram,
    }),
    ...privacyHandlers(context, {
      db: store.db,
      dataFolder: outside.dataFolder,
      frozenFiles: evidence.files,
      chooseFolder: outside.evidence.dialogs.chooseFolder,
      keychain: outside.keychain,
      onRestart: outside.onRestart,
      isSessionLive: () => remote.live() !== null,
      accounts: accounts.all,
    }),
    ...portalHandlers({ choice, status, queue, sender, schedule }),
    ...queueHandlers(context, { sender, tickets }),
    ...noticeHandlers(notices, status),
  };
  let stopped = false;
  return {
    store,
    context,
    evidence,
    handlers,
    status,
    queue,
    remote,
    sender,
    link,
    schedule,
    start: async () => {
      care.start();
      if (store.health.kind !== 'read-only') {
        sender.start();
        time.start();
      }
      await link.open(link.choice());
      // Somebody may have closed the program while the portal was being opened: nothing asks a closed store.
      if (stopped || store.health.kind === 'read-only') return;
      sender.wake();
      schedule.start();
      remote.start();
      retention.start();
    },
    stop: async () => {
      stopped = true;
      care.stop();
      time.stop();
      evidence.close();
      const quietly = (end: Promise<void>): Promise<void> => end.catch((fault: unknown) => void log(fault));
      const ending = Promise.all([retention.stop(), remote.stop(), sender.stop(), schedule.stop()].map(quietly));
      if ((await within(ending, graceMs)).kind === 'late') {
        leaving.abort();
        await within(ending, givingUpMs);
      }
      await within(quietly(link.close()), givingUpMs);
      leaving.abort();
      closeStore(store.db);
    },
  };
}
