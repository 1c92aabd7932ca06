import { type AppError, AppFault, appError } from '../../shared/domain/app-error.ts';

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

function inTime<T>(work: Promise<T>, waitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppFault('keychain.unavailable')), waitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * The keychain over a credential store that is loaded when first asked: its native part may be missing, and starting must not
 * wait for it (DAMAGE-4). One question at a time: some keyrings break on parallel ones.
 */
export function keychain(load: () => Promise<CredentialStore>, waitMs: number = limitMs): Keychain {
  let queue: Promise<unknown> = Promise.resolve();
  const ask = <T>(work: (store: CredentialStore) => Promise<T>): Promise<T> => {
    const answer = queue.then(() => inTime(load().then(work), waitMs));
    queue = answer.catch(() => undefined);
    return answer;
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
