import type { AppError, ErrorCode } from '../domain/app-error.ts';
import { retryDelayMs, retryLimits } from './retry.ts';

/** Failures in a row that speak against the portal or the network, before everything waits (BOUND-RETRY). */
export const waitAfterFailures = 5;

/** Why nothing is sent for now, whoever's turn it is. `reason` is shown on every item that waits. */
export type QueueWait = {
  readonly failures: number;
  readonly all: { readonly reason: AppError; readonly waitMs: number } | null;
};

export const noWait: QueueWait = { failures: 0, all: null };

/** The portal itself said that nothing can be taken now (R-HOURS-3, R-HOURS-4): one refusal holds all items, without noise. */
const closedCodes: ReadonlySet<ErrorCode> = new Set(['portal.readOnly', 'portal.maintenance']);
/** Refusals that would meet every item alike. */
const sharedCodes: ReadonlySet<ErrorCode> = new Set([
  'portal.unreachable',
  'portal.timeout',
  'portal.notTheApi',
  'portal.serverFault',
  'portal.badAnswer',
  'portal.certificate',
  'portal.proxyRefused',
  'portal.rateLimited',
  'portal.unauthorized',
  'portal.keyRefused',
  'portal.notConfigured',
  'portal.deskUnknown',
  'keychain.absent',
  'keychain.unavailable',
  'keychain.denied',
]);
/** Nothing changes until the person did something: no use in asking the portal again and again. */
export const personCodes = [
  'portal.unauthorized',
  'portal.keyRefused',
  'portal.notConfigured',
  'portal.deskUnknown',
  'portal.certificate',
  'portal.proxyRefused',
  'keychain.absent',
  'keychain.unavailable',
  'keychain.denied',
] as const satisfies readonly ErrorCode[];
/** A failure that ends only by something the person does. */
export type PersonCode = (typeof personCodes)[number];

/** How long a closed portal is left alone when it named no time, in milliseconds. */
const closedProbeMs = 5 * 60_000;

/** True when the failure is the portal's or the network's and not the item's own. */
export function concernsAll(error: AppError): boolean {
  return closedCodes.has(error.code) || sharedCodes.has(error.code);
}

/** True when the portal itself said that it is closed. */
export function isClosing(error: AppError): boolean {
  return closedCodes.has(error.code);
}

/** True when the failure ends only by something the person does: credentials, certificate, keychain. */
export function needsPerson(error: AppError): boolean {
  return personCodes.some((code) => code === error.code);
}

/** True when the answer is about the portal or the way there by its own words, whichever request it met: all rest at once. */
export function speaksForAll(error: AppError): boolean {
  return isClosing(error) || needsPerson(error) || error.code === 'portal.rateLimited';
}

/**
 * What a failure of one item means for all others. A closed portal, a portal that asks to wait and missing credentials keep the
 * queue waiting at once; other shared failures after five in a row. `random` is 0 to 1 (full jitter); `retryAfterMs` as the portal said.
 */
export function waitAfter(
  before: QueueWait,
  error: AppError,
  retryAfterMs: number | null,
  random: number,
): QueueWait {
  if (!concernsAll(error)) return before;
  const failures = before.failures + 1;
  if (closedCodes.has(error.code))
    return {
      failures,
      all: { reason: error, waitMs: retryDelayMs(failures, retryAfterMs ?? closedProbeMs, random) },
    };
  if (needsPerson(error)) return { failures, all: { reason: error, waitMs: retryLimits.capMs } };
  if (error.code === 'portal.rateLimited' && retryAfterMs !== null)
    return { failures, all: { reason: error, waitMs: retryDelayMs(failures, retryAfterMs, random) } };
  if (failures < waitAfterFailures) return { failures, all: null };
  return { failures, all: { reason: error, waitMs: retryDelayMs(failures - 2, retryAfterMs, random) } };
}
