import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { changesPageSchema, type HeardChanges, heardChanges } from '../../../shared/portal/heard-changes.ts';
import { referenceSchema } from '../../../shared/portal/wire.ts';
import { inTurns } from '../../platform/in-turns.ts';
import { mapDone, type PortalFailure } from '../contract/outcome.ts';
import type { PortalOutcome } from '../port.ts';
import {
  type RedmineIssue,
  type RedmineJournal,
  type RedmineStatus,
  statusListSchema,
} from './redmine-answers.ts';
import { isOutOfTime, outOfTime, redmineConversations } from './redmine-conversations.ts';
import { cursorOf, isSamePlace, newsBegin, type NewsPlace, placeOf, restingPlace } from './redmine-cursor.ts';
import { fieldValue, type KnownDesk, type RedmineDesk } from './redmine-desk.ts';
import type { RedmineAsk } from './redmine-exchange.ts';
import { isClosed } from './redmine-issue.ts';
import { pagesFrom } from './redmine-pages.ts';
import { endingsOf, partedReference } from './reference-line.ts';

/** Issues of one step: each is asked for its conversation, one after the other. */
const mostIssues = 20;

/** How news are read, in milliseconds. */
export type NewsPace = {
  /** After so long a step ends with what it has. */
  readonly stepMs: number;
  /** Nothing of a step is waited for any longer. */
  readonly totalMs: number;
  /** How long after it a second counts as over. */
  readonly settlingMs: number;
  /** Failures of one issue within so long are one. */
  readonly failureMs: number;
  /** A place so far ahead of the server's time was kept from another clock. */
  readonly aheadMs: number;
  /** News begin anew at most once in so long. */
  readonly anewMs: number;
};
export const newsPace: NewsPace = {
  stepMs: 20_000,
  totalMs: 90_000,
  settlingMs: 120_000,
  failureMs: 60_000,
  aheadMs: 60_000,
  anewMs: 3_600_000,
};

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Files a journal brought, as the news have them. */
function filesOf({ details }: RedmineJournal, issue: RedmineIssue): readonly object[] {
  const ids = new Set(
    details.entries.filter(({ property }) => property === 'attachment').map(({ name }) => name),
  );
  return issue.attachments.entries
    .filter(({ id }) => ids.has(String(id)))
    .map(({ filename, filesize, description }) => ({
      clientReference: partedReference(description).reference,
      name: filename,
      sizeBytes: filesize ?? 0,
      sha256: null,
    }));
}

/** What of an issue only its conversation tells. */
function standing(issue: RedmineIssue, me: number, statuses: readonly RedmineStatus[] | null): object {
  const last = issue.journals.entries.findLast(
    (journal) => !journal.private_notes && journal.notes.trim() !== '',
  );
  const operator = issue.assigned_to?.name ?? null;
  const isAnswered = last !== undefined && last.user?.id !== me;
  const open = isAnswered ? 'waiting-customer' : operator === null ? 'open' : 'assigned';
  const isOver = isClosed(issue, statuses);
  return {
    // Where nobody says whether it is closed, what is known stays.
    ...(isOver === null ? {} : { state: isOver ? 'closed' : open }),
    operator: isAnswered ? (last.user?.name ?? operator) : operator,
  };
}

/** One issue as an entry of the news, without its state and operator. */
function ticketOf(issue: RedmineIssue, { referenceField, serialField }: KnownDesk): object {
  const { text, reference } = partedReference(issue.description ?? '');
  // Anything may have been written into the field meanwhile.
  const kept = referenceSchema.safeParse(fieldValue(issue, referenceField).trim()).data ?? null;
  return {
    number: String(issue.id),
    clientReference: kept ?? reference,
    subject: issue.subject.slice(0, 160),
    body: text,
    productId: '',
    serial: fieldValue(issue, serialField),
    receivedAt: issue.created_on,
  };
}

/** Notes that everybody with that issue may read; the server gives others to nobody who may not. */
function messagesOf(issue: RedmineIssue, me: number): readonly object[] {
  return issue.journals.entries
    .filter(({ private_notes }) => !private_notes)
    .flatMap((journal) => {
      const isOurs = journal.user?.id === me;
      // A mail somebody answers ends in the words it answers, and so in our line: only our own notes are known by it.
      const { text, reference } = isOurs
        ? partedReference(journal.notes)
        : { text: endingsOf(journal.notes), reference: null };
      const files = filesOf(journal, issue);
      // Files that left here come back as a journal without words, the request has them already; and what was deleted leaves nothing.
      if (text === '' && reference === null && (isOurs || files.length === 0)) return [];
      return [
        {
          id: String(journal.id),
          // Whoever may edit notes can write them anew under the same number.
          ...(isOurs ? {} : { rewordedId: `${journal.id} ${shortHash(text)}` }),
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

/** Entries of a conversation that cannot be read, as they came; whatever may be private is left out. */
function oddOf({ journals, attachments }: RedmineIssue): readonly unknown[] {
  const isPublic = (entry: unknown): boolean => {
    const told: unknown =
      typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'private_notes') : undefined;
    return told === undefined || told === false;
  };
  return [...journals.odd.filter(isPublic), ...attachments.odd];
}

/** What changed in this user's issues since a cursor, in the order of time. */
export function redmineNews(
  ask: RedmineAsk,
  desk: RedmineDesk,
  nowMs: () => number,
  pace: NewsPace = newsPace,
): (cursor: string | null, limit?: number) => Promise<PortalOutcome<HeardChanges>> {
  const conversations = redmineConversations(ask, nowMs, pace.failureMs);
  const nextPart = pagesFrom(ask);
  let anewMs: number | null = null;

  /** The next part; from the begin where the place lies in what that server's clock has not reached. */
  const partFrom = async (place: NewsPlace, me: number, limit: number, turn: AbortSignal) => {
    const heard = await nextPart(place, me, limit, turn);
    if (heard.kind !== 'done' || heard.serverDate === null) return { heard, from: place };
    const isAhead = place.sinceMs > Date.parse(heard.serverDate) + pace.aheadMs;
    const isRecent = anewMs !== null && Math.abs(nowMs() - anewMs) < pace.anewMs;
    if (!isAhead || isRecent) return { heard, from: place };
    anewMs = nowMs();
    return { heard: await nextPart(newsBegin, me, limit, turn), from: newsBegin };
  };

  /** Statuses, where an issue does not say by itself whether its own closes it; null where that server tells nobody. */
  const statusesFor = async (
    issues: readonly RedmineIssue[],
    turn: AbortSignal,
  ): Promise<readonly RedmineStatus[] | null | PortalFailure> => {
    if (issues.every((issue) => isClosed(issue) !== null)) return null;
    const heard = await ask.hear('/issue_statuses.json', statusListSchema, turn);
    if (heard.kind === 'done') return heard.value.entries;
    const isKeptBack = heard.error.code === 'portal.forbidden' || heard.error.code === 'portal.notFound';
    return isKeptBack ? null : heard;
  };

  const step = async (
    cursor: string | null,
    limit: number,
    turn: AbortSignal,
  ): Promise<PortalOutcome<HeardChanges>> => {
    const beganMs = performance.now();
    const mayAsk = (): boolean => performance.now() - beganMs < pace.stepMs;
    const known = await desk.known(turn);
    if (known.kind !== 'done') return known;
    const { me } = known.value;
    const { place, again } = placeOf(cursor);
    const { heard, from } = await partFrom(place, me, limit, turn);
    if (heard.kind !== 'done') return heard;
    const part = heard.value;

    const whole: RedmineIssue[] = [];
    const half: RedmineIssue[] = [];
    const odd: unknown[] = [...part.odd];
    let stopped: NewsPlace | null = null;
    for (const [index, listed] of part.issues.entries()) {
      if (index > 0 && !mayAsk()) stopped = part.before(index);
      if (stopped !== null) break;
      const told = await conversations.whole(listed, turn);
      if ('kind' in told) {
        if (index === 0 || !isOutOfTime(told, turn)) return told;
        stopped = part.before(index);
      } else if (told.unheard === null) whole.push(told.issue);
      else {
        half.push(told.issue);
        // As the list has it, and said to be no more than that.
        odd.push({ issue: listed.id, updated_on: listed.updated_on, conversation: told.unheard });
      }
    }
    const heardNow = new Set(whole.map(({ id }) => id));
    const waiting = again.filter((id) => !heardNow.has(id));
    const later =
      stopped === null ? await conversations.later(waiting, turn, mayAsk) : { heard: [], again: waiting };
    whole.push(...later.heard.filter(({ author }) => author?.id === me));

    const statuses = await statusesFor(whole, turn);
    if (statuses !== null && 'kind' in statuses) return statuses;
    const tickets = [
      ...whole.map((issue) => ({ ...ticketOf(issue, known.value), ...standing(issue, me, statuses) })),
      ...half.map((issue) => ticketOf(issue, known.value)),
      ...odd,
    ];
    const messages = whole.flatMap((issue) => [...messagesOf(issue, me), ...oddOf(issue)]);

    const serverMs = heard.serverDate === null ? nowMs() : Date.parse(heard.serverDate);
    const reached = stopped ?? part.reached;
    const hasMore = (stopped !== null || part.isFull) && !isSamePlace(reached, from);
    const next = hasMore ? reached : restingPlace(reached, serverMs, pace.settlingMs);
    const ids = [...later.again, ...half.map(({ id }) => id)];
    const parsed = changesPageSchema.parse({ tickets, messages, cursor: cursorOf(next, ids), hasMore });
    const value = await inTurns(heardChanges(parsed));
    return mapDone(heard, () => value);
  };

  return async (cursor, limit) => {
    const turn = AbortSignal.timeout(pace.totalMs);
    const outcome = await step(cursor, Math.max(1, Math.min(limit ?? mostIssues, mostIssues)), turn);
    return outcome.kind !== 'done' && isOutOfTime(outcome, turn) ? outOfTime() : outcome;
  };
}
