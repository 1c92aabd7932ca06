import { AppFault } from '../../shared/domain/app-error.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { PortalState } from '../../shared/domain/portal-state.ts';
import type { TicketFacts } from '../../shared/domain/remote-session.ts';
import type { RemoteEvent } from '../../shared/flows/remote-session.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { SessionFacts, StoredSession } from '../store/remote-repository.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { RemoteTool } from './remote-tool.ts';
import { sessionStore, type SessionStore, type StepWith, type TakenStep } from './session-store.ts';
import { ticketFacts } from './ticket-facts.ts';

export type CurrentSessionParts = {
  readonly context: ServiceContext;
  readonly link: PortalLink;
  readonly hours: () => PortalState;
  /** The tool of a session: what was begun as practice is held, watched and closed with the stand-in, whatever portal is chosen meanwhile. */
  readonly tool: (practice: boolean) => RemoteTool;
};

/** The one session there is, as every step of it needs it. */
export type CurrentSession = {
  readonly sessions: SessionStore;
  readonly step: (id: string, event: RemoteEvent, also?: (taken: TakenStep) => StepWith) => StoredSession;
  /** What was seen of it, noted with a step. */
  readonly noted: (taken: TakenStep, seen: SessionFacts['seen'][number]['seen']) => Partial<SessionFacts>;
  /** What the ticket says now. */
  readonly facts: (ticketId: TicketId) => TicketFacts;
  /** A preparation for practice is none for the real portal, nor the other way round; what was started goes on as what it is. */
  readonly isOfOtherRealm: (session: StoredSession) => boolean;
  readonly toolOf: (session: StoredSession) => RemoteTool;
  /** The open session with what its ticket says now; written only when that changed. @throws AppFault remote.noSession */
  readonly current: () => StoredSession;
  /** The same, after something that took its time. @throws AppFault remote.noSession when it was left, or another one is open now */
  readonly stillCurrent: (id: string) => StoredSession;
};

const mostSeen = 2_000;

export function currentSession({ context, link, hours, tool }: CurrentSessionParts): CurrentSession {
  const sessions = sessionStore(context);
  const step: CurrentSession['step'] = (id, event, also) => sessions.step(id, event, also).session;
  const facts = (ticketId: TicketId): TicketFacts =>
    ticketFacts(context, ticketId, hours(), link.recipient());
  const isOfOtherRealm = ({ state, facts: { practice } }: StoredSession): boolean =>
    state.phase === 'preparing' && practice !== portalKinds[link.realm()].isPractice;
  const current = (): StoredSession => {
    const session = sessions.required();
    if (isOfOtherRealm(session)) throw new AppFault('remote.noSession');
    const ticket = facts(session.ticketId);
    return JSON.stringify(ticket) === JSON.stringify(session.state.preparation.ticket)
      ? session
      : step(session.id, { kind: 'ticketSeen', ticket });
  };
  return {
    sessions,
    step,
    facts,
    isOfOtherRealm,
    current,
    noted: ({ before }, seen) => ({
      seen: [...before.facts.seen, { at: context.clock.instant(), seen }].slice(-mostSeen),
    }),
    toolOf: (session) => tool(session.facts.practice),
    stillCurrent: (id) => {
      const session = current();
      if (session.id !== id) throw new AppFault('remote.noSession');
      return session;
    },
  };
}
