import { AppFault } from '../../shared/domain/app-error.ts';
import type { Keychain } from '../secrets/keychain.ts';
import type { PortalChoice } from '../store/portal-repository.ts';
import type { ContractOptions } from './contract/contract-portal.ts';
import type { HttpLimits } from './contract/http-client.ts';
import { httpProxy, type HttpProxy } from './contract/http-proxy.ts';
import { manualPortal } from './manual/manual-portal.ts';
import type { Portal } from './port.ts';
import type { OpenPortal } from './portal-link.ts';
import { readProxyLogin } from './proxy-login.ts';

/** A practice portal that runs: its address, and the token that stands for the password. */
export type RunningPractice = { readonly url: string; readonly token: string; readonly stop: () => Promise<void> };

export type OpenPortalParts = {
  readonly startPractice: () => Promise<RunningPractice>;
  readonly keychain: Keychain;
  /** Ends every request under way, of every portal: the program is being closed. */
  readonly leaving: AbortSignal;
  /** The customer code is the name on the portal (FACT-CODE-1); null before the first run. */
  readonly user: () => string | null;
  /** Shorter deadlines for a test; left out, those of the client hold. */
  readonly limits?: Partial<HttpLimits>;
  /** Least time between two answers about a file that count as two, in milliseconds; left out, the real one. */
  readonly gapMs?: number;
};

const nothingToStop = async (): Promise<void> => undefined;

/** The HTTP libraries are read when a portal is first spoken to: the first window does not wait for them. */
async function contract(options: ContractOptions): Promise<Portal> {
  const { contractPortal } = await import('./contract/contract-portal.ts');
  return contractPortal(options);
}

/** Name under which the password of one portal is kept: one for each address and customer. */
export function credentialAccount(choice: Extract<PortalChoice, { kind: 'contract' }>, user: string): string {
  return `${user} @ ${choice.url}`;
}

/**
 * Opens the transport behind a choice. The portal's password is read from the keychain each time it is needed and kept nowhere else
 * (THREAT-5).
 */
export function openPortal(parts: OpenPortalParts): OpenPortal {
  const { leaving } = parts;
  const timing = { limits: parts.limits ?? {}, ...(parts.gapMs === undefined ? {} : { gapMs: parts.gapMs }) };
  /** Its login is needed for each connection and kept while the portal is open; where the keychain does not answer, the proxy will. */
  const proxyOf = async (address: string | null): Promise<HttpProxy | null> => {
    if (address === null) return null;
    const kept = await readProxyLogin(parts.keychain, address);
    return httpProxy(address, kept.kind === 'present' ? kept.login : null);
  };
  return async (choice) => {
    switch (choice.kind) {
      case 'manual':
        return { portal: manualPortal(), stop: nothingToStop };
      case 'practice': {
        const practice = await parts.startPractice();
        return {
          portal: await contract({
            address: practice.url,
            credentials: async () => ({ user: parts.user() ?? 'practice', password: practice.token }),
            leaving,
            ...timing,
          }),
          stop: practice.stop,
        };
      }
      case 'contract':
        return {
          portal: await contract({
            address: choice.url,
            proxy: await proxyOf(choice.proxy),
            leaving,
            ...timing,
            credentials: async () => {
              const user = parts.user();
              if (user === null) return null;
              const secret = await parts.keychain.read(credentialAccount(choice, user));
              if (secret.kind === 'unavailable') throw AppFault.of(secret.error);
              return secret.kind === 'present' ? { user, password: secret.secret } : null;
            },
          }),
          stop: nothingToStop,
        };
    }
  };
}
