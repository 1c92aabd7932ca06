import { z } from 'zod';
import type { Keychain } from '../secrets/keychain.ts';
import type { ProxyLogin } from './contract/http-proxy.ts';

const loginSchema = z.object({ user: z.string(), password: z.string() });

export type KeptProxyLogin =
  | { readonly kind: 'present'; readonly login: ProxyLogin }
  | { readonly kind: 'absent' | 'unavailable' };

/** Under which name the login of one proxy stands in the keychain. */
export const proxyAccount = (address: string): string => `proxy @ ${address}`;

/** Name and password for one proxy, both in the keychain and nowhere else (THREAT-5). */
export async function readProxyLogin(keychain: Keychain, address: string): Promise<KeptProxyLogin> {
  const secret = await keychain.read(proxyAccount(address));
  if (secret.kind !== 'present') return { kind: secret.kind };
  try {
    return { kind: 'present', login: loginSchema.parse(JSON.parse(secret.secret)) };
  } catch {
    // Not written by us: as good as none.
    return { kind: 'absent' };
  }
}

/** @throws AppFault keychain.* */
export function saveProxyLogin(keychain: Keychain, address: string, login: ProxyLogin): Promise<void> {
  return keychain.save(proxyAccount(address), JSON.stringify(login));
}

/** @throws AppFault keychain.* */
export async function removeProxyLogin(keychain: Keychain, address: string): Promise<void> {
  await keychain.remove(proxyAccount(address));
}
