import { type AppError, AppFault, appError } from '../../shared/domain/app-error.ts';
import type { BackupProof } from '../../shared/domain/backup.ts';
import type { Language, TicketId } from '../../shared/domain/ids.ts';
import type { PortalState } from '../../shared/domain/portal-state.ts';
import type { RemoteSession, Seen } from '../../shared/domain/remote-session.ts';
import type { ToolFinding } from '../../shared/domain/remote-tool.ts';
import { gatesAt, type RemoteEvent } from '../../shared/flows/remote-session.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import type { ProgramsView } from '../../shared/ipc/remote-views.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { Rooms } from '../rooms.ts';
import { storeError } from '../store/store-error.ts';
import type { StoredSession } from '../store/remote-repository.ts';
import { checkedCodes, codeBox, type Codes } from './code-box.ts';
import { giveConsent } from './consent-service.ts';
import type { OpenPrograms } from './open-programs.ts';
import type { KeyAnswer } from './proof/signing-key.ts';
import type { ReceiptService } from './receipt-service.ts';
import type { RemoteTool } from './remote-tool.ts';
import { sessionStore, type SessionStore, type StepWith } from './session-store.ts';
import { sessionWatcher } from './session-watcher.ts';
import type { CheckedProgram } from './teamviewer/check-tool.ts';
import { ticketFacts } from './ticket-facts.ts';

export type RemoteServiceParts = {
  readonly rooms: Rooms;
  readonly link: PortalLink;
  readonly hours: () => PortalState;
  /** The tool of a session: what was begun as practice is held, watched and closed with the stand-in, whatever portal is chosen meanwhile. */
  readonly tool: (practice: boolean) => RemoteTool;
  readonly programs: OpenPrograms;
  readonly key: () => Promise<KeyAnswer>;
  readonly receipts: ReceiptService;
  readonly installedPrograms: () => Promise<readonly string[]>;
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

/** One remote session at a time, from the ticket to the receipt: every step asks the machine, and nothing goes round it. */
export function remoteService(parts: RemoteServiceParts): RemoteService {
  const { rooms, link, programs } = parts;
  const { clock } = rooms;
  const sessions = sessionStore(rooms);
  let found: FoundOnPc = { programs: null, tool: null };
  let program: CheckedProgram | null = null;
  /** In memory only, and for one preparation. */
  let chosenTool: string | null = null;
  let receiptProblem: { readonly sessionId: string; readonly error: AppError } | null = null;
  const kept = new Set<string>();
  const box = codeBox(() => {
    const session = sessions.open();
    if (session !== null) step(session, { kind: 'codesWiped' });
  });
  const watcher = sessionWatcher(parts.watchEveryMs, (seen) => onSeen(seen), parts.log);

  const step = (session: StoredSession, event: RemoteEvent, also?: StepWith): StoredSession => sessions.step(session, event, also).session;
  const noted = (session: StoredSession, seen: StoredSession['facts']['seen'][number]['seen']): Partial<StoredSession['facts']> => ({
    seen: [...session.facts.seen, { at: clock.instant(), seen }].slice(-mostSeen),
  });
  const change = (next: Partial<FoundOnPc>): void => {
    found = { ...found, ...next };
    rooms.publish({ kind: 'remoteChanged' });
  };
  const facts = (ticketId: TicketId): ReturnType<typeof ticketFacts> => ticketFacts(rooms, ticketId, parts.hours(), parts.link.realm());
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
      : step(session, { kind: 'ticketSeen', ticket });
  };
  const forget = (): void => {
    found = { programs: null, tool: null };
    program = null;
    chosenTool = null;
    kept.clear();
    box.wipe();
  };

  const isRecent = (proof: BackupProof | null): boolean => {
    if (proof === null) return false;
    const ageMs = Date.parse(clock.instant()) - Date.parse(proof.kind === 'made' ? proof.finishedAt : proof.declaredAt);
    return ageMs >= 0 && ageMs < backupLifeMs;
  };
  /** The receipt of a session that is over; what keeps it from being made is told where the receipt would stand. */
  const makeReceipt = async (session: StoredSession): Promise<void> => {
    const key = await parts.key();
    if (key.kind === 'unavailable') throw AppFault.of(key.error);
    await parts.receipts.make(session, await toolOf(session).stayed(), key.key);
    receiptProblem = null;
  };
  const finish = async (session: StoredSession): Promise<void> => {
    watcher.stop();
    try {
      await makeReceipt(session);
    } catch (error) {
      receiptProblem = { sessionId: session.id, error: storeError(error) ?? { ...appError('E_UNEXPECTED'), reference: parts.log(error) } };
    } finally {
      // Whatever became of the receipt: the session is over, and nothing may go on saying that it is not.
      forget();
      parts.onLive(false);
      rooms.publish({ kind: 'remoteChanged' });
    }
  };
  const ended = (session: StoredSession): void => {
    void finish(session).catch(parts.log);
  };
  const onSeen = (seen: Seen): void => {
    const session = sessions.open();
    if (session === null) {
      watcher.stop();
      return;
    }
    const isEnd = seen === 'ended';
    const next = step(
      session,
      { kind: 'seen', seen },
      {
        facts: { ...noted(session, seen), ...(isEnd ? { endedAt: clock.instant() } : {}) },
        ...(isEnd ? { audit: { action: 'session-ended', detail: { proof: 'proved' } } } : {}),
      },
    );
    if (next.state.phase === 'ended') ended(next);
  };

  const listPrograms = async (): Promise<ProgramsView> => {
    const list = await programs.list();
    return { known: list !== null, programs: (list ?? []).map((item) => ({ ...item, kept: kept.has(item.id) })) };
  };
  const checkTool = async (): Promise<StoredSession> => {
    const required = rooms.portals.requirements(link.key())?.teamViewerVersion ?? null;
    const tool = toolOf(current());
    const outcome = await tool.check(required, chosenTool);
    const session = current();
    if (outcome.kind === 'refused') {
      program = null;
      change({ tool: { kind: 'refused', reason: outcome.reason, version: outcome.version, required } });
      return step(session, { kind: 'toolRefused' });
    }
    program = outcome.program;
    const { version, signer, sha256 } = program;
    change({ tool: { kind: 'verified', version, signer, sha256, practice: tool.practice } });
    return step(
      session,
      { kind: 'toolVerified', sha256, version, atMs: clock.monotonicMs() },
      { facts: { toolVersion: version, toolSigner: signer } },
    );
  };
  /** Open programs again, as they are now; open gate only when each belongs to the job or was kept on purpose. */
  const checkPrograms = async (): Promise<StoredSession> => {
    const view = await listPrograms();
    change({ programs: view });
    const foreign = view.programs.some(({ belongs, kept: isKept }) => !belongs && !isKept);
    return step(current(), foreign ? { kind: 'programsDoubted' } : { kind: 'programsChecked', atMs: clock.monotonicMs() });
  };
  const watchFrom = (session: StoredSession, fromStart: boolean): void => {
    parts.onLive(true);
    watcher.start(toolOf(session), Date.parse(session.facts.launchedAt ?? session.startedAt), fromStart);
  };

  return {
    sessions,
    found: () => found,
    receiptProblem: (sessionId) => (receiptProblem?.sessionId === sessionId ? receiptProblem.error : null),
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
        rooms.remote.ofTicket(ticketId).find(({ state }) => state.preparation.backupId !== null)?.state.preparation.backupId ?? null;
      if (earlier !== null && session.state.preparation.backupId === null && isRecent(rooms.remote.findProof(earlier)))
        step(session, { kind: 'backupConfirmed', backupId: earlier });
      rooms.publish({ kind: 'remoteChanged' });
    },
    leave: () => {
      const session = sessions.open();
      if (session?.state.phase === 'preparing') step(session, { kind: 'left' }, { audit: { action: 'session-left' } });
      forget();
    },
    proved: (proof) => {
      const session = sessions.required();
      const at = clock.instant();
      step(
        session,
        { kind: 'backupConfirmed', backupId: proof.id },
        {
          alsoIn: () => rooms.remote.addProof(proof, at),
          audit:
            proof.kind === 'made'
              ? {
                  action: 'backup-made',
                  detail: { files: proof.files, bytes: proof.bytes, skipped: proof.skipped.length, manifest: proof.manifestSha256 },
                }
              : { action: 'backup-declared', detail: { on: proof.on } },
        },
      );
    },
    withdrawBackup: () => void step(sessions.required(), { kind: 'backupWithdrawn' }),
    lookAtPrograms: async () => {
      change({ programs: await listPrograms() });
    },
    keepProgram: (id, isKept) => {
      if (isKept) kept.add(id);
      else kept.delete(id);
      const { programs: view } = found;
      if (view !== null)
        change({ programs: { ...view, programs: view.programs.map((item) => (item.id === id ? { ...item, kept: isKept } : item)) } });
      step(sessions.required(), { kind: 'programsDoubted' });
    },
    askToClose: async (id) => {
      if (!(await programs.ask(id))) throw new AppFault('remote.notClosed');
      change({ programs: await listPrograms() });
    },
    confirmPrograms: async () => {
      await checkPrograms();
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
      const answer = await parts.key();
      if (answer.kind === 'unavailable') throw AppFault.of(answer.error);
      giveConsent(rooms, sessions, current(), { name, textSha256, language: parts.language() }, answer.key);
    },
    refuse: () => {
      const session = sessions.open();
      if (session?.state.phase === 'preparing') step(session, { kind: 'consentRefused' }, { audit: { action: 'session-refused' } });
      forget();
    },
    launch: async () => {
      await checkPrograms();
      await checkTool();
      const session = current();
      const checked = program;
      const atMs = clock.monotonicMs();
      const shut = Object.entries(gatesAt(session.state.preparation, atMs)).find(([, finding]) => finding !== null);
      if (shut !== undefined || checked === null) throw new AppFault('remote.gateShut', { gate: shut?.[0] ?? 'teamviewer' });
      const installedBefore = [...(await parts.installedPrograms())].slice(0, 2_000);
      // Stored as launching before anything is started: a crash in between is a session that must be looked at, not one that never was.
      const asked = sessions.step(
        session,
        { kind: 'launchAsked', atMs, toolSha256: checked.sha256 },
        {
          facts: { installedBefore, launchedAt: clock.instant(), ...noted(session, 'launched') },
          audit: { action: 'session-launched', detail: { version: checked.version } },
        },
      );
      if (asked.command !== 'launch') throw new AppFault('remote.gateShut', { gate: 'consent' });
      const isLaunched = await toolOf(asked.session).launch(checked);
      const next = step(asked.session, { kind: isLaunched ? 'launched' : 'launchFailed' });
      if (isLaunched) watchFrom(next, false);
      return isLaunched;
    },
    handOver: async (given) => {
      const codes = checkedCodes(given);
      const session = current();
      const { number, operator } = session.state.preparation.ticket;
      if (!('codes' in session.state) || number === null || operator === null) throw new AppFault('remote.noSession');
      const portal = link.portal();
      if (portal?.capabilities.privateMessage !== true) {
        await parts.clearClipboard(codes);
        step(session, { kind: 'codesShown' }, { facts: noted(session, 'codes-shown'), audit: { action: 'codes-shown' } });
        return 'shown';
      }
      const language = rooms.tickets.find(session.ticketId)?.text.language ?? 'it';
      const text = createTranslator(language)('remote.privateText', codes);
      const named = box.take(text);
      const leaving = step(session, { kind: 'codesLeaving' });
      const outcome = link.observe('write', await portal.sendPrivateMessage({ number, operator, text, ...named }));
      if (outcome.kind !== 'done') throw AppFault.of(outcome.error);
      const now = sessions.open() ?? leaving;
      step(now, { kind: 'codesSent' }, { facts: noted(now, 'codes-sent'), audit: { action: 'codes-sent', detail: { operator } } });
      box.wipe();
      await parts.clearClipboard(codes);
      return 'sent';
    },
    end: async () => {
      const session = sessions.required();
      if (session.state.phase !== 'live') return;
      step(session, { kind: 'endAsked' }, { facts: noted(session, 'end-asked'), audit: { action: 'session-ending' } });
      if (await toolOf(session).close()) step(sessions.required(), { kind: 'endStepped' });
    },
    nextEndStep: async () => {
      const session = sessions.required();
      if (session.state.phase !== 'ending') return;
      if (session.state.step === 'asked') await toolOf(session).close();
      if (session.state.step === 'key') await toolOf(session).stopElevated();
      step(sessions.required(), { kind: 'endStepped' });
    },
    sayEnded: () => {
      const session = sessions.required();
      const next = step(
        session,
        { kind: 'endSaid' },
        session.state.phase === 'ending'
          ? { facts: { endedAt: clock.instant() }, audit: { action: 'session-ended', detail: { proof: 'said' } } }
          : {},
      );
      if (next.state.phase === 'ended') ended(next);
    },
    start: () => {
      const session = sessions.open();
      if (session === null) {
        const last = rooms.remote.newest(1)[0];
        if (last?.state.phase === 'ended' && last.facts.receiptId === null) ended(last);
        return;
      }
      const next = step(session, { kind: 'restarted' });
      if (next.state.phase === 'live' || next.state.phase === 'ending') watchFrom(next, true);
    },
    stop: () => {
      watcher.stop();
      box.wipe();
    },
  };
}
