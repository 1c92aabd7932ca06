import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { BackupProof } from '../../shared/domain/backup.ts';
import type { Language, TicketId } from '../../shared/domain/ids.ts';
import type { RemoteSession } from '../../shared/domain/remote-session.ts';
import { whoCame } from '../../shared/flows/remote-session.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { StoredSession } from '../store/remote-repository.ts';
import { giveConsent } from './consent-service.ts';
import { type CurrentSession, currentSession } from './current-session.ts';
import { handOverCodes } from './hand-over-codes.ts';
import type { KeyAnswer } from './proof/signing-key.ts';
import type { ReceiptService } from './receipt-service.ts';
import { stateSessionEnd } from '../requests/stated-words.ts';
import { receiptsDue } from './receipts-due.ts';
import { sessionCodes, type Codes } from './session-codes.ts';
import { sessionEnd } from './session-end.ts';
import { launchSession } from './session-launch.ts';
import { type FoundOnPc, sessionPreparation, type SessionPreparationParts } from './session-preparation.ts';
import type { SessionStore } from './session-store.ts';

export type RemoteServiceParts = SessionPreparationParts & {
  /** Of the installation, or of its practice sessions: what a session was begun as decides, not the portal in use when it is signed. */
  readonly key: (practice: boolean) => Promise<KeyAnswer>;
  readonly receipts: ReceiptService;
  /** By name; null when the system does not say. */
  readonly installedPrograms: () => Promise<readonly string[] | null>;
  /** The clipboard is emptied when it still holds one of these. */
  readonly clearClipboard: (codes: Codes) => Promise<void>;
  readonly language: () => Language;
  readonly log: (error: unknown) => string;
  /** A session begins to be watched, or is over. */
  readonly onLive: (live: boolean) => void;
  readonly watchEveryMs: number;
};

export type RemoteService = {
  readonly sessions: SessionStore;
  readonly found: () => FoundOnPc;
  /** Why the receipt of this session could not be made; null when it could, or nobody has tried yet. */
  readonly receiptProblem: (sessionId: string) => AppError | null;
  /** Makes every receipt that is missing, and writes every file of one that is. */
  readonly retryReceipts: () => Promise<void>;
  /** The session as the wizard may show it: its ticket looked at anew. */
  readonly seen: (ticketId: TicketId) => {
    readonly session: StoredSession | null;
    readonly state: RemoteSession;
  };
  readonly prepare: (ticketId: TicketId) => void;
  readonly leave: () => void;
  readonly proved: (proof: BackupProof) => void;
  readonly withdrawBackup: () => void;
  readonly lookAtPrograms: () => Promise<void>;
  readonly keepProgram: (id: string, kept: boolean) => void;
  readonly askToClose: (id: string) => Promise<void>;
  readonly confirmPrograms: () => Promise<void>;
  readonly checkTool: () => Promise<void>;
  /** Checks this file and no other from now on, until the preparation is left or another choice is made. */
  readonly chooseTool: (path: string) => Promise<void>;
  readonly consent: (name: string, textSha256: string) => Promise<void>;
  readonly refuse: () => void;
  readonly launch: () => Promise<boolean>;
  readonly handOver: (codes: Codes) => Promise<'sent' | 'shown'>;
  readonly end: () => Promise<void>;
  readonly nextEndStep: () => Promise<void>;
  readonly sayEnded: () => void;
  /** Tells the session of before that its program started anew: consent and checks are void. Call it before anybody is answered (THREAT-9). */
  readonly resume: () => void;
  /** Takes up what a crash left: a session that may run is watched, a receipt that is due is made. */
  readonly start: () => void;
  readonly stop: () => void;
};

/** A backup of an earlier session is taken for a new one this long, in milliseconds; after a day too much has changed. */
const backupLifeMs = 24 * 60 * 60_000;

/** Whether a backup is young enough at an instant to stand for the session that begins. */
function isRecent(at: string, proof: BackupProof): boolean {
  const ageMs = Date.parse(at) - Date.parse(proof.kind === 'made' ? proof.finishedAt : proof.declaredAt);
  return ageMs >= 0 && ageMs < backupLifeMs;
}

/** The session as the wizard may show it: a preparation that was left, or belongs to another portal, is shown as a new one. */
function seenSession(
  { sessions, facts, isOfOtherRealm }: CurrentSession,
  ticketId: TicketId,
): ReturnType<RemoteService['seen']> {
  const session = sessions.ofTicket(ticketId);
  const ticket = facts(ticketId);
  if (session === null || session.state.phase === 'abandoned' || isOfOtherRealm(session)) {
    const backupId = session?.state.preparation.backupId ?? null;
    return {
      session: null,
      state: {
        phase: 'preparing',
        preparation: { ticket, backupId, programsCheckedMs: null, tool: null, consent: null },
      },
    };
  }
  const shown =
    session.state.phase === 'preparing'
      ? { ...session.state, preparation: { ...session.state.preparation, ticket } }
      : session.state;
  return { session, state: shown };
}

/** A new session of a ticket. A backup proved for it today is still one: only consent and checks are asked for again. */
function beginSession(
  { context, link }: RemoteServiceParts,
  { sessions, step, facts }: CurrentSession,
  ticketId: TicketId,
): void {
  const session = sessions.begin(ticketId, facts(ticketId), portalKinds[link.realm()].isPractice);
  const earlier =
    context.remote.ofTicket(ticketId).find(({ state }) => state.preparation.backupId !== null)?.state
      .preparation.backupId ?? null;
  const proof = earlier === null ? null : readRowOrNull(() => context.remote.findProof(earlier));
  if (
    proof !== null &&
    session.state.preparation.backupId === null &&
    isRecent(context.clock.instant(), proof)
  )
    step(session.id, { kind: 'backupConfirmed', backupId: proof.id });
}

/** The proof of a backup is stored with the step that rests on it. */
function keepProof(
  { clock, remote }: RemoteServiceParts['context'],
  { sessions, step }: CurrentSession,
  proof: BackupProof,
): void {
  const at = clock.instant();
  step(sessions.required().id, { kind: 'backupConfirmed', backupId: proof.id }, () => ({
    alsoIn: () => remote.addProof(proof, at),
    audit:
      proof.kind === 'made'
        ? {
            action: 'backup-made',
            detail: {
              files: proof.files,
              bytes: proof.bytes,
              skipped: proof.skipped.length,
              manifest: proof.manifestSha256,
            },
          }
        : { action: 'backup-declared', detail: { on: proof.on } },
  }));
}

/** One remote session at a time, from the ticket to the receipt: every step asks the machine, and nothing goes round it. */
export function remoteService(parts: RemoteServiceParts): RemoteService {
  const { context, link } = parts;
  const { clock } = context;
  const ofSession = currentSession(parts);
  const { sessions, step, current } = ofSession;
  const preparation = sessionPreparation(parts, ofSession);
  const codes = sessionCodes(() => {
    const session = sessions.open();
    if (session !== null) step(session.id, { kind: 'codesWiped' });
  });
  const forget = (): void => {
    preparation.forget();
    codes.wipe();
  };
  const due = receiptsDue({
    context,
    receipts: parts.receipts,
    key: parts.key,
    stayed: (session) => ofSession.toolOf(session).stayed(),
    log: parts.log,
  });
  const underWay = sessionEnd({
    clock,
    ofSession,
    watchEveryMs: parts.watchEveryMs,
    onLive: parts.onLive,
    log: parts.log,
    alsoAtEnd: ({ ticketId, facts }, at) =>
      stateSessionEnd(context, {
        ticketId,
        at,
        wasHeld: whoCame(facts.seen) === 'somebody',
      }),
    onEnded: () => {
      forget();
      parts.onLive(false);
      void due.makeAll().catch(parts.log);
    },
  });

  return {
    sessions,
    found: preparation.found,
    receiptProblem: due.problem,
    retryReceipts: due.makeAll,
    seen: (ticketId) => seenSession(ofSession, ticketId),
    prepare: (ticketId) => {
      forget();
      beginSession(parts, ofSession, ticketId);
      context.publish({ kind: 'remoteChanged' });
    },
    leave: () => {
      const session = sessions.open();
      if (session?.state.phase === 'preparing')
        step(session.id, { kind: 'left' }, () => ({ audit: { action: 'session-left' } }));
      forget();
    },
    proved: (proof) => keepProof(context, ofSession, proof),
    withdrawBackup: () => void step(sessions.required().id, { kind: 'backupWithdrawn' }),
    lookAtPrograms: preparation.lookAtPrograms,
    keepProgram: preparation.keepProgram,
    askToClose: preparation.askToClose,
    confirmPrograms: () => preparation.checkPrograms(true),
    checkTool: preparation.checkTool,
    chooseTool: preparation.chooseTool,
    consent: async (name, textSha256) => {
      const answer = await parts.key(current().facts.practice);
      if (answer.kind === 'unavailable') throw AppFault.of(answer.error);
      giveConsent(context, sessions, current(), { name, textSha256, language: parts.language() }, answer.key);
    },
    refuse: () => {
      const session = sessions.open();
      if (session?.state.phase === 'preparing')
        step(session.id, { kind: 'consentRefused' }, () => ({ audit: { action: 'session-refused' } }));
      forget();
    },
    launch: () =>
      launchSession({
        clock,
        ofSession,
        preparation,
        installedPrograms: parts.installedPrograms,
        onLaunched: (session) => underWay.watchFrom(session, false),
        log: parts.log,
      }),
    handOver: (given) =>
      handOverCodes(
        { link, tickets: context.tickets, ofSession, codes, clearClipboard: parts.clearClipboard },
        given,
      ),
    end: underWay.end,
    nextEndStep: underWay.nextEndStep,
    sayEnded: underWay.sayEnded,
    resume: () => {
      const session = sessions.open();
      if (session !== null) step(session.id, { kind: 'restarted' });
    },
    start: () => {
      void due.makeAll().catch(parts.log);
      const session = sessions.open();
      if (session?.state.phase === 'live' || session?.state.phase === 'ending')
        underWay.watchFrom(session, true);
    },
    stop: () => {
      due.stop();
      underWay.stop();
      codes.wipe();
    },
  };
}
