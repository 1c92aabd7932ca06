import type { EndProof, Seen } from '../../shared/domain/remote-session.ts';
import type { Clock } from '../platform/clock.ts';
import type { StoredSession } from '../store/remote-repository.ts';
import type { CurrentSession } from './current-session.ts';
import type { StepWith, TakenStep } from './session-store.ts';
import { sessionWatcher } from './session-watcher.ts';

export type SessionEndParts = {
  readonly clock: Clock;
  readonly ofSession: CurrentSession;
  readonly watchEveryMs: number;
  /** A session begins to be watched, or is over. */
  readonly onLive: (live: boolean) => void;
  /** Runs with the step that ends it, in its transaction. */
  readonly alsoAtEnd: (session: StoredSession, at: string) => void;
  readonly onEnded: () => void;
  readonly log: (error: unknown) => string;
};

/** A session under way until it is over: watched, asked to end, or said to have ended. */
export type SessionEnd = {
  readonly watchFrom: (session: StoredSession, fromStart: boolean) => void;
  readonly end: () => Promise<void>;
  readonly nextEndStep: () => Promise<void>;
  readonly sayEnded: () => void;
  /** Watches no longer; the session stays what it is. */
  readonly stop: () => void;
};

export function sessionEnd(parts: SessionEndParts): SessionEnd {
  const { clock, ofSession } = parts;
  const { sessions, step, noted, toolOf } = ofSession;
  const watcher = sessionWatcher(parts.watchEveryMs, (seen) => onSeen(seen), parts.log);
  /** What goes with the step that ends a session. */
  const atEnd = ({ before, next }: TakenStep, proof: EndProof): StepWith => {
    const endedAt = clock.instant();
    return {
      facts: { endedAt },
      audit: { action: 'session-ended', detail: { proof } },
      alsoIn: () => (next.phase === 'ended' ? parts.alsoAtEnd(before, endedAt) : undefined),
    };
  };
  const ended = (): void => {
    watcher.stop();
    // Whatever becomes of the receipt: the session is over, and nothing may go on saying that it is not.
    parts.onEnded();
  };
  const onSeen = (seen: Seen): void => {
    const session = sessions.open();
    if (session === null) {
      watcher.stop();
      return;
    }
    const isEnd = seen === 'ended';
    const next = step(session.id, { kind: 'seen', seen }, (taken) => ({
      ...(isEnd ? atEnd(taken, 'proved') : {}),
      facts: { ...noted(taken, seen), ...(isEnd ? { endedAt: clock.instant() } : {}) },
    }));
    if (next.state.phase === 'ended') ended();
  };
  return {
    watchFrom: (session, fromStart) => {
      parts.onLive(true);
      watcher.start(toolOf(session), Date.parse(session.facts.launchedAt ?? session.startedAt), fromStart);
    },
    end: async () => {
      const session = sessions.required();
      if (session.state.phase !== 'live') return;
      step(session.id, { kind: 'endAsked' }, (taken) => ({
        facts: noted(taken, 'end-asked'),
        audit: { action: 'session-ending' },
      }));
      if (await toolOf(session).close()) step(session.id, { kind: 'endStepped' });
    },
    nextEndStep: async () => {
      const session = sessions.required();
      if (session.state.phase !== 'ending') return;
      if (session.state.step === 'asked') await toolOf(session).close();
      // Before the system asks: what it asks for is explained while it does, and a no leaves it to be asked again.
      step(session.id, { kind: 'endStepped' });
      if (session.state.step === 'key' || session.state.step === 'elevated')
        await toolOf(session).stopElevated();
    },
    sayEnded: () => {
      const next = step(sessions.required().id, { kind: 'endSaid' }, (taken) =>
        taken.before.state.phase === 'ending' ? atEnd(taken, 'said') : {},
      );
      if (next.state.phase === 'ended') ended();
    },
    stop: watcher.stop,
  };
}
