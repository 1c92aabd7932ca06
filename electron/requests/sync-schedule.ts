import type { ConversationSync } from './conversation-sync.ts';

export type SyncScheduleParts = {
  readonly sync: ConversationSync;
  /** Milliseconds until the next look when the last one was answered; short for the practice portal. */
  readonly everyMs: () => number;
  /** The portal answered: what waits for it may go (C12). */
  readonly onAnswered: () => void;
  /** False while nothing is to be asked for, as in announced maintenance (R-HOURS-4); a person who asks is not held back. */
  readonly mayLook: () => boolean;
  /** True while nothing but an announcement and a clock nobody has confirmed since the start keep the portal from being asked. */
  readonly isTimeUnheard: () => boolean;
  readonly log: (error: unknown) => void;
  /** Chance for the jitter, 0 to 1. */
  readonly random: () => number;
};

export type SyncSchedule = { readonly start: () => void; readonly now: () => Promise<void>; readonly stop: () => Promise<void> };

const slowestMs = 5 * 60_000;
const announcementsEvery = 10;

/**
 * Looks again and again: at its pace while the portal answers, ever slower while it does not, at once when asked.
 *
 * During announced maintenance nothing is asked (R-HOURS-4), with one exception: a PC whose clock stands wrong inside it would wait for
 * an end that is long past, or months away, and never learn better. So a portal that is closed by an announcement alone, and whose time
 * was not heard since it was opened, is asked once, with one read that changes nothing there and whose failure is told to nobody. If
 * the clock was right, that was all until the end.
 */
export function syncSchedule({ sync, everyMs, onAnswered, mayLook, isTimeUnheard, log, random }: SyncScheduleParts): SyncSchedule {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let stopped = false;
  let rounds = 0;
  let failures = 0;

  const look = async (): Promise<void> => {
    const reached = await sync.pull();
    failures = reached ? 0 : failures + 1;
    if (!reached) return;
    if (rounds % announcementsEvery === 0) await sync.pullAnnouncements();
    rounds += 1;
    onAnswered();
  };
  const lookIfAllowed = async (): Promise<void> => {
    if (!mayLook() && isTimeUnheard()) await sync.askTime();
    if (mayLook()) await look();
  };
  const round = (work: () => Promise<void>): Promise<void> => {
    clearTimeout(timer);
    running ??= work()
      .catch(log)
      .finally(() => {
        running = null;
        const waitMs = Math.min(slowestMs, everyMs() * 2 ** Math.min(failures, 6)) * (0.9 + random() * 0.2);
        if (!stopped) timer = setTimeout(() => void round(lookIfAllowed), waitMs);
      });
    return running;
  };
  return {
    start: () => {
      rounds = 0;
      failures = 0;
      void round(lookIfAllowed);
    },
    now: () => round(look),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    },
  };
}
