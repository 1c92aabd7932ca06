import { appError, type AppError, type ErrorCode } from '../../../shared/domain/app-error.ts';
import type { PortalOutcome } from '../port.ts';

/** Any outcome but success. */
export type PortalFailure = Exclude<PortalOutcome<never>, { readonly kind: 'done' }>;

/** `once`: a repeat could act twice, so doubt is `unknown`. `repeatable`: asking again is harmless, so doubt is `refused`, `later`. */
export type Repeat = 'once' | 'repeatable';

/** Certainly not processed. `retryAfterMs` is what the portal asked for, in milliseconds; null when it asked for nothing. */
export function refused(
  code: ErrorCode,
  retry: 'never' | 'later',
  params: AppError['params'] = {},
  retryAfterMs: number | null = null,
): PortalFailure {
  return { kind: 'refused', error: appError(code, params), retry, retryAfterMs };
}

/** Perhaps processed: what that means depends on whether the request may be repeated. `retryAfterMs` as for `refused`. */
export function inDoubt(
  code: ErrorCode,
  repeat: Repeat,
  params: AppError['params'] = {},
  retryAfterMs: number | null = null,
): PortalFailure {
  return repeat === 'once'
    ? { kind: 'unknown', error: appError(code, params), retryAfterMs }
    : refused(code, 'later', params, retryAfterMs);
}

/** The same outcome with another value when it is a success. */
export function mapDone<T, U>(outcome: PortalOutcome<T>, change: (value: T) => U): PortalOutcome<U> {
  return outcome.kind === 'done' ? { ...outcome, value: change(outcome.value) } : outcome;
}
