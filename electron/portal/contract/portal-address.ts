import { appError, type AppError } from '../../../shared/domain/app-error.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** Every other way to name this PC: the whole of its own network, and names below "localhost". */
const loopback =
  /^(?:127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]|(?:[a-z0-9-]+\.)+localhost)$/u;

/** True for an origin of this PC itself however it is named: its times are those of the PC's own clock. */
export function readsThisPcsClock(origin: string): boolean {
  const { hostname } = new URL(origin);
  return loopbackHosts.has(hostname) || loopback.test(hostname);
}

/** True for an origin of this PC itself: what is said to it stays here. */
export function isOnThisPc(origin: string): boolean {
  return loopbackHosts.has(new URL(origin).hostname);
}

/**
 * The origin of a portal as a person typed it, for example `https://portal.example`; fails with `portal.addressInvalid`. Plain
 * http is taken for this PC only; user names, paths and queries are refused, so that the client is pinned to exactly one host (FINDING-8,
 * FINDING-9).
 */
export function portalAddress(text: string): Result<string, AppError> {
  const trimmed = text.trim();
  const url = trimmed.length <= 2_048 && URL.canParse(trimmed) ? new URL(trimmed) : null;
  const safe =
    url !== null &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.has(url.hostname)));
  const bare =
    url !== null &&
    url.username === '' &&
    url.password === '' &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '';
  return safe && bare ? ok(url.origin) : fail(appError('portal.addressInvalid'));
}
