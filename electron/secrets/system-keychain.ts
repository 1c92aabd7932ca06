import { type CredentialStore, type Keychain, keychain } from './keychain.ts';

/** The system's own keychain: Credential Manager on Windows, the Secret Service on Linux. */
export function systemKeychain(): Keychain {
  return keychain(async (): Promise<CredentialStore> => (await import('keytar')).default);
}
