import type { AppError } from '../../shared/domain/app-error.ts';
import type { UnreadableRows } from '../../shared/domain/row-kinds.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import type { ServiceContext } from './service-context.ts';
import { backupSchedule } from './backup-schedule.ts';
import { checkSchedule, type StoreChecks } from './check-schedule.ts';
import { rowCheck } from './row-check.ts';
import { rowsToCheck } from './rows-to-check.ts';
import type { OpenedStore } from './start-store.ts';

/** How long after the start the rows are looked at, in milliseconds: a start is over by then. */
export const firstRowCheckMs = 3_000;

export type StoreCareParts = {
  readonly context: ServiceContext;
  readonly clock: Clock;
  readonly publish: PublishEvent;
  /** Keeps a fault nobody expected and gives back its reference. */
  readonly log: (error: unknown) => string;
  readonly checks: StoreChecks;
  /** Test-only timings, in milliseconds; left out, the real ones hold. */
  readonly timing: { readonly firstCheckMs?: number; readonly firstRowCheckMs?: number };
};

/** How the store stands while the program runs, as far as it was looked at. */
export type StoreStanding = {
  /** Whether a check has found damage in the store that is open. */
  readonly damaged: () => boolean;
  /** Whether a whole check found rows without the rows they name. */
  readonly hasOrphans: () => boolean;
  /** Why the last backup of the store could not be written; null since one could. */
  readonly backupFailure: () => AppError | null;
  /** How many rows of each kind cannot be read. */
  readonly unreadable: () => UnreadableRows;
};

export type StoreCare = {
  readonly standing: StoreStanding;
  /** Begins to look; a store that takes no writing is looked at, and neither backed up nor checked. */
  readonly start: () => void;
  readonly stop: () => void;
};

/** Looks after an open store: backups, checks of its pages and of its rows (FINDING-4, DAMAGE-3). */
export function storeCare(
  store: OpenedStore,
  { context, clock, log, publish, checks, timing }: StoreCareParts,
): StoreCare {
  let isDamaged = false;
  let hasOrphans = false;
  const changed = (): void => publish({ kind: 'storeHealthChanged' });
  const backups = backupSchedule({
    db: store.db,
    folder: store.folders.backups,
    clock,
    log,
    onChange: changed,
    onWritten: changed,
  });
  const checking = checkSchedule({
    ...checks,
    db: store.db,
    clock,
    suspect: store.folders.suspect,
    log,
    ...(timing.firstCheckMs === undefined ? {} : { firstLookMs: timing.firstCheckMs }),
    onDamaged: () => {
      isDamaged = true;
      changed();
    },
    onOrphans: () => {
      hasOrphans = true;
      changed();
    },
  });
  const rowsChecked = rowCheck({
    rows: rowsToCheck(store.db, context),
    onChange: changed,
    log,
    firstMs: timing.firstRowCheckMs ?? firstRowCheckMs,
  });
  return {
    standing: {
      damaged: () => isDamaged,
      hasOrphans: () => hasOrphans,
      backupFailure: backups.failure,
      unreadable: rowsChecked.unreadable,
    },
    start: () => {
      rowsChecked.start();
      if (store.health.kind === 'read-only') return;
      backups.start();
      checking.start();
    },
    stop: () => {
      backups.stop();
      checking.stop();
      rowsChecked.stop();
    },
  };
}
