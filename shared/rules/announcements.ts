import type { Notice } from '../domain/notice.ts';

/** A stretch of time of one kind of announcement; `toMs` infinite where the end is open. `noticeId` names the one that ends last. */
export type AnnouncedSpan = { readonly fromMs: number; readonly toMs: number; readonly noticeId: string };

/** What is announced, merged: spans of one kind never touch or overlap, oldest first. */
export type Announced = {
  readonly closures: readonly AnnouncedSpan[];
  readonly maintenance: readonly AnnouncedSpan[];
};

export const nothingAnnounced: Announced = { closures: [], maintenance: [] };

type Times = { readonly fromMs: number; readonly toMs: number };

const timesOf = ({ startsAt, endsAt }: Pick<Notice, 'startsAt' | 'endsAt'>): Times => ({
  fromMs: Date.parse(startsAt),
  toMs: endsAt === null ? Number.POSITIVE_INFINITY : Date.parse(endsAt),
});

/** A notice that ends before or as it starts says nothing about time: it is shown, and changes no state. */
export function isPossible(notice: Pick<Notice, 'startsAt' | 'endsAt'>): boolean {
  const { fromMs, toMs } = timesOf(notice);
  return toMs > fromMs;
}

/** True for a notice that changes something at this instant, its start included and its end not; an announcement ahead is none. */
export function isInForce(
  notice: Pick<Notice, 'startsAt' | 'endsAt'> & { readonly kind: string },
  nowMs: number,
): boolean {
  const { fromMs, toMs } = timesOf(notice);
  return notice.kind !== 'info' && fromMs <= nowMs && nowMs < toMs;
}

function merged(notices: readonly Notice[], kind: Notice['kind']): readonly AnnouncedSpan[] {
  const spans = notices
    .filter((notice) => notice.kind === kind)
    .map((notice) => ({ ...timesOf(notice), noticeId: notice.id }))
    .filter(({ fromMs, toMs }) => toMs > fromMs)
    .sort((a, b) => a.fromMs - b.fromMs);
  const result: AnnouncedSpan[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last === undefined || span.fromMs > last.toMs) result.push(span);
    else if (span.toMs > last.toMs) result[result.length - 1] = { ...span, fromMs: last.fromMs };
  }
  return result;
}

/** Merges notices once, so that a question about an instant is a binary search even over thousands (R-HOURS-2, R-HOURS-4). */
export function announced(notices: readonly Notice[]): Announced {
  return { closures: merged(notices, 'closure'), maintenance: merged(notices, 'maintenance') };
}

/** The span an instant lies in, its start included and its end not, and when the next one starts; infinite where none does. */
export function spanAt(
  spans: readonly AnnouncedSpan[],
  instantMs: number,
): { readonly now: AnnouncedSpan | null; readonly nextFromMs: number } {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.fromMs ?? 0) <= instantMs) low = middle + 1;
    else high = middle;
  }
  const last = spans[low - 1];
  return {
    now: last !== undefined && instantMs < last.toMs ? last : null,
    nextFromMs: spans[low]?.fromMs ?? Number.POSITIVE_INFINITY,
  };
}

/** Announcements of one portal that are kept at most: each costs a row to write, to read and to judge, and a year has few closures. */
export const keptNotices = 1_000;

/** Portal notices a person is shown at most; further ones are counted. All of them count for the state. */
const shownNotices = 50;

/** Of these, such as end before they start: a person meant something by one, but hundreds must not take the place of true closures. */
const shownImpossible = 5;

type Timed = Times & { readonly notice: Notice };

/** What of a portal's announcements says something now or later, soonest first; what is over, last ended first; the impossible, nearest first. */
function sorted(
  notices: readonly Notice[],
  nowMs: number,
): {
  readonly ahead: readonly Timed[];
  readonly over: readonly Timed[];
  readonly impossible: readonly Timed[];
} {
  const timed = notices.map((notice) => ({ notice, ...timesOf(notice) }));
  const possible = timed.filter(({ fromMs, toMs }) => toMs > fromMs);
  return {
    ahead: possible.filter(({ toMs }) => toMs > nowMs).sort((a, b) => a.fromMs - b.fromMs),
    over: possible.filter(({ toMs }) => toMs <= nowMs).sort((a, b) => b.toMs - a.toMs),
    impossible: timed
      .filter(({ fromMs, toMs }) => !(toMs > fromMs))
      .sort((a, b) => Math.abs(a.fromMs - nowMs) - Math.abs(b.fromMs - nowMs)),
  };
}

/**
 * What of a portal's announcements is kept, no more than `keptNotices`: the few impossible ones a person is shown, then those that are not
 * over, soonest first, then what ended last.
 */
export function noticesToKeep(notices: readonly Notice[], nowMs: number): readonly Notice[] {
  if (notices.length <= keptNotices) return notices;
  const { ahead, over, impossible } = sorted(notices, nowMs);
  return [...impossible.slice(0, shownImpossible), ...ahead, ...over]
    .slice(0, keptNotices)
    .map(({ notice }) => notice);
}

/**
 * What of the notices a person is shown, by their start: all typed by hand, and of the portal's those that are not over, soonest first.
 * A few that end before they start are among them, for somebody meant something by them.
 */
export function noticesToShow(
  notices: readonly Notice[],
  nowMs: number,
): { readonly shown: readonly Notice[]; readonly further: number } {
  const from = (origin: Notice['origin']): readonly Notice[] =>
    notices.filter((notice) => notice.origin === origin);
  const { ahead, impossible } = sorted(from('portal'), nowMs);
  const odd = impossible.slice(0, shownImpossible);
  const soonest = ahead.slice(0, shownNotices - odd.length);
  const byStart = (a: Notice, b: Notice): number => Date.parse(a.startsAt) - Date.parse(b.startsAt);
  return {
    shown: [...from('typed'), ...[...odd, ...soonest].map(({ notice }) => notice)].sort(byStart),
    further: ahead.length + impossible.length - odd.length - soonest.length,
  };
}
