import { appError, type AppError } from '../../../shared/domain/app-error.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { isOnThisPc } from './portal-address.ts';

/** The way out of a company's network: an HTTP proxy that is spoken to in the clear and passes a tunnel through (CONNECT). */
export type HttpProxy = {
  readonly host: string;
  readonly port: number /** Null: it asks for nothing. */;
  readonly login: ProxyLogin | null;
};
export type ProxyLogin = { readonly user: string; readonly password: string };

/**
 * The origin of a proxy as a person typed it, for example `http://proxy.example:8080`; fails with `portal.proxyInvalid`. Name and
 * password do not belong into an address: they would lie in the store.
 */
export function proxyAddress(text: string): Result<string, AppError> {
  const trimmed = text.trim();
  const url = trimmed.length <= 2_048 && URL.canParse(trimmed) ? new URL(trimmed) : null;
  const bare =
    url !== null &&
    url.protocol === 'http:' &&
    url.username === '' &&
    url.password === '' &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '';
  return bare ? ok(url.origin) : fail(appError('portal.proxyInvalid'));
}

/** @param address what `proxyAddress` gave */
export function httpProxy(address: string, login: ProxyLogin | null): HttpProxy {
  const url = new URL(address);
  return { host: url.hostname, port: url.port === '' ? 80 : Number(url.port), login };
}

/**
 * The proxy an origin is reached through: none for this PC itself, and none for what is not encrypted, since everything said there, the
 * portal's password first, would be said to the proxy in the clear.
 */
export function wayOut(origin: string, proxy: HttpProxy | null): HttpProxy | null {
  return isOnThisPc(origin) || new URL(origin).protocol !== 'https:' ? null : proxy;
}
