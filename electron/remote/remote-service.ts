import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import type { BackupProof } from '../../shared/domain/backup.ts';
import type { Language, TicketId } from '../../shared/domain/ids.ts';
import type { PortalState } from '../../shared/domain/portal-state.ts';
import type { RemoteSession, Seen } from '../../shared/domain/remote-session.ts';
import type { ToolFinding } from '../../shared/domain/remote-tool.ts';
import { gatesAt, type RemoteEvent } from '../../shared/flows/remote-session.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import type { ProgramsView } from '../../shared/ipc/remote-views.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { storeError } from '../store/store-error.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { StoredSession } from '../store/remote-repository.ts';
import { checkedCodes, sessionCodes, type Codes } from './session-codes.ts';
import { giveConsent } from './consent-service.ts';
import type { OpenPrograms } from './open-programs.ts';
import type { KeyAnswer } from './proof/signing-key.ts';
import type { ReceiptService } from './receipt-service.ts';
import { receiptsDue } from './receipts-due.ts';
import type { RemoteTool } from './remote-tool.ts';
import { sessionStore, type SessionStore, type StepWith, type TakenStep } from './session-store.ts';
import { sessionWatcher } from './session-watcher.ts';
import type { CheckedProgram } from './teamviewer/check-tool.ts';
import { ticketFacts } from './ticket-facts.ts';

export type RemoteServiceParts = {
  readonly context: ServiceContext;
  readonly link: PortalLink;
  readonly hours: () => PortalState;
  /** The tool of a session: what was begun as practice is held, watched and closed with the stand-in, whatever portal is chosen meanwhile. */
  readonly tool: (practice: boolean) => RemoteTool;
  readonly programs: OpenPrograms;
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

/** What was found this time the program runs, and is asked again before it counts. */
export type FoundOnPc = { readonly programs: ProgramsView | null; readonly tool: ToolFinding | null };

export type RemoteService = {
  readonly sessions: SessionStore;
  readonly found: () => FoundOnPc;
  /** Why the receipt of this session could not be made; null when it could, or nobody has tried yet. */
  readonly receiptProblem: (sessionId: string) => AppError | null;
  /** Makes every receipt that is missing, and writes every file of one that is. */
  readonly retryReceipts: () => Promise<void>;
  /** The session as the wizard may show it: its ticket looked at anew. */
  readonly seen: (ticketId: TicketId) => { readonly session: StoredSession | null; readonly state: RemoteSession };
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
  /** Takes up what a crash left. */
  readonly start: () => void;
  readonly stop: () => void;
};

const mostSeen = 2_000;
/** A backup of an earlier session is taken for a new one this long, in milliseconds; after a day too much has changed. */
const backupLifeMs = 24 * 60 * 60_000;

/** Whether a backup is young enough at an instant to stand for the session that begins. */
function isRecent(at: string, proof: BackupProof): boolean {
  const ageMs = Date.parse(at) - Date.parse(proof.kind === 'made' ? proof.finishedAt : proof.declaredAt);
  return ageMs >= 0 && ageMs < backupLifeMs;
}

/** One remote session at a time, from the ticket to the receipt: every step asks the machine, and nothing goes round it. */
export function remoteService(parts: RemoteServiceParts): RemoteService {
  const { context, link, programs } = parts;
  const { clock } = context;
  const sessions = sessionStore(context);
  let found: FoundOnPc = { programs: null, tool: null };
  let program: CheckedProgram | null = null;
  /** In memory only, and for one preparation. */
  let chosenTool: string | null = null;
  const kept = new Set<string>();
  const box = sessionCodes(() => {
    const session = sessions.open();
    if (session !== null) step(session.id, { kind: 'codesWiped' });
  });
  const watcher = sessionWatcher(parts.watchEveryMs, (seen) => onSeen(seen), parts.log);

  const step = (id: string, event: RemoteEvent, also?: (taken: TakenStep) => StepWith): StoredSession =>
    sessions.step(id, event, also).session;
  const noted = ({ before }: TakenStep, seen: StoredSession['facts']['seen'][number]['seen']): Partial<StoredSession['facts']> => ({
    seen: [...before.facts.seen, { at: clock.instant(), seen }].slice(-mostSeen),
  });
  const change = (next: Partial<FoundOnPc>): void => {
    found = { ...found, ...next };
    context.publish({ kind: 'remoteChanged' });
  };
  const facts = (ticketId: TicketId): ReturnType<typeof ticketFacts> =>
    ticketFacts(context, ticketId, parts.hours(), parts.link.recipient());
  /** A preparation for practice is none for the real portal, nor the other way round; what was started goes on as what it is. */
  const isOfOtherRealm = ({ state, facts: { practice } }: StoredSession): boolean =>
    state.phase === 'preparing' && practice !== (link.realm() === 'practice');
  const toolOf = (session: StoredSession): RemoteTool => parts.tool(session.facts.practice);
  /** The open session with what its ticket says now; written only when that changed. @throws AppFault remote.noSession */
  const current = (): StoredSession => {
    const session = sessions.required();
    if (isOfOtherRealm(session)) throw new AppFault('remote.noSession');
    const ticket = facts(session.ticketId);
    return JSON.stringify(ticket) === JSON.stringify(session.state.preparation.ticket)
      ? session
      : step(session.id, { kind: 'ticketSeen', ticket });
  };
  /** The same, after something that took its time. @throws AppFault remote.noSession when it was left, or another one is open now */
  const stillCurrent = (id: string): StoredSession => {
    const session = current();
    if (session.id !== id) throw new AppFault('remote.noSession');
    return session;
  };
  /** The person said that nothing foreign is open where the system does not know. */
  let hasLooked = false;
  const forget = (): void => {
    found = { programs: null, tool: null };
    program = null;
    chosenTool = null;
    kept.clear();
    hasLooked = false;
    box.wipe();
  };

  const due = receiptsDue({
    context,
    receipts: parts.receipts,
    key: parts.key,
    stayed: (session) => toolOf(session).stayed(),
    log: parts.log,
  });
  const ended = (): void => {
    watcher.stop();
    // Whatever becomes of the receipt: the session is over, and nothing may go on saying that it is not.
    forget();
    parts.onLive(false);
    void due.makeAll().catch(parts.log);
  };
  const onSeen = (seen: Seen): void => {
    const session = sessions.open();
    if (session === null) {
      watcher.stop();
      return;
    }
    const isEnd = seen === 'ended';
    const next = step(session.id, { kind: 'seen', seen }, (taken) => ({
      facts: { ...noted(taken, seen), ...(isEnd ? { endedAt: clock.instant() } : {}) },
      ...(isEnd ? { audit: { action: 'session-ended', detail: { proof: 'proved' } } } : {}),
    }));
    if (next.state.phase === 'ended') ended();
  };

  const listPrograms = async (): Promise<ProgramsView> => {
    const list = await programs.list();
    return { known: list !== null, programs: (list ?? []).map((item) => ({ ...item, kept: kept.has(item.id) })) };
  };
  const checkTool = async (): Promise<StoredSession> => {
    const required = context.portals.requirements(link.key())?.teamViewerVersion ?? null;
    const { id, facts: known } = current();
    const tool = parts.tool(known.practice);
    const outcome = await tool.check(required, chosenTool);
    stillCurrent(id);
    if (outcome.kind === 'refused') {
      program = null;
      change({ tool: { kind: 'refused', reason: outcome.reason, version: outcome.version, required } });
      return step(id, { kind: 'toolRefused' });
    }
    program = outcome.program;
    const { version, signer, sha256 } = program;
    change({ tool: { kind: 'verified', version, signer, sha256, practice: tool.practice } });
    return step(id, { kind: 'toolVerified', sha256, version, atMs: clock.monotonicMs() }, ({ before }) =>
      before.state.phase === 'preparing' ? { facts: { toolVersion: version, toolSigner: signer } } : {},
    );
  };
  /**
   * Open programs again, as they are now; open gate only when each belongs to the job or was kept on purpose. Where the system does not
   * say, it is the person's word for this preparation, and nobody else's.
   */
  const checkPrograms = async (byPerson: boolean): Promise<StoredSession> => {
    const { id } = current();
    const view = await listPrograms();
    stillCurrent(id);
    change({ programs: view });
    if (byPerson && !view.known) hasLooked = true;
    const foreign = view.programs.some(({ belongs, kept: isKept }) => !belongs && !isKept);
    return step(
      id,
      foreign || (!view.known && !hasLooked) ? { kind: 'programsDoubted' } : { kind: 'programsChecked', atMs: clock.monotonicMs() },
    );
  };
  const watchFrom = (session: StoredSession, fromStart: boolean): void => {
    parts.onLive(true);
    watcher.start(toolOf(session), Date.parse(session.facts.launchedAt ?? session.startedAt), fromStart);
  };

  /** Starts what was checked. What keeps it from starting leaves no session behind: nobody could end one that never was. */
  const startTool = async (session: StoredSession, checked: CheckedProgram): Promise<boolean> => {
    let isLaunched = false;
    let fault: AppFault | null = null;
    try {
      isLaunched = await toolOf(session).launch(checked);
    } catch (error) {
      const known = storeError(error);
      fault =
        known?.code === 'store.diskFull'
          ? new AppFault(known.code, known.params)
          : new AppFault('remote.notStarted', { reference: parts.log(error) });
    }
    const next = step(session.id, { kind: isLaunched ? 'launched' : 'launchFailed' }, () =>
      isLaunched ? {} : { audit: { action: 'session-not-started' } },
    );
    if (fault !== null) throw fault;
    if (isLaunched) watchFrom(next, false);
    return isLaunched;
  };

  return {
    sessions,
    found: () => found,
    receiptProblem: due.problem,
    retryReceipts: due.makeAll,
    seen: (ticketId) => {
      const session = sessions.ofTicket(ticketId);
      const ticket = facts(ticketId);
      if (session === null || session.state.phase === 'abandoned' || isOfOtherRealm(session))
        return {
          session: null,
          state: {
            phase: 'preparing',
            preparation: {
              ticket,
              backupId: session?.state.preparation.backupId ?? null,
              programsCheckedMs: null,
              tool: null,
              consent: null,
            },
          },
        };
      const shown =
        session.state.phase === 'preparing' ? { ...session.state, preparation: { ...session.state.preparation, ticket } } : session.state;
      return { session, state: shown };
    },
    prepare: (ticketId) => {
      forget();
      const session = sessions.begin(ticketId, facts(ticketId), link.realm() === 'practice');
      // A backup proved for this ticket today is still one: only consent and checks are asked for again.
      const earlier =
        context.remote.ofTicket(ticketId).find(({ state }) => state.preparation.backupId !== null)?.state.preparation.backupId ?? null;
      const proof = earlier === null ? null : readRowOrNull(() => context.remote.findProof(earlier));
      if (proof !== null && session.state.preparation.backupId === null && isRecent(clock.instant(), proof))
        step(session.id, { kind: 'backupConfirmed', backupId: proof.id });
      context.publish({ kind: 'remoteChanged' });
    },
    leave: () => {
      const session = sessions.open();
      if (session?.state.phase === 'preparing') step(session.id, { kind: 'left' }, () => ({ audit: { action: 'session-left' } }));
      forget();
    },
    proved: (proof) => {
      const at = clock.instant();
      step(sessions.required().id, { kind: 'backupConfirmed', backupId: proof.id }, () => ({
        alsoIn: () => context.remote.addProof(proof, at),
        audit:
          proof.kind === 'made'
            ? {
                action: 'backup-made',
                detail: { files: proof.files, bytes: proof.bytes, skipped: proof.skipped.length, manifest: proof.manifestSha256 },
              }
            : { action: 'backup-declared', detail: { on: proof.on } },
      }));
    },
    withdrawBackup: () => void step(sessions.required().id, { kind: 'backupWithdrawn' }),
    lookAtPrograms: async () => {
      change({ programs: await listPrograms() });
    },
    keepProgram: (id, isKept) => {
      if (isKept) kept.add(id);
      else kept.delete(id);
      const { programs: view } = found;
      if (view !== null)
        change({ programs: { ...view, programs: view.programs.map((item) => (item.id === id ? { ...item, kept: isKept } : item)) } });
      step(sessions.required().id, { kind: 'programsDoubted' });
    },
    askToClose: async (id) => {
      if (!(await programs.ask(id))) throw new AppFault('remote.notClosed');
      change({ programs: await listPrograms() });
    },
    confirmPrograms: async () => {
      await checkPrograms(true);
    },
    checkTool: async () => {
      await checkTool();
    },
    chooseTool: async (path) => {
      sessions.required();
      chosenTool = path;
      await checkTool();
    },
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
    launch: async () => {
      const { id } = current();
      // Slow, and no check: what is checked below must still be true at the launch.
      const installedBefore = (await parts.installedPrograms())?.slice(0, 2_000) ?? null;
      await checkPrograms(false);
      await checkTool();
      // From here to the step nothing is waited for: whatever was left, refused, withdrawn or ran out meanwhile is seen here.
      const { state } = stillCurrent(id);
      if (state.phase !== 'preparing') throw new AppFault('remote.alreadyStarted');
      const checked = program;
      const atMs = clock.monotonicMs();
      const shut = Object.entries(gatesAt(state.preparation, atMs)).find(([, finding]) => finding !== null);
      if (shut !== undefined || checked === null) throw new AppFault('remote.gateShut', { gate: shut?.[0] ?? 'teamviewer' });
      // Stored as launching before anything is started: a crash in between is a session that must be looked at, not one that never was.
      const asked = sessions.step(id, { kind: 'launchAsked', atMs, toolSha256: checked.sha256 }, (taken) =>
        taken.command === 'launch'
          ? {
              facts: { installedBefore, launchedAt: clock.instant(), ...noted(taken, 'launched') },
              audit: { action: 'session-launched', detail: { version: checked.version } },
            }
          : {},
      );
      if (asked.command !== 'launch') throw new AppFault('remote.gateShut', { gate: 'teamviewer' });
      return startTool(asked.session, checked);
    },
    handOver: async (given) => {
      const codes = checkedCodes(given);
      const {
        id,
        ticketId,
        state,
        facts: { practice },
      } = current();
      const { number, operator } = state.preparation.ticket;
      if (!('codes' in state) || number === null || operator === null) throw new AppFault('remote.noSession');
      // Another portal than the one it was begun on knows no such ticket, or another one by that number.
      const portal = practice === (link.realm() === 'practice') ? link.portal() : null;
      if (portal?.capabilities.privateMessage !== true) {
        step(id, { kind: 'codesShown' }, (taken) => ({ facts: noted(taken, 'codes-shown'), audit: { action: 'codes-shown' } }));
        await parts.clearClipboard(codes);
        return 'shown';
      }
      const language = context.tickets.find(ticketId)?.text.language ?? 'it';
      const text = createTranslator(language)('remote.privateText', codes);
      const named = box.take(text);
      step(id, { kind: 'codesLeaving' });
      const outcome = link.observe('write', await portal.sendPrivateMessage({ number, operator, text, ...named }));
      if (outcome.kind !== 'done') throw AppFault.of(outcome.error);
      // Also when the session ended meanwhile: they were told, and the audit says so.
      step(id, { kind: 'codesSent' }, (taken) => ({
        facts: noted(taken, 'codes-sent'),
        audit: { action: 'codes-sent', detail: { operator } },
      }));
      box.wipe();
      await parts.clearClipboard(codes);
      return 'sent';
    },
    end: async () => {
      const session = sessions.required();
      if (session.state.phase !== 'live') return;
      step(session.id, { kind: 'endAsked' }, (taken) => ({ facts: noted(taken, 'end-asked'), audit: { action: 'session-ending' } }));
      if (await toolOf(session).close()) step(session.id, { kind: 'endStepped' });
    },
    nextEndStep: async () => {
      const session = sessions.required();
      if (session.state.phase !== 'ending') return;
      if (session.state.step === 'asked') await toolOf(session).close();
      // Before the system asks: what it asks for is explained while it does, and a no leaves it to be asked again.
      step(session.id, { kind: 'endStepped' });
      if (session.state.step === 'key' || session.state.step === 'elevated') await toolOf(session).stopElevated();
    },
    sayEnded: () => {
      const next = step(sessions.required().id, { kind: 'endSaid' }, ({ before }) =>
        before.state.phase === 'ending'
          ? { facts: { endedAt: clock.instant() }, audit: { action: 'session-ended', detail: { proof: 'said' } } }
          : {},
      );
      if (next.state.phase === 'ended') ended();
    },
    start: () => {
      void due.makeAll().catch(parts.log);
      const session = sessions.open();
      if (session === null) return;
      const next = step(session.id, { kind: 'restarted' });
      if (next.state.phase === 'live' || next.state.phase === 'ending') watchFrom(next, true);
    },
    stop: () => {
      due.stop();
      watcher.stop();
      box.wipe();
    },
  };
}
