import { join } from 'node:path';
import type { Language, TicketId } from '../../shared/domain/ids.ts';
import { AppFault, appError } from '../../shared/domain/app-error.ts';
import { consentLifeMs, gatesAt } from '../../shared/flows/remote-session.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import type { LiveSession, RemoteView } from '../../shared/ipc/remote-views.ts';
import type { ReplyDraft } from '../../shared/ipc/views.ts';
import { type BackupService, backupService } from '../remote/backup/backup-service.ts';
import { realDrives } from '../remote/backup/drives.ts';
import { onOwnDisk } from '../evidence/locked-file-retry.ts';
import { flushVolume } from '../platform/linux/flush-volume.ts';
import { whileHeld } from '../platform/while-held.ts';
import type { Codes } from '../remote/session-codes.ts';
import { consentInForce } from '../remote/consent-service.ts';
import type { OpenPrograms } from '../remote/open-programs.ts';
import { fingerprint, type KeyAnswer, keychainKey, practiceKey } from '../remote/proof/signing-key.ts';
import { backupReceipts } from '../remote/backup-receipts.ts';
import { receiptService } from '../remote/receipt-service.ts';
import { receiptsOfTicket } from '../remote/ticket-receipts.ts';
import { type RemoteService, remoteService } from '../remote/remote-service.ts';
import type { RemoteTool } from '../remote/remote-tool.ts';
import type { EvidenceDesk } from './evidence-handlers.ts';
import type { PortalClock } from '../portal/portal-clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import { requestRow } from '../requests/request-rows.ts';
import type { TicketService } from '../requests/ticket-service.ts';
import { readMark } from '../store/audit-repository.ts';
import { storeFolders } from '../store/store-folders.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { Rooms } from '../rooms.ts';
import type { Keychain } from '../secrets/keychain.ts';
import { auditHandlers } from './audit-handlers.ts';
import type { Handlers } from './handlers.ts';

/** What a remote session needs from outside; the tests hand in the same, without a window. */
export type RemoteOutside = {
  readonly tool: RemoteTool;
  readonly practiceTool: RemoteTool;
  readonly programs: OpenPrograms;
  readonly printPdf: (html: string) => Promise<Uint8Array>;
  readonly clearClipboard: (codes: Codes) => Promise<void>;
  /** By name; null when the system does not say. */
  readonly installedPrograms: () => Promise<readonly string[] | null>;
  readonly onLive: (live: boolean) => void;
  readonly watchEveryMs: number;
  /** The file the person points at; null when they closed the dialog. */
  readonly chooseProgram: () => Promise<string | null>;
  /** The built `backup.worker`. */
  readonly backupWorker: string | URL;
};

export type RemoteDeskParts = {
  readonly outside: RemoteOutside;
  readonly dataFolder: string;
  readonly link: PortalLink;
  readonly portalClock: PortalClock;
  readonly keychain: Keychain;
  readonly evidence: EvidenceDesk;
  readonly tickets: TicketService;
  readonly chooseFolder: () => Promise<string | null>;
  readonly random: () => number;
  readonly log: (error: unknown) => string;
};

export type RemoteDesk = { readonly handlers: Handlers; readonly start: () => void; readonly stop: () => Promise<void> };

/** A key that was found is not asked for again: some keychains answer slowly. */
function rememberedKey(keychain: Keychain, practiceFile: string): (practice: boolean) => Promise<KeyAnswer> {
  let real: KeyAnswer | null = null;
  return async (practice) => {
    if (practice) return { kind: 'ready', key: await onOwnDisk(() => whileHeld(() => practiceKey(practiceFile))) };
    if (real?.kind !== 'ready') real = await keychainKey(keychain);
    return real;
  };
}

/** The services of a remote session wired together, and every channel of theirs. */
export function remoteDesk(rooms: Rooms, parts: RemoteDeskParts): RemoteDesk {
  const { outside, link } = parts;
  const language = (): Language => rooms.profile.settings().language;
  const key = rememberedKey(parts.keychain, join(parts.dataFolder, 'practice', 'signing-key.txt'));
  const practises = (): boolean => link.realm() === 'practice';
  const tool = (practice: boolean): RemoteTool => (practice ? outside.practiceTool : outside.tool);
  const receiptFolder = join(parts.dataFolder, 'receipts');
  const receipts = receiptService({
    rooms,
    folder: receiptFolder,
    printPdf: outside.printPdf,
    language,
    toolFolders: parts.evidence.toolFolders,
    installedPrograms: outside.installedPrograms,
  });
  const ofBackups = backupReceipts({ rooms, printPdf: outside.printPdf, language, key: () => key(practises()) });
  const service: RemoteService = remoteService({
    rooms,
    link,
    tool,
    key,
    receipts,
    language,
    log: parts.log,
    programs: outside.programs,
    hours: () => parts.portalClock.state().state,
    installedPrograms: outside.installedPrograms,
    clearClipboard: outside.clearClipboard,
    onLive: outside.onLive,
    watchEveryMs: outside.watchEveryMs,
  });
  const backup: BackupService = backupService({
    drives: realDrives,
    workerFile: outside.backupWorker,
    flushVolume,
    clock: rooms.clock,
    random: parts.random,
    log: parts.log,
    chooseFolder: parts.chooseFolder,
    scratchFolder: join(parts.dataFolder, 'scratch'),
    suggested: async () => [
      ...(await parts.evidence.toolFolders()).map((path) => ({ path, origin: 'tool' as const })),
      { path: join(parts.dataFolder, 'evidence'), origin: 'app' as const },
    ],
    onProved: service.proved,
    onChange: () => rooms.publish({ kind: 'remoteChanged' }),
  });

  const elapsedMs = (launchedAt: string | null, endedAt: string | null): number | null =>
    launchedAt === null ? null : Math.max(0, Date.parse(endedAt ?? rooms.clock.instant()) - Date.parse(launchedAt));
  const view = async (ticketId: TicketId): Promise<RemoteView> => {
    // Everything that takes a moment first: what is read after it belongs together.
    const [signing, backupView] = await Promise.all([key(service.seen(ticketId).session?.facts.practice ?? practises()), backup.view()]);
    const { session, state } = service.seen(ticketId);
    const { preparation } = state;
    const practice = session?.facts.practice ?? practises();
    const nowMs = rooms.clock.monotonicMs();
    const { programs, tool: finding } = service.found();
    const other = service.sessions.open();
    const receipt = session?.facts.receiptId == null ? null : receipts.find(session.facts.receiptId);
    return {
      ticketId,
      number: preparation.ticket.number,
      productName: requestRow(ticketId, rooms)?.productName ?? '',
      operator: preparation.ticket.operator,
      practice,
      sessionId: session?.id ?? null,
      otherSession: other !== null && other.ticketId !== ticketId && other.state.phase !== 'preparing',
      session: state,
      gates: gatesAt(preparation, nowMs),
      consentLeftMs: preparation.consent === null ? null : Math.max(0, consentLifeMs - (nowMs - preparation.consent.givenMs)),
      consent: consentInForce(language()),
      keyError: signing.kind === 'ready' ? null : signing.error,
      backup: backupView,
      proof: preparation.backupId === null ? null : readRowOrNull(() => rooms.remote.findProof(preparation.backupId ?? '')),
      programs,
      tool: finding,
      practiceCodes: 'codes' in state && state.phase !== 'ended' ? tool(practice).shownCodes() : null,
      carriesCodes: link.portal()?.capabilities.privateMessage === true,
      elapsedMs: elapsedMs(session?.facts.launchedAt ?? null, session?.facts.endedAt ?? null),
      receipt:
        receipt === null
          ? null
          : {
              id: receipt.receipt.id,
              endedAt: receipt.receipt.endedAt,
              stayed: receipt.receipt.stayed,
              newFiles: receipt.receipt.newFiles,
              newFilesTotal: receipt.receipt.newFilesTotal,
              programsUnread: receipt.receipt.programsCompared === false,
              filesUnread: receipt.receipt.newFilesWhole === false,
              fingerprint: fingerprint(receipt.signed.publicKey),
            },
      receiptProblem: session === null ? null : service.receiptProblem(session.id),
      receipts: [...receiptsOfTicket(rooms, ticketId)],
    };
  };
  const live = (): LiveSession | null => {
    const session = service.sessions.open();
    if (session === null || (session.state.phase !== 'live' && session.state.phase !== 'ending')) return null;
    const { state } = session;
    return {
      sessionId: session.id,
      ticketId: session.ticketId,
      number: state.preparation.ticket.number,
      operator: state.preparation.ticket.operator ?? '',
      reason: requestRow(session.ticketId, rooms)?.title ?? '',
      elapsedMs: elapsedMs(session.facts.launchedAt, null) ?? 0,
      seen: state.seen,
      ending: state.phase === 'ending',
      step: state.phase === 'ending' ? state.step : null,
    };
  };
  const done = async (work: unknown): Promise<null> => {
    await work;
    return null;
  };
  /** A file of ours goes to the reply, frozen like any other; the reply gets its words when it has none. */
  const attach = async (ticketId: TicketId, path: string, words: (language: Language) => string): Promise<ReplyDraft> => {
    const { frozen, refused } = await parts.evidence.takeOwn(path);
    const [file] = frozen;
    if (file === undefined) throw AppFault.of(refused[0]?.error ?? appError('export.failed'));
    const reply = rooms.replies.find(ticketId);
    const text = reply.text.trim() === '' ? words(rooms.tickets.find(ticketId)?.text.language ?? language()) : reply.text;
    const evidenceIds = [...new Set([...reply.evidenceIds, file.id])];
    parts.tickets.saveReply(ticketId, text, evidenceIds);
    rooms.publish({ kind: 'ticketChanged', id: ticketId });
    return { text, evidence: [...rooms.shownEvidence(evidenceIds)] };
  };
  const attachReceipt = async (receiptId: string): Promise<ReplyDraft> => {
    const found = receipts.find(receiptId);
    if (found === null) throw new AppFault('notFound');
    const { ticketId, number, operator } = found.receipt.consent;
    return attach(ticketId, await receipts.write(receiptId, receiptFolder), (spoken) =>
      createTranslator(spoken)('remote.feedback', { number, operator }),
    );
  };
  const attachBackupReceipt = async (ticketId: TicketId, proofId: string): Promise<ReplyDraft> => {
    if (!receiptsOfTicket(rooms, ticketId).some(({ id }) => id === proofId)) throw new AppFault('notFound');
    return attach(ticketId, await ofBackups.write(proofId, receiptFolder), (spoken) => createTranslator(spoken)('remote.backupFeedback'));
  };
  const saveTo = async (write: (folder: string) => Promise<unknown>): Promise<{ readonly folder: string } | null> => {
    const folder = await parts.chooseFolder();
    if (folder === null) return null;
    await write(folder);
    return { folder };
  };

  const handlers: Handlers = {
    ...auditHandlers(rooms, {
      key,
      practises,
      chooseFolder: parts.chooseFolder,
      mark: () => readMark(storeFolders(parts.dataFolder).head),
    }),
    remoteSession: ({ ticketId }) => view(ticketId),
    prepareSession: ({ ticketId }) => {
      service.prepare(ticketId);
      return view(ticketId);
    },
    leaveSession: () => {
      return done(backup.act('cancel').then(service.leave));
    },
    addBackupFolder: () => done(backup.addFolder()),
    chooseBackupFolder: ({ id, chosen }) => done(backup.choose(id, chosen)),
    chooseBackupDestination: () => done(backup.chooseDestination()),
    estimateBackup: () => done(backup.estimate()),
    runBackup: ({ act }) => {
      service.sessions.required();
      return done(backup.act(act));
    },
    declareBackup: (declared) => done(backup.declare(declared)),
    withdrawBackup: () => done(service.withdrawBackup()),
    lookAtPrograms: () => done(service.lookAtPrograms()),
    keepProgram: ({ id, kept }) => done(service.keepProgram(id, kept)),
    askProgramToClose: ({ id }) => done(service.askToClose(id)),
    confirmPrograms: () => done(service.confirmPrograms()),
    checkTeamViewer: () => done(service.checkTool()),
    chooseTeamViewer: async () => {
      const path = await outside.chooseProgram();
      return path === null ? null : done(service.chooseTool(path));
    },
    giveConsent: ({ name, textSha256 }) => done(service.consent(name, textSha256)),
    refuseConsent: () => {
      return done(backup.act('cancel').then(service.refuse));
    },
    launchTeamViewer: async () => ({ launched: await service.launch() }),
    handOverCodes: async (codes) => ({ how: await service.handOver(codes) }),
    liveSession: live,
    endSession: () => done(service.end()),
    nextEndStep: () => done(service.nextEndStep()),
    sayEnded: () => done(service.sayEnded()),
    retryReceipts: () => done(service.retryReceipts()),
    saveReceipt: ({ receiptId }) => saveTo((folder) => receipts.write(receiptId, folder)),
    attachReceipt: ({ receiptId }) => attachReceipt(receiptId),
    saveBackupReceipt: ({ proofId }) => saveTo((folder) => ofBackups.write(proofId, folder)),
    attachBackupReceipt: ({ ticketId, proofId }) => attachBackupReceipt(ticketId, proofId),
  };
  return {
    handlers,
    start: service.start,
    stop: async () => {
      service.stop();
      await backup.stop();
    },
  };
}
