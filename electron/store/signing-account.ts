import { z } from 'zod';
import type { Db } from './open-store.ts';

/** The account in the keychain that holds the key of an installation which began on this PC. */
export const firstSigningAccount = 'installation signing key';

const setting = 'signing account';

/**
 * Where in the keychain this store's own signing key lies. A store that came from another PC names an account of its own: the key of
 * what stood here before stays where it was, for the receipts it signed.
 */
export function signingAccount(db: Db): string {
  const kept = db.prepare('select value from settings where key = ?').pluck().get(setting);
  return z.string().min(1).max(200).safeParse(kept).data ?? firstSigningAccount;
}

/** Names the account from now on; call it on a store that nobody else has open. */
export function keepSigningAccount(db: Db, account: string): void {
  db.prepare('insert or replace into settings (key, value) values (?, ?)').run(setting, account);
}
