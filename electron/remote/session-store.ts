import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { AuditAction, AuditEntry } from '../../shared/domain/audit-entry.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { RemoteSession, TicketFacts } from '../../shared/domain/remote-session.ts';
import {
  newRemoteSession,
  type RemoteEvent,
  type RemoteStep,
  remoteStep,
} from '../../shared/flows/remote-session.ts';
import { failpoint } from '../platform/failpoint.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { SessionFacts, StoredSession } from '../store/remote-repository.ts';

export type SessionAuditLine = { readonly action: AuditAction; readonly detail?: AuditEntry['detail'] };

/** What else belongs to a step: facts noted with it, the line in the audit, and rows written in the same transaction. */
export type StepWith = {
  readonly facts?: Partial<SessionFacts>;
  readonly audit?: SessionAuditLine;
  readonly alsoIn?: () => void;
};
/** A step as it was taken: the row it found, what the machine made of it, and what it commands. */
export type TakenStep = {
  readonly before: StoredSession;
  readonly next: RemoteSession;
  readonly command: RemoteStep['command'];
};

export type SessionStore = {
  /** The session that is not over, of whichever ticket; null when there is none. */
  readonly open: () => StoredSession | null;
  /** The open session of this ticket, else its newest one. */
  readonly ofTicket: (ticketId: TicketId) => StoredSession | null;
  readonly begin: (ticketId: TicketId, ticket: TicketFacts, practice: boolean) => StoredSession;
  /**
   * One step of the machine and all that goes with it, in one transaction: after a crash both are there or neither is. The row is
   * read in it: whoever waited for something since they last looked does not write an old session over what came meanwhile.
   * @param also told the step as it was taken, so that nothing is noted of one the machine refused
   * @throws AppFault remote.noSession
   */
  readonly step: (
    id: string,
    event: RemoteEvent,
    also?: (taken: TakenStep) => StepWith,
  ) => { readonly session: StoredSession; readonly command: RemoteStep['command'] };
  /** @throws AppFault remote.noSession */
  readonly required: () => StoredSession;
};

const over: ReadonlySet<RemoteSession['phase']> = new Set(['ended', 'abandoned']);

/** Sessions as rows: what the machine says is what the store says, step by step. */
export function sessionStore(context: ServiceContext): SessionStore {
  const { remote, audit, clock, transact, publish } = context;
  const open = (): StoredSession | null =>
    remote.newest(5).find(({ state }) => !over.has(state.phase)) ?? null;
  const step: SessionStore['step'] = (id, event, also = () => ({})) => {
    const stepped = transact(() => {
      const before = remote.find(id);
      if (before === null) throw new AppFault('remote.noSession');
      const { next, command } = remoteStep(before.state, event);
      const { facts, audit: line, alsoIn } = also({ before, next, command });
      const session: StoredSession = { ...before, state: next, facts: { ...before.facts, ...facts } };
      remote.saveSession(id, session.state, session.facts, clock.instant());
      alsoIn?.();
      if (line !== undefined) audit.append(clock.instant(), line.action, id, line.detail ?? {});
      failpoint(`remote.${event.kind}.inTx`);
      return { session, command };
    });
    failpoint(`remote.${event.kind}`);
    publish({ kind: 'remoteChanged' });
    return stepped;
  };
  return {
    open,
    step,
    ofTicket: (ticketId) => {
      const all = remote.ofTicket(ticketId);
      return all.find(({ state }) => !over.has(state.phase)) ?? all[0] ?? null;
    },
    begin: (ticketId, ticket, practice) => {
      const other = open();
      if (other !== null) {
        const isPreparing = other.state.phase === 'preparing';
        if (other.ticketId === ticketId && (!isPreparing || other.facts.practice === practice)) return other;
        if (!isPreparing) throw new AppFault('remote.otherSession');
        // Nothing was started for it yet: turning to another ticket, or from practice to the real thing, is leaving it.
        step(other.id, { kind: 'left' }, () => ({ audit: { action: 'session-left' } }));
      }
      const facts: SessionFacts = {
        practice,
        toolVersion: '',
        toolSigner: '',
        consentId: null,
        launchedAt: null,
        endedAt: null,
        seen: [],
        installedBefore: [],
        receiptId: null,
      };
      const session: StoredSession = {
        id: randomUUID(),
        ticketId,
        state: newRemoteSession(ticket),
        facts,
        startedAt: clock.instant(),
      };
      transact(() => {
        remote.insertSession(session);
        audit.append(session.startedAt, 'session-prepared', session.id, { ticket: ticket.number ?? '' });
      });
      return session;
    },
    required: () => {
      const session = open();
      if (session === null) throw new AppFault('remote.noSession');
      return session;
    },
  };
}
