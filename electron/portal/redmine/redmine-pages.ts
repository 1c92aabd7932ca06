import { mapDone, refused } from '../contract/outcome.ts';
import type { PortalOutcome } from '../port.ts';
import { issueListSchema, type RedmineEntry, type RedmineIssue } from './redmine-answers.ts';
import { isSamePlace, type NewsPlace } from './redmine-cursor.ts';
import type { RedmineAsk } from './redmine-exchange.ts';

/** Questions of one step, where they bring nothing but the way on. */
const mostQuestions = 10;

/** Some issues, entries that cannot be read, how far they lead, and whether more may stand behind. */
export type NewsPages = {
  readonly issues: readonly RedmineIssue[];
  readonly odd: readonly unknown[];
  readonly reached: NewsPlace;
  readonly isFull: boolean;
  /** Where to go on if the issue of that index is the first that was not looked at. */
  readonly before: (index: number) => NewsPlace;
};

const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const secondOf = (told: string | null): number | null =>
  told === null ? null : Math.floor(Date.parse(told) / 1_000) * 1_000;
const oddOf = (entries: readonly RedmineEntry[]): readonly unknown[] =>
  entries.flatMap(({ issue, updatedOn, told }) => (issue === null || updatedOn === null ? [told] : []));
/** Issues of that user whose second is as `isMeant` says; the others only lead on. */
const ownIssues = (
  entries: readonly RedmineEntry[],
  me: number,
  isMeant: (second: number) => boolean,
): readonly RedmineIssue[] =>
  entries.flatMap(({ issue, updatedOn }) => {
    const second = secondOf(updatedOn);
    return issue !== null && second !== null && issue.author?.id === me && isMeant(second) ? [issue] : [];
  });

/** Reads the list of issues on from a place, leaving nothing out whatever shares a second. */
export function pagesFrom(
  ask: RedmineAsk,
): (from: NewsPlace, me: number, limit: number, turn: AbortSignal) => Promise<PortalOutcome<NewsPages>> {
  type Who = { readonly me: number; readonly limit: number; readonly turn: AbortSignal };
  const list = (filters: Readonly<Record<string, string>>, sort: string, { me, limit, turn }: Who) => {
    const query = new URLSearchParams({
      status_id: '*',
      author_id: String(me),
      sort,
      limit: String(limit),
      ...filters,
    });
    return ask.hear(`/issues.json?${query.toString()}`, issueListSchema, turn);
  };

  /** What else changed in the second where the last look ended, by number; the server may count its neighbours to it, so it is asked widely. */
  const withinSecond = async (place: NewsPlace, who: Who): Promise<PortalOutcome<NewsPages>> => {
    const { sinceMs, lastId } = place;
    const heard = await list(
      { updated_on: `><${instant(sinceMs)}|${instant(sinceMs + 1_000)}`, issue_id: `>=${lastId + 1}` },
      'id:asc',
      who,
    );
    if (heard.kind !== 'done') return heard;
    const { entries, count } = heard.value;
    const ids = entries.flatMap(({ id }) => id ?? []);
    if (ids.some((id, index) => id <= (ids[index - 1] ?? lastId)))
      return refused('portal.badAnswer', 'later');
    const isFull = count >= who.limit;
    const within = entries.filter(({ updatedOn }) => [null, sinceMs].includes(secondOf(updatedOn)));
    const last = isFull ? ids.at(-1) : within.flatMap(({ id }) => id ?? []).at(-1);
    // A full page without one number leads nowhere within its second.
    const isLost = isFull && last === undefined;
    const issues = ownIssues(entries, who.me, (second) => second === sinceMs);
    return mapDone(heard, () => ({
      issues,
      odd: oddOf(entries),
      reached: isLost ? { sinceMs: sinceMs + 1_000, lastId: 0 } : { sinceMs, lastId: last ?? lastId },
      isFull,
      before: (index) => ({ sinceMs, lastId: issues[index - 1]?.id ?? lastId }),
    }));
  };

  /** What changed after that second, in the order of time. A second that may be cut off by the end of a page is left to be read by number. */
  const afterSecond = async (place: NewsPlace, who: Who): Promise<PortalOutcome<NewsPages>> => {
    const fromMs = place.sinceMs === 0 ? 0 : place.sinceMs + 1_000;
    const heard = await list({ updated_on: `>=${instant(fromMs)}` }, 'updated_on:asc,id:asc', who);
    if (heard.kind !== 'done') return heard;
    const { entries, count } = heard.value;
    const seconds = entries.flatMap(({ updatedOn }) => secondOf(updatedOn) ?? []);
    if (seconds.some((second, index) => second < (seconds[index - 1] ?? place.sinceMs)))
      return refused('portal.badAnswer', 'later');
    const isFull = count >= who.limit;
    const lastMs = seconds.at(-1);
    const isAfter = (second: number): boolean => second > place.sinceMs;
    const issues = ownIssues(
      entries,
      who.me,
      // A server that keeps parts of a second counts the rest of that second to the next one, and it may fill the page.
      isFull ? (second) => isAfter(second) && second < (lastMs ?? 0) : isAfter,
    );
    const reached = (): NewsPlace => {
      // A full page without one time is told and left behind.
      if (isFull)
        return { sinceMs: lastMs === undefined ? fromMs + 1_000 : Math.max(lastMs, fromMs), lastId: 0 };
      if (lastMs === undefined || !isAfter(lastMs)) return place;
      const last = entries.filter(({ updatedOn }) => secondOf(updatedOn) === lastMs);
      return { sinceMs: lastMs, lastId: Math.max(0, ...last.map(({ id }) => id ?? 0)) };
    };
    return mapDone(heard, () => ({
      issues,
      odd: oddOf(entries),
      reached: reached(),
      isFull,
      before: (index) => ({
        sinceMs: secondOf(issues[index]?.updated_on ?? null) ?? place.sinceMs,
        lastId: 0,
      }),
    }));
  };

  /** The next part that brings something, or the end; some questions bring nothing but the way on. */
  return async (from, me, limit, turn) => {
    const who = { me, limit, turn };
    const odd: unknown[] = [];
    let place = from;
    for (let asked = 1; ; asked += 1) {
      const within = place.sinceMs === 0 ? null : await withinSecond(place, who);
      if (within !== null && within.kind !== 'done') return within;
      if (within !== null) odd.push(...within.value.odd);
      if (within !== null && (within.value.issues.length > 0 || within.value.isFull)) {
        if (within.value.issues.length > 0 || odd.length > 0 || asked >= mostQuestions)
          return mapDone(within, (part) => ({ ...part, odd, isFull: true }));
        place = within.value.reached;
        continue;
      }
      const after = await afterSecond(place, who);
      if (after.kind !== 'done') return after;
      odd.push(...after.value.odd);
      const { issues, isFull, reached } = after.value;
      if (issues.length > 0 || odd.length > 0 || !isFull || asked >= mostQuestions)
        return mapDone(after, (part) => ({ ...part, odd }));
      if (isSamePlace(place, reached)) return mapDone(after, (part) => ({ ...part, odd, isFull: false }));
      place = reached;
    }
  };
}
