import { retryLimits } from '../../../shared/flows/retry.ts';
import { httpDateMs } from '../../../shared/portal/http-date.ts';

/**
 * Milliseconds a portal asks to wait: seconds, also with a fraction, or an HTTP date, measured against the portal's own clock where it sent one, so that
 * a wrong PC clock does not matter. Garbage and absence are null; never below 0 nor above one hour (P2).
 */
export function retryAfterMs(header: string | null, serverDate: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const bounded = (ms: number): number => Math.min(Math.max(0, ms), retryLimits.retryAfterCapMs);
  if (/^\d+(?:\.\d+)?$/u.test(text)) return bounded(Number(text) * 1_000);
  const atMs = httpDateMs(text);
  return atMs === null ? null : bounded(atMs - (serverDate === null ? nowMs : Date.parse(serverDate)));
}

/** The instant of a `Date` header as ISO 8601 UTC; null when absent or not a date. */
export function serverInstant(header: string | null): string | null {
  const atMs = header === null ? null : httpDateMs(header.trim());
  return atMs === null ? null : new Date(atMs).toISOString();
}
