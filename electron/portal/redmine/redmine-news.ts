import { changesPageSchema, type HeardChanges, heardChanges } from '../../../shared/portal/heard-changes.ts';
import { inTurns } from '../../platform/in-turns.ts';
import { mapDone, type PortalFailure, refused } from '../contract/outcome.ts';
import type { PortalOutcome } from '../port.ts';
import {
  issueListSchema,
  oneIssueSchema,
  type RedmineIssue,
  type RedmineJournal,
} from './redmine-answers.ts';
import { cursorOf, type NewsPlace, placeOf, restingPlace } from './redmine-cursor.ts';
import { type KnownDesk, type RedmineDesk, fieldValue } from './redmine-desk.ts';
import type { RedmineAsk } from './redmine-exchange.ts';
import { partedReference } from './reference-line.ts';

/** Issues of one step: each is asked for its conversation, one after the other. */
const mostIssues = 20;
/** An issue that fails so often in a row is told without its conversation: it must not hold all others. */
const mostFailures = 3;
/** Questions of one step, where they bring nothing but the way on. */
const mostQuestions = 10;
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

const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const secondOf = ({ updated_on }: RedmineIssue): number | null =>
  updated_on === null ? null : Math.floor(Date.parse(updated_on) / 1_000) * 1_000;

/** Notes that everybody with that issue may read; the server gives others to nobody who may not. */
const isTold = ({ notes, private_notes, details }: RedmineJournal): boolean =>
  !private_notes && (notes.trim() !== '' || details.some(({ property }) => property === 'attachment'));

/** Files a journal brought, as the news have them. */
function filesOf({ details }: RedmineJournal, issue: RedmineIssue): readonly object[] {
  const ids = new Set(details.filter(({ property }) => property === 'attachment').map(({ name }) => name));
  return issue.attachments
    .filter(({ id }) => ids.has(String(id)))
    .map(({ filename, filesize, description }) => ({
      clientReference: partedReference(description).reference,
      name: filename,
      sizeBytes: filesize,
      sha256: null,
    }));
}

/** One issue as an entry of the news. */
function ticketOf(issue: RedmineIssue, { me, referenceField, serialField }: KnownDesk): object {
  const { text, reference } = partedReference(issue.description);
  const kept = fieldValue(issue, referenceField).trim();
  const last = issue.journals.findLast((journal) => !journal.private_notes && journal.notes.trim() !== '');
  const operator = issue.assigned_to === null ? null : (issue.assigned_to?.name ?? null);
  const isAnswered = last !== undefined && last.user?.id !== me;
  return {
    number: String(issue.id),
    clientReference: kept === '' ? reference : kept,
    state:
      issue.status?.is_closed === true
        ? 'closed'
        : isAnswered
          ? 'waiting-customer'
          : operator === null
            ? 'open'
            : 'assigned',
    subject: issue.subject.slice(0, 160),
    body: text,
    productId: '',
    serial: fieldValue(issue, serialField),
    operator: isAnswered ? (last.user?.name ?? operator) : operator,
    receivedAt: issue.created_on,
  };
}

function messagesOf(issue: RedmineIssue, me: number): readonly object[] {
  return issue.journals.filter(isTold).flatMap((journal) => {
    const { text, reference } = partedReference(journal.notes);
    const files = filesOf(journal, issue);
    const isOurs = journal.user?.id === me;
    // Files that left here come back as a journal without words; the request has them already.
    if (isOurs && text === '' && reference === null) return [];
    return [
      {
        id: String(journal.id),
        number: String(issue.id),
        clientReference: reference,
        author: isOurs ? { kind: 'customer' } : { kind: 'operator', name: journal.user?.name ?? '' },
        text,
        attachments: files,
        at: journal.created_on,
      },
    ];
  });
}

/** Some issues, those that cannot be read, how far they lead, and whether more may stand behind. */
type Part = {
  readonly issues: readonly RedmineIssue[];
  readonly odd: readonly unknown[];
  readonly reached: NewsPlace;
  readonly isFull: boolean;
};

/** Reads issues with their conversations, one after the other, and remembers which of them fail. */
function conversations(ask: RedmineAsk) {
  const failures = new Map<string, number>();

  /** The issue with its conversation, as the list has it where it does not come by itself; a failure where everything has to wait. */
  return async (issue: RedmineIssue): Promise<{ readonly issue: RedmineIssue } | PortalFailure> => {
    const key = `${issue.id} ${issue.updated_on ?? ''}`;
    const heard = await ask.get(`/issues/${issue.id}.json?include=journals,attachments`, oneIssueSchema);
    if (heard.kind === 'done' && heard.value.id === issue.id) {
      failures.delete(key);
      return { issue: heard.value };
    }
    const failure = heard.kind === 'done' ? refused('portal.badAnswer', 'later') : heard;
    const isOwn = ofOneIssue.has(failure.error.code) && (failure.retryAfterMs ?? null) === null;
    const count = (failures.get(key) ?? 0) + 1;
    if (failures.size >= mostRemembered) failures.clear();
    failures.set(key, count);
    const isGone = failure.error.code === 'portal.notFound' || failure.error.code === 'portal.forbidden';
    return isOwn && (isGone || count >= mostFailures) ? { issue } : failure;
  };
}

/** Reads the list of issues on from a place, leaving nothing out whatever shares a second. */
function pagesFrom(ask: RedmineAsk) {
  const list = (filters: Readonly<Record<string, string>>, sort: string, me: number, limit: number) => {
    const query = new URLSearchParams({
      status_id: '*',
      author_id: String(me),
      sort,
      limit: String(limit),
      ...filters,
    });
    return ask.get(`/issues.json?${query.toString()}`, issueListSchema);
  };

  /** What else changed in the second where the last look ended, by number; the server may count its neighbours to it, so it is asked widely. */
  const withinSecond = async (place: NewsPlace, me: number, limit: number): Promise<PortalOutcome<Part>> => {
    const { sinceMs, lastId } = place;
    const heard = await list(
      { updated_on: `><${instant(sinceMs)}|${instant(sinceMs + 1_000)}`, issue_id: `>=${lastId + 1}` },
      'id:asc',
      me,
      limit,
    );
    if (heard.kind !== 'done') return heard;
    const { issues, odd, count } = heard.value;
    const ids = issues.map(({ id }) => id);
    if (ids.some((id, index) => id <= (ids[index - 1] ?? lastId)))
      return refused('portal.badAnswer', 'later');
    const isFull = count >= limit;
    const taken = issues.filter((issue) => secondOf(issue) === sinceMs);
    const last = isFull ? ids.at(-1) : taken.at(-1)?.id;
    if (isFull && last === undefined) return refused('portal.badAnswer', 'later');
    return mapDone(heard, () => ({
      issues: taken,
      odd,
      reached: { sinceMs, lastId: last ?? lastId },
      isFull,
    }));
  };

  /** What changed after that second, in the order of time. A second that may be cut off by the end of a page is left to be read by number. */
  const afterSecond = async (place: NewsPlace, me: number, limit: number): Promise<PortalOutcome<Part>> => {
    const fromMs = place.sinceMs === 0 ? 0 : place.sinceMs + 1_000;
    const heard = await list({ updated_on: `>=${instant(fromMs)}` }, 'updated_on:asc,id:asc', me, limit);
    if (heard.kind !== 'done') return heard;
    const { issues, odd, count } = heard.value;
    const seconds = issues.map((issue) => secondOf(issue) ?? 0);
    if (seconds.some((second, index) => second < (seconds[index - 1] ?? place.sinceMs)))
      return refused('portal.badAnswer', 'later');
    const isFull = count >= limit;
    const lastMs = seconds.at(-1);
    if (lastMs === undefined)
      return isFull
        ? refused('portal.badAnswer', 'later')
        : mapDone(heard, () => ({ issues, odd, reached: place, isFull }));
    // A server that keeps parts of a second counts the rest of that second to the next one, and it may fill the page.
    if (isFull) {
      const reached = { sinceMs: Math.max(lastMs, fromMs), lastId: 0 };
      const taken = issues.filter(
        (_, index) => (seconds[index] ?? 0) < lastMs && (seconds[index] ?? 0) > place.sinceMs,
      );
      return mapDone(heard, () => ({ issues: taken, odd, reached, isFull }));
    }
    const taken = issues.filter((_, index) => (seconds[index] ?? 0) > place.sinceMs);
    const lastId = Math.max(0, ...taken.filter((issue) => secondOf(issue) === lastMs).map(({ id }) => id));
    const reached = taken.length === 0 ? place : { sinceMs: lastMs, lastId };
    return mapDone(heard, () => ({ issues: taken, odd, reached, isFull }));
  };

  /** The next part that brings something, or the end; some questions bring nothing but the way on. */
  return async (from: NewsPlace, me: number, limit: number): Promise<PortalOutcome<Part>> => {
    let place = from;
    for (let asked = 1; ; asked += 1) {
      const within = place.sinceMs === 0 ? null : await withinSecond(place, me, limit);
      if (within !== null && within.kind !== 'done') return within;
      if (within !== null && (within.value.issues.length > 0 || within.value.isFull)) {
        if (within.value.issues.length > 0 || asked >= mostQuestions)
          return mapDone(within, (part) => ({ ...part, isFull: true }));
        place = within.value.reached;
        continue;
      }
      const after = await afterSecond(place, me, limit);
      if (after.kind !== 'done') return after;
      const { issues, odd, isFull, reached } = after.value;
      if (issues.length > 0 || odd.length > 0 || !isFull || asked >= mostQuestions) return after;
      place = reached;
    }
  };
}

/** What changed in this user's issues since a cursor, in the order of time. */
export function redmineNews(
  ask: RedmineAsk,
  desk: RedmineDesk,
  nowMs: () => number,
): (cursor: string | null, limit?: number) => Promise<PortalOutcome<HeardChanges>> {
  const whole = conversations(ask);
  const nextPart = pagesFrom(ask);
  return async (cursor, limit) => {
    const known = await desk.known();
    if (known.kind !== 'done') return known;
    const { me } = known.value;
    const from = placeOf(cursor);
    const most = Math.max(1, Math.min(limit ?? mostIssues, mostIssues));
    const heard = await nextPart(from, me, most);
    if (heard.kind !== 'done') return heard;
    const { issues, odd, reached, isFull } = heard.value;
    const tickets: unknown[] = [...odd];
    const messages: unknown[] = [];
    for (const listed of issues) {
      const told = await whole(listed);
      if ('kind' in told) return told;
      tickets.push(ticketOf(told.issue, known.value));
      messages.push(...messagesOf(told.issue, me));
    }
    const serverMs = heard.serverDate === null ? nowMs() : Date.parse(heard.serverDate);
    const hasMore = isFull && cursorOf(reached) !== cursorOf(from);
    const place = hasMore ? reached : restingPlace(reached, serverMs);
    const parsed = changesPageSchema.parse({ tickets, messages, cursor: cursorOf(place), hasMore });
    const value = await inTurns(heardChanges(parsed));
    return mapDone(heard, () => value);
  };
}
