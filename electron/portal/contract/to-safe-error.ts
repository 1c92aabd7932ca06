import { appError, type AppError } from '../../../shared/domain/app-error.ts';
import { inDoubt, type PortalFailure, type Repeat } from './outcome.ts';

/** A failure without an answer. `reached` is `no` only where not one byte of the request can have arrived. */
export type SafeError = { readonly error: AppError; readonly reached: 'no' | 'maybe' };

/** Code of the error our own connect timer raises. */
export const connectTimeoutCode = 'E_CONNECT_TIMEOUT';

const beforeConnection: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ERR_SSL_WRONG_VERSION_NUMBER',
]);
const certificate =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED|ERROR_IN_CERT)/u;
/** An answer that is no HTTP, or not packed as it says: gzip, Brotli and Zstandard each have their own codes. */
const unreadable = /^(?:HPE_|Z_|ERR__ERROR_|ERR_BROTLI_|ZSTD_)/u;
const waited: ReadonlySet<string> = new Set([
  'ECONNABORTED',
  'ETIMEDOUT',
  'ERR_CANCELED',
  'ABORT_ERR',
  'ESOCKETTIMEDOUT',
]);

/** One word of the error, read without touching what hangs on it: request, headers, body and token stay behind (FINDING-10). */
function word(error: unknown, name: 'code' | 'syscall'): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : '';
  return typeof value === 'string' ? value : '';
}

/** The innermost cause that says more; libraries wrap the socket's own error. */
function rootOf(error: unknown): unknown {
  let current = error;
  for (let depth = 0; depth < 5; depth += 1) {
    if (
      beforeConnection.has(word(current, 'code')) ||
      certificate.test(word(current, 'code')) ||
      word(current, 'syscall') === 'connect'
    )
      return current;
    if (typeof current !== 'object' || current === null) return current;
    const several: unknown = Reflect.get(current, 'errors');
    const inner: unknown = Reflect.get(current, 'cause') ?? (Array.isArray(several) ? several[0] : null);
    if (inner === undefined || inner === null) return current;
    current = inner;
  }
  return current;
}

/**
 * The only place that sees what an HTTP library throws. Only a code of our own union leaves it: no message, header, body, address
 * or token of the request survives (FINDING-10).
 */
export function toSafeError(thrown: unknown): SafeError {
  const root = rootOf(thrown);
  const code = word(root, 'code');
  if (certificate.test(code)) return { error: appError('portal.certificate'), reached: 'no' };
  if (code === connectTimeoutCode) return { error: appError('portal.timeout'), reached: 'no' };
  if (beforeConnection.has(code) || word(root, 'syscall') === 'connect')
    return { error: appError('portal.unreachable'), reached: 'no' };
  if (waited.has(code)) return { error: appError('portal.timeout'), reached: 'maybe' };
  if (code === 'ERR_BAD_RESPONSE' || unreadable.test(code))
    return { error: appError('portal.badAnswer'), reached: 'maybe' };
  return { error: appError('portal.unreachable'), reached: 'maybe' };
}

/** The same as an outcome: not sent at all may be sent later; anything else is in doubt. */
export function toSafeFailure(thrown: unknown, repeat: Repeat): PortalFailure {
  const { error, reached } = toSafeError(thrown);
  return reached === 'no'
    ? { kind: 'refused', error, retry: 'later', retryAfterMs: null, isUnsent: true }
    : inDoubt(error.code, repeat);
}
