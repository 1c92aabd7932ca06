import { type PortalFailure, refused } from '../contract/outcome.ts';
import type { RedmineIssue } from './redmine-answers.ts';
import type { RedmineAsk } from './redmine-exchange.ts';
import { issueOf } from './redmine-issue.ts';

/** An issue that fails so often, each time a while after the last, is told without its conversation: it must not hold all others. */
const mostFailures = 3;
/** Issues whose failures are remembered. */
const mostRemembered = 500;

/** Refusals that speak of one issue, or may. */
const ofOneIssue: ReadonlySet<string> = new Set([
  'portal.badAnswer',
  'portal.serverFault',
  'portal.tooLarge',
  'portal.rejected',
  'portal.forbidden',
  'portal.notFound',
]);
const isOfOneIssue = ({ error, retryAfterMs }: PortalFailure): boolean =>
  ofOneIssue.has(error.code) && (retryAfterMs ?? null) === null;
const isGone = ({ error }: PortalFailure): boolean =>
  error.code === 'portal.notFound' || error.code === 'portal.forbidden';

/** `unheard`: why it comes as the list has it, without its conversation. */
export type Conversation = { readonly issue: RedmineIssue; readonly unheard: string | null };

export type Conversations = {
  /** The issue with its conversation, or as the list has it where that does not come; a failure where everything has to wait. */
  readonly whole: (issue: RedmineIssue, turn: AbortSignal) => Promise<Conversation | PortalFailure>;
  /** Of issues that came without their conversation those that have it by now, and the numbers of the others; asked while there is time. */
  readonly later: (
    ids: readonly number[],
    turn: AbortSignal,
    mayAsk: () => boolean,
  ) => Promise<{ readonly heard: readonly RedmineIssue[]; readonly again: readonly number[] }>;
};

/** Reads issues with their conversations, one after the other, and remembers which of them fail. */
export function redmineConversations(ask: RedmineAsk, nowMs: () => number, failureMs: number): Conversations {
  const failures = new Map<string, { readonly count: number; readonly atMs: number }>();
  const asked = new Map<number, number>();
  const isLong = (sinceMs: number | undefined): boolean =>
    sinceMs === undefined || Math.abs(nowMs() - sinceMs) >= failureMs;
  const note = <K, V>(map: Map<K, V>, key: K, value: V): void => {
    if (!map.has(key) && map.size >= mostRemembered) map.clear();
    map.set(key, value);
  };
  const read = (id: number, turn: AbortSignal) =>
    issueOf(ask.hear, String(id), ['journals', 'attachments'], turn);

  return {
    whole: async (issue, turn) => {
      const key = `${issue.id} ${issue.updated_on ?? ''}`;
      const heard = await read(issue.id, turn);
      if (heard.kind === 'done') {
        failures.delete(key);
        return { issue: heard.value, unheard: null };
      }
      const seen = failures.get(key);
      // Steps are tried in every size one right after the other: that is one failure.
      const count = (seen?.count ?? 0) + (isLong(seen?.atMs) ? 1 : 0);
      if (isLong(seen?.atMs)) note(failures, key, { count, atMs: nowMs() });
      const isLeft = isOfOneIssue(heard) && (isGone(heard) || count >= mostFailures);
      if (!isLeft) return heard;
      note(asked, issue.id, nowMs());
      return { issue, unheard: heard.error.code };
    },
    later: async (ids, turn, mayAsk) => {
      const heard: RedmineIssue[] = [];
      const again: number[] = [];
      let isOver = false;
      for (const id of ids) {
        if (isOver || !mayAsk() || !isLong(asked.get(id))) {
          again.push(id);
          continue;
        }
        note(asked, id, nowMs());
        const one = await read(id, turn);
        if (one.kind === 'done') heard.push(one.value);
        else if (one.error.code !== 'portal.notFound') again.push(id);
        // Whoever is away, or wants to be left alone, is not asked for the others.
        isOver = one.kind !== 'done' && !isOfOneIssue(one);
      }
      return { heard, again };
    },
  };
}

/** Whether a step has to end with this failure though the server said nothing of the kind: its time was over. */
export const isOutOfTime = (failure: PortalFailure, turn: AbortSignal): boolean =>
  turn.aborted && (failure.error.code === 'cancelled' || failure.error.code === 'portal.timeout');

/** The time of a step was over before it brought anything. */
export const outOfTime = (): PortalFailure => refused('portal.timeout', 'later');
