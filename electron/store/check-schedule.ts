import writeFileAtomic from 'write-file-atomic';
import type { Clock } from '../platform/clock.ts';
import type { IntegrityResult } from './begin-check.ts';
import type { Db } from './open-store.ts';

export type StoreChecks = {
  /** The check begun at the start, where it may still go on. */
  readonly early: Promise<IntegrityResult>;
  /** Checks the store whole, beside the program. */
  readonly whole: () => Promise<IntegrityResult>;
};

export type CheckScheduleParts = StoreChecks & {
  readonly db: Db;
  readonly clock: Clock;
  /** The mark by which the next start knows that this store is damaged. */
  readonly suspect: string;
  readonly onDamaged: () => void;
  /** Rows name others that are not there; said once for each check that finds it. */
  readonly onOrphans: () => void;
  readonly log: (error: unknown) => void;
  /** In place of `firstCheckMs`, in milliseconds. */
  readonly firstLookMs?: number;
};

/** How long after the start the first look is taken, in milliseconds, so that a start is not slowed. */
export const firstCheckMs = 120_000;
const lookEveryMs = 3_600_000;
const wholeEveryMs = 7 * 86_400_000;

/** Whether the whole check is due: never made, made a week ago, or made in a future that a wrong clock wrote down. */
export function wholeCheckDue(lastAt: string | null, nowMs: number): boolean {
  const ageMs = lastAt === null ? Number.NaN : nowMs - Date.parse(lastAt);
  return !(ageMs >= 0 && ageMs < wholeEveryMs);
}

/**
 * The check of the start that took too long to wait for, and the whole check once a week (BOUND-STORE). Damage is
 * written down at once, so that the next start deals with it even after a crash.
 */
export function checkSchedule(parts: CheckScheduleParts): {
  readonly start: () => void;
  readonly stop: () => void;
} {
  const read = parts.db.prepare("select value from settings where key = 'checked-whole'").pluck();
  const write = parts.db.prepare("insert or replace into settings (key, value) values ('checked-whole', ?)");
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const heard = (result: IntegrityResult): void => {
    if (result === 'orphans') parts.onOrphans();
    if (result !== 'damaged') return;
    writeFileAtomic.sync(parts.suspect, '');
    parts.onDamaged();
  };
  const look = async (): Promise<void> => {
    const last = read.get();
    if (!wholeCheckDue(typeof last === 'string' ? last : null, Date.parse(parts.clock.instant()))) return;
    const result = await parts.whole();
    if (stopped) return;
    heard(result);
    // What was found must be told at the next start too, so only a good answer holds for a week.
    if (result === 'sound') write.run(parts.clock.instant());
  };
  const plan = (waitMs: number): void => {
    timer = setTimeout(() => {
      look()
        .catch(parts.log)
        .finally(() => {
          if (!stopped) plan(lookEveryMs);
        });
    }, waitMs);
  };
  return {
    start: () => {
      parts.early.then((result) => (stopped ? undefined : heard(result))).catch(parts.log);
      plan(parts.firstLookMs ?? firstCheckMs);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
