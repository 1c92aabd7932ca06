import type { ConversationSync } from './conversation-sync.ts';

export type SyncScheduleParts = {
  readonly sync: ConversationSync;
  /** Milliseconds until the next look when the last one was answered; short for the practice portal. */
  readonly everyMs: () => number;
  /** The portal answered: what waits for it may go (C12). */
  readonly onAnswered: () => void;
  /** False while nothing is to be asked for, as in announced maintenance (R-HOURS-4); a person who asks is not held back. */
  readonly mayLook: () => boolean;
  readonly log: (error: unknown) => void;
  /** Chance for the jitter, 0 to 1. */
  readonly random: () => number;
};

export type SyncSchedule = { readonly start: () => void; readonly now: () => Promise<void>; readonly stop: () => Promise<void> };

const slowestMs = 5 * 60_000;
const announcementsEvery = 10;

/** Looks again and again: at its pace while the portal answers, ever slower while it does not, at once when asked. */
export function syncSchedule({ sync, everyMs, onAnswered, mayLook, log, random }: SyncScheduleParts): SyncSchedule {
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
  const round = (asked: boolean): Promise<void> => {
    clearTimeout(timer);
    running ??= (asked || mayLook() ? look() : Promise.resolve()).catch(log).finally(() => {
      running = null;
      const waitMs = Math.min(slowestMs, everyMs() * 2 ** Math.min(failures, 6)) * (0.9 + random() * 0.2);
      if (!stopped) timer = setTimeout(() => void round(false), waitMs);
    });
    return running;
  };
  return {
    start: () => {
      rounds = 0;
      failures = 0;
      void round(false);
    },
    now: () => round(true),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    },
  };
}
