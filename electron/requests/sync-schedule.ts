import { setTimeout as wait } from 'node:timers/promises';
import type { ConversationSync } from './conversation-sync.ts';

export type SyncScheduleParts = {
  readonly sync: ConversationSync;
  /** Milliseconds until the next look when the last one was answered; short for the practice portal. */
  readonly everyMs: () => number;
  /** The portal answered: what waits for it may go (COMPLAINT-12). */
  readonly onAnswered: () => void;
  /** False while nothing is to be asked for, as in announced maintenance (R-HOURS-4); a person who asks is not held back. */
  readonly mayLook: () => boolean;
  /** True while nothing is to be asked for until an end that nobody believes, or that nobody named. */
  readonly mayLookRarely: () => boolean;
  /** Milliseconds that only ever go on. */
  readonly monotonicMs: () => number;
  /** True while nothing but an announcement and a clock nobody has confirmed since the start keep the portal from being asked. */
  readonly isTimeUnheard: () => boolean;
  readonly log: (error: unknown) => void;
  /** Chance for the jitter, 0 to 1. */
  readonly random: () => number;
};

export type SyncSchedule = {
  readonly start: () => void;
  readonly now: () => Promise<void>;
  /** Hears the portal's time and what sending waits for, without reading news: those may be long, or not to be had. */
  readonly hearTime: () => Promise<void>;
  /** Resolves when the look under way has ended, or was left to itself: it changes nothing any more. */
  readonly stop: () => Promise<void>;
};

const slowestMs = 5 * 60_000;
const announcementsEvery = 10;
/** Longest that anybody waits for the portal's time, and for a look to end, in milliseconds. */
const hearingMs = 15_000;
const stoppingMs = 2_000;
/** Least time between two looks, in milliseconds, during maintenance whose end nobody believes. */
const rareMs = 3_600_000;
/** Least time between two looks after one that failed, in milliseconds. */
const failedGapMs = 1_000;

/**
 * Looks again and again: at its pace while the portal answers, ever slower while it does not, at once when asked.
 *
 * During announced maintenance nothing is asked (R-HOURS-4), with one exception: a PC whose clock stands wrong inside it would wait for
 * an end that is long past, or months away, and never learn better. So a portal that is closed by an announcement alone, and whose time
 * was not heard since it was opened, is asked once, with one read that changes nothing there and whose failure is told to nobody, and
 * again only while a time far from the PC's waits to be borne out. If the clock was right, that was all until the end. And an end that
 * was never named, or lies too far off to be believed, is no bound: what is announced is read each hour then, for nothing else could
 * take it back.
 */
export function syncSchedule({
  sync,
  everyMs,
  onAnswered,
  mayLook,
  mayLookRarely,
  monotonicMs,
  isTimeUnheard,
  log,
  random,
}: SyncScheduleParts): SyncSchedule {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let stopped = false;
  /** Started anew while a look was under way: that one asked a portal that is none any more. */
  let isOutdated = false;
  /** Something of the last look was not answered. */
  let isWanting = false;
  let rounds = 0;
  let failures = 0;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  const look = async (): Promise<void> => {
    askedAtMs = monotonicMs();
    // What is announced decides whether something may be sent, so it does not wait for news that may be long or not to be had.
    const isDue = rounds % announcementsEvery === 0;
    const announced = isDue && (await sync.pullAnnouncements());
    if (announced) onAnswered();
    const reached = await sync.pull();
    failures = reached ? 0 : failures + 1;
    isWanting = !reached || (isDue && !announced);
    // News that cannot be had keep nothing that is announced from being read in its turn.
    if (announced || !isDue) rounds += 1;
    if (reached) onAnswered();
  };
  const lookRarely = async (): Promise<void> => {
    if (monotonicMs() - askedAtMs < rareMs) return;
    askedAtMs = monotonicMs();
    if (await sync.pullAnnouncements()) rounds = 1;
  };
  const lookIfAllowed = async (): Promise<void> => {
    if (!mayLook() && isTimeUnheard()) await sync.askTime();
    if (!mayLook() && mayLookRarely()) await lookRarely();
    if (mayLook()) await look();
  };
  const round = (work: () => Promise<void>): Promise<void> => {
    clearTimeout(timer);
    running ??= work()
      .catch(log)
      .finally(() => {
        running = null;
        const paceMs = Math.min(slowestMs, everyMs() * 2 ** Math.min(failures, 6)) * (0.9 + random() * 0.2);
        const waitMs =
          isOutdated && isWanting ? 0 : Math.max(paceMs, sync.restMs(), failures > 0 ? failedGapMs : 0);
        isOutdated = false;
        if (!stopped) timer = setTimeout(() => void round(lookIfAllowed), waitMs);
      });
    return running;
  };
  return {
    start: () => {
      rounds = 0;
      askedAtMs = Number.NEGATIVE_INFINITY;
      failures = 0;
      isOutdated = running !== null;
      void round(lookIfAllowed);
    },
    now: () => round(look),
    hearTime: () => Promise.race([sync.hearTime(), wait(hearingMs, undefined, { ref: false })]),
    stop: async () => {
      stopped = true;
      sync.stop();
      clearTimeout(timer);
      await Promise.race([running, wait(stoppingMs, undefined, { ref: false })]);
      clearTimeout(timer);
    },
  };
}
