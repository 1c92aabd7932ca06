import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { AuditAction, AuditEntry } from '../../shared/domain/audit-entry.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { RemoteSession, TicketFacts } from '../../shared/domain/remote-session.ts';
import { newRemoteSession, type RemoteEvent, remoteStep } from '../../shared/flows/remote-session.ts';
import { failpoint } from '../platform/failpoint.ts';
import type { Rooms } from '../rooms.ts';
import type { SessionFacts, StoredSession } from '../store/remote-repository.ts';

export type SessionAuditLine = { readonly action: AuditAction; readonly detail?: AuditEntry['detail'] };

/** What else belongs to a step: facts noted with it, the line in the audit, and rows written in the same transaction. */
export type StepWith = { readonly facts?: Partial<SessionFacts>; readonly audit?: SessionAuditLine; readonly alsoIn?: () => void };

export type SessionStore = {
  /** The session that is not over, of whichever ticket; null when there is none. */
  readonly open: () => StoredSession | null;
  /** The open session of this ticket, else its newest one. */
  readonly ofTicket: (ticketId: TicketId) => StoredSession | null;
  readonly begin: (ticketId: TicketId, ticket: TicketFacts, practice: boolean) => StoredSession;
  /** One step of the machine and all that goes with it, in one transaction: after a crash both are there or neither is. */
  readonly step: (
    session: StoredSession,
    event: RemoteEvent,
    also?: StepWith,
  ) => { readonly session: StoredSession; readonly command: 'launch' | null };
  /** @throws AppFault remote.noSession */
  readonly required: () => StoredSession;
};

const over: ReadonlySet<RemoteSession['phase']> = new Set(['ended', 'abandoned']);

/** Sessions as rows: what the machine says is what the store says, step by step. */
export function sessionStore(rooms: Rooms): SessionStore {
  const { remote, audit, clock, transact, publish } = rooms;
  const open = (): StoredSession | null => remote.newest(5).find(({ state }) => !over.has(state.phase)) ?? null;
  const step: SessionStore['step'] = (session, event, also = {}) => {
    const { next, command } = remoteStep(session.state, event);
    const stepped: StoredSession = { ...session, state: next, facts: { ...session.facts, ...also.facts } };
    transact(() => {
      remote.saveSession(session.id, stepped.state, stepped.facts, clock.instant());
      also.alsoIn?.();
      if (also.audit !== undefined) audit.append(clock.instant(), also.audit.action, session.id, also.audit.detail ?? {});
      failpoint(`remote.${event.kind}.inTx`);
    });
    failpoint(`remote.${event.kind}`);
    publish({ kind: 'remoteChanged' });
    return { session: stepped, command };
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
        step(other, { kind: 'left' }, { audit: { action: 'session-left' } });
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
      const session: StoredSession = { id: randomUUID(), ticketId, state: newRemoteSession(ticket), facts, startedAt: clock.instant() };
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
