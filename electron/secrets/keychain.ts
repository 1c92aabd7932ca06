import { type AppError, AppFault, appError } from '../../shared/domain/app-error.ts';
import { within } from '../platform/within.ts';

/** Three answers, not two: what is not there, what cannot be asked, and what is there. */
export type Secret =
  | { readonly kind: 'present'; readonly secret: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly error: AppError };

/** Where portal passwords live, and nowhere else (THREAT-5). Accounts are names, never secrets. */
export type Keychain = {
  /** Never throws and never takes longer than its time limit. */
  readonly read: (account: string) => Promise<Secret>;
  /** @throws AppFault keychain.absent, keychain.unavailable, keychain.denied */
  readonly save: (account: string, secret: string) => Promise<void>;
  /** True when something was removed. @throws AppFault as `save` */
  readonly remove: (account: string) => Promise<boolean>;
};

/** The part of keytar's API that is used. */
export type CredentialStore = {
  readonly getPassword: (service: string, account: string) => Promise<string | null>;
  readonly setPassword: (service: string, account: string, password: string) => Promise<void>;
  readonly deletePassword: (service: string, account: string) => Promise<boolean>;
};

const service = 'Officina Support';
const limitMs = 5_000;

/** What the system's keychain said, as one of ours: messages differ by desktop, and none of them is for people. */
export function keychainError(thrown: unknown): AppError {
  if (thrown instanceof AppFault) return thrown.error;
  const text = thrown instanceof Error ? thrown.message : '';
  if (
    /D-?Bus|Could not connect|not provided by any \.service|ERR_DLOPEN|cannot open shared object|Cannot find|Object does not exist/iu.test(
      text,
    )
  )
    return appError('keychain.absent');
  if (/denied|dismissed|cancel|not allowed|locked/iu.test(text)) return appError('keychain.denied');
  return appError('keychain.unavailable');
}

/**
 * The keychain over a credential store that is loaded when first asked: its native part may be missing, and starting must not
 * wait for it (DAMAGE-4). One question at a time, and none beside one that hangs: some keyrings break on parallel ones, each that
 * hangs holds one of the few threads files are read with, and a password saved late would win over the one saved after it.
 * Whoever waits in vain is told after `waitMs` milliseconds, and what was not begun by then is never done.
 */
export function keychain(load: () => Promise<CredentialStore>, waitMs: number = limitMs): Keychain {
  let settled: Promise<unknown> = Promise.resolve();
  const ask = async <T>(work: (store: CredentialStore) => Promise<T>): Promise<T> => {
    let isWanted = true;
    const answer = settled.then(async () => {
      const store = await load();
      if (!isWanted) throw new AppFault('keychain.unavailable');
      return work(store);
    });
    settled = answer.catch(() => undefined);
    const said = await within(answer, waitMs);
    if (said.kind === 'value') return said.value;
    isWanted = false;
    throw new AppFault('keychain.unavailable');
  };
  const typed = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      const { code, params } = keychainError(error);
      throw new AppFault(code, params);
    });
  return {
    read: (account) =>
      ask((store) => store.getPassword(service, account)).then(
        (secret): Secret => (secret === null ? { kind: 'absent' } : { kind: 'present', secret }),
        (error: unknown): Secret => ({ kind: 'unavailable', error: keychainError(error) }),
      ),
    save: (account, secret) => typed(ask((store) => store.setPassword(service, account, secret))),
    remove: (account) => typed(ask((store) => store.deletePassword(service, account))),
  };
}
