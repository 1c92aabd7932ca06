import { AppFault } from '../../../shared/domain/app-error.ts';
import { readProxyLogin } from '../proxy-login.ts';
import { nothingToStop, type OpenPortalParts, type PortalTransport } from '../portal-transport.ts';
import { httpProxy, type HttpProxy, proxyAddress } from './http-proxy.ts';
import { openContract } from './open-contract.ts';
import { portalAddress } from './portal-address.ts';

/** Its login is needed for each connection and kept while the portal is open; where the keychain does not answer, the proxy will. */
export async function openProxy(
  { keychain }: OpenPortalParts,
  address: string | null,
): Promise<HttpProxy | null> {
  if (address === null) return null;
  const kept = await readProxyLogin(keychain, address);
  return httpProxy(address, kept.kind === 'present' ? kept.login : null);
}

/** What opens the portal for whoever uses it now; null where nothing is kept. @throws AppFault where the keychain does not answer */
export async function keptSecret(
  { user, keychain }: OpenPortalParts,
  accountOf: (user: string) => string | null,
): Promise<string | null> {
  const name = user();
  const account = name === null ? null : accountOf(name);
  if (account === null) return null;
  const secret = await keychain.read(account);
  if (secret.kind === 'unavailable') throw AppFault.of(secret.error);
  return secret.kind === 'present' ? secret.secret : null;
}

/** Address and proxy as they were typed, as they are stored. @throws AppFault portal.addressInvalid, portal.proxyInvalid */
export function chosenWay(wanted: { readonly url: string; readonly proxy?: string | undefined }): {
  readonly url: string;
  readonly proxy: string | null;
} {
  const address = portalAddress(wanted.url);
  if (!address.ok) throw AppFault.of(address.error);
  const typed = wanted.proxy ?? '';
  const proxy = typed === '' ? null : proxyAddress(typed);
  if (proxy?.ok === false) throw AppFault.of(proxy.error);
  return { url: address.value, proxy: proxy?.value ?? null };
}

/** A portal that speaks the contract, at an address of its own. */
export const contractTransport: PortalTransport<'contract'> = {
  open: async (choice, parts) => ({
    portal: await openContract(parts, {
      address: choice.url,
      proxy: await openProxy(parts, choice.proxy),
      // The password is read from the keychain each time it is needed and kept nowhere else (THREAT-5).
      credentials: async () => {
        const user = parts.user();
        const password = await keptSecret(parts, (of) => contractTransport.passwordAccount(choice, of));
        return user === null || password === null ? null : { user, password };
      },
    }),
    stop: nothingToStop,
  }),
  choose: (wanted) => ({ kind: 'contract', ...chosenWay(wanted) }),
  // One password for each address and customer.
  passwordAccount: (choice, user) => `${user} @ ${choice.url}`,
};
