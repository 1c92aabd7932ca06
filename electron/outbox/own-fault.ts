import { type AppError, AppFault, appError, type ErrorCode } from '../../shared/domain/app-error.ts';
import type { PortalOutcome } from '../portal/port.ts';
import { storeError } from '../store/store-error.ts';

/** Keeps a fault nobody expected and gives back its reference. */
type Log = (error: unknown) => string;

/** Faults of one thing to be sent that no repeat mends: a row that is gone or that a hand spoiled. */
const itsOwn: ReadonlySet<ErrorCode> = new Set(['notFound', 'store.unreadable']);

/** What the store or its disk refuse: it would refuse every other item as well. */
const ofStore: ReadonlySet<ErrorCode> = new Set([
  'store.diskFull',
  'store.readOnly',
  'store.damaged',
  'store.busy',
  'store.notSaved',
]);

/** Whether a fault speaks of the store and not of the one item it came up with. */
export function isOfStore(error: unknown): boolean {
  const known = storeError(error);
  return known !== null && ofStore.has(known.code);
}

function unexpected(error: unknown, log: Log): AppError {
  return { ...appError('E_UNEXPECTED'), reference: log(error) };
}

/**
 * The outcome of work that may also throw: a fault of our own concerns the item it happened to and never the queue behind it. Rows are
 * read before anything is sent, so an `AppFault` means that nothing left; anything else leaves doubt.
 * @throws what SQLite or the disk refuse, for that concerns every item alike
 */
export async function asOutcome<T>(
  work: () => Promise<PortalOutcome<T>>,
  log: Log,
): Promise<PortalOutcome<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppFault)
      return {
        kind: 'refused',
        error: error.error,
        retry: itsOwn.has(error.error.code) ? 'never' : 'later',
        retryAfterMs: null,
      };
    if (storeError(error) !== null) throw error;
    return { kind: 'unknown', error: unexpected(error, log) };
  }
}

/**
 * Why what the portal confirmed could not be stored, where that speaks against the answer and not against the disk: it contradicts what
 * is known here (P6). @throws what SQLite or the disk refuse, which is told by whoever drives the queue
 */
export function contradictionOf(error: unknown, log: Log): AppError {
  if (error instanceof AppFault) return error.error;
  if (storeError(error) !== null) throw error;
  return { ...appError('portal.badAnswer'), reference: log(error) };
}
