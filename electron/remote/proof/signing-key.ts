import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { AppError } from '../../../shared/domain/app-error.ts';
import { AppFault } from '../../../shared/domain/app-error.ts';
import { faultCode } from '../../platform/fault-code.ts';
import type { Keychain } from '../../secrets/keychain.ts';
import { firstSigningAccount } from '../../store/signing-account.ts';

/** The installation's own key. `publicKey` is DER (SPKI) in base64; the private half never leaves this object. */
export type SigningKey = { readonly publicKey: string; readonly sign: (text: string) => string };

/** Without a key nothing can be proved later, so no session is begun: the reason is told instead. */
export type KeyAnswer =
  | { readonly kind: 'ready'; readonly key: SigningKey }
  | { readonly kind: 'unavailable'; readonly error: AppError };

function keyOf(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return { publicKey, sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64') };
}

const textOf = (privateKey: KeyObject): string =>
  privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
const keyOfText = (text: string): KeyObject =>
  createPrivateKey({ key: Buffer.from(text, 'base64'), type: 'pkcs8', format: 'der' });

/**
 * The key in the system's keychain under that account, made at the first use. A key that was kept but can no longer be read is not replaced: that
 * would make every earlier receipt look foreign.
 */
export async function keychainKey(
  keychain: Keychain,
  account: string = firstSigningAccount,
): Promise<KeyAnswer> {
  const found = await keychain.read(account);
  if (found.kind === 'unavailable') return { kind: 'unavailable', error: found.error };
  try {
    if (found.kind === 'present') return { kind: 'ready', key: keyOf(keyOfText(found.secret)) };
    const { privateKey } = generateKeyPairSync('ed25519');
    await keychain.save(account, textOf(privateKey));
    // Some keychains take a secret and forget it: only what can be read back will sign.
    const kept = await keychain.read(account);
    return kept.kind === 'present' && kept.secret === textOf(privateKey)
      ? { kind: 'ready', key: keyOf(privateKey) }
      : { kind: 'unavailable', error: { code: 'keychain.unavailable', params: {} } };
  } catch (error) {
    return {
      kind: 'unavailable',
      error: error instanceof AppFault ? error.error : { code: 'keychain.unavailable', params: {} },
    };
  }
}

/** The text of the file; null when there is none. @throws the disk's own errors */
function textIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function keyIn(text: string): SigningKey | null {
  try {
    return keyOf(keyOfText(text));
  } catch {
    return null;
  }
}

/**
 * A key of the practice portal, in a plain file beside its data: what it signs is marked as practice and proves nothing real. Made
 * where there is none, or none that could ever sign again; one that another program holds for now is not replaced.
 * @throws the disk's own errors
 */
export function practiceKey(file: string): SigningKey {
  const text = textIn(file);
  const kept = text === null ? null : keyIn(text);
  if (kept !== null) return kept;
  const { privateKey } = generateKeyPairSync('ed25519');
  mkdirSync(dirname(file), { recursive: true });
  writeFileAtomic.sync(file, textOf(privateKey), { mode: 0o600 });
  return keyOf(privateKey);
}

/** True when the text was signed by the owner of the key; false for anything malformed. */
export function isSigned(text: string, signature: string, publicKey: string): boolean {
  try {
    return verify(
      null,
      Buffer.from(text, 'utf8'),
      createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' }),
      Buffer.from(signature, 'base64'),
    );
  } catch {
    return false;
  }
}

/** What of a public key is read aloud and compared: 16 hex digits of its SHA-256. */
export function fingerprint(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16);
}
