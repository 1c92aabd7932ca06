import { createHash } from 'node:crypto';
import type { ErrorCode } from '../../shared/domain/app-error.ts';
import { changesPageSize } from '../../shared/portal/wire.ts';
import type { Clock } from '../platform/clock.ts';
import { inTurns } from '../platform/in-turns.ts';
import type { PortalChanges, PortalOutcome } from '../portal/port.ts';
import { cursorRestarts, type LookCursor } from './cursor-restart.ts';

/** Bounds of one look at the news: milliseconds from its begin to its last question, and questions. What is left is read at the next look. */
export const pullBounds = { totalMs: 30_000, rounds: 100 } as const;

export type PullProgress = Pick<LookCursor, 'current' | 'isLeft'> & {
  readonly mayGoOn: () => boolean;
  /** False where a page brings nothing this look has not seen: no entries, the same ones, or a cursor that was there before. */
  readonly isNew: (page: PortalChanges) => Promise<boolean>;
};

/** Kept by its hash: a look may bring hundreds of pages, each as long as an answer may be. */
function* noteEntries(
  { tickets, messages, aside }: NewsPart,
  into: Set<string>,
): Generator<void, void, void> {
  const note = (text: string): unknown => into.add(createHash('sha256').update(text).digest('base64'));
  for (const { entry } of aside) note(entry);
  for (const list of [tickets, messages])
    for (const [index, entry] of list.entries()) {
      if (index % changesPageSize === changesPageSize - 1) yield;
      note(JSON.stringify(entry));
    }
}

export type NewsSteps = {
  readonly begin: (recipient: string, kept: () => string | null) => PullProgress;
  /** Most entries to ask for; undefined: as many as the portal gives. */
  readonly limit: () => number | undefined;
  /** True for whatever the size of the page may stand behind: smaller steps come past it or to it, once a rest it asked for is over. Being offline is none. */
  readonly isTooMuch: (outcome: PortalOutcome<unknown>) => boolean;
  /** True where the portal itself cannot answer for what was asked: at one entry a step, that entry or the cursor stands behind it. */
  readonly isUnreadable: (outcome: PortalOutcome<unknown>) => boolean;
  /** Half as many from now on; false when it is one already. */
  readonly smaller: () => boolean;
  readonly larger: () => void;
};

const unreadable: ReadonlySet<ErrorCode> = new Set([
  'portal.badAnswer',
  'portal.serverFault',
  'portal.tooLarge',
  'portal.rejected',
]);
/** What comes of a page that takes too long, or that something on the way does not let through; the portal may as well be away, which others tell. */
const broken: ReadonlySet<ErrorCode> = new Set(['portal.timeout', 'portal.unreachable', 'portal.notTheApi']);

const isAsked = (outcome: PortalOutcome<unknown>, codes: ReadonlySet<ErrorCode>): boolean =>
  outcome.kind === 'refused' && outcome.isUnsent !== true && codes.has(outcome.error.code);
const isBroken = (outcome: PortalOutcome<unknown>): boolean => isAsked(outcome, broken);
const isUnreadable = (outcome: PortalOutcome<unknown>): boolean =>
  isAsked(outcome, unreadable) && outcome.kind !== 'done' && outcome.error.params['status'] !== 503;

/** How large the steps are in which news are read: kept from look to look, so that a page that fails is not tried in all sizes each time. */
export function newsSteps(clock: Clock): NewsSteps {
  let limit: number | null = null;
  const startCursor = cursorRestarts(clock);
  return {
    begin: (recipient, kept) => {
      const cursor = kept();
      const { current, isLeft, gotPage } = startCursor(recipient, kept);
      const endMs = clock.monotonicMs() + pullBounds.totalMs;
      const cursors = new Set(cursor === null ? [] : [cursor]);
      const entries = new Set<string>();
      let rounds = 0;
      return {
        current,
        isLeft,
        mayGoOn: () => {
          rounds += 1;
          return rounds <= pullBounds.rounds && clock.monotonicMs() < endMs;
        },
        isNew: async (page) => {
          gotPage();
          const before = entries.size;
          await inTurns(noteEntries(page, entries));
          const isNewCursor = page.cursor !== null && !cursors.has(page.cursor);
          if (page.cursor !== null) cursors.add(page.cursor);
          return isNewCursor && entries.size > before;
        },
      };
    },
    limit: () => limit ?? undefined,
    isTooMuch: (outcome) => isUnreadable(outcome) || isBroken(outcome),
    isUnreadable,
    smaller: () => {
      if (limit === 1) return false;
      limit = Math.max(1, Math.floor((limit ?? changesPageSize) / 2));
      return true;
    },
    larger: () => {
      limit = limit === null || limit * 2 >= changesPageSize ? null : limit * 2;
    },
  };
}

/** What is taken into the store at one stretch. */
export type NewsPart = Pick<PortalChanges, 'tickets' | 'messages' | 'aside'>;

function slices<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / changesPageSize) }, (_slice, index) =>
    list.slice(index * changesPageSize, (index + 1) * changesPageSize),
  );
}

/** A page in parts between which others have their turn: a portal that keeps to no limit must not make the window stand. Tickets come first, as in the page. */
export function newsParts(page: NewsPart): readonly NewsPart[] {
  const { tickets, messages, aside } = page;
  if (tickets.length <= changesPageSize && messages.length <= changesPageSize) return [page];
  const none = { tickets: [], messages: [], aside: [] } as const;
  return [
    { ...none, aside },
    ...slices(tickets).map((slice) => ({ ...none, tickets: slice })),
    ...slices(messages).map((slice) => ({ ...none, messages: slice })),
  ];
}
