import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type SignedPack, signedText } from '../../shared/domain/data-pack.ts';

/** Keys as objects; one that is no Ed25519 key is left out, for it can vouch for nothing. */
export function packKeys(keys: readonly string[]): readonly KeyObject[] {
  return keys.flatMap((text) => {
    try {
      const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
      return key.asymmetricKeyType === 'ed25519' ? [key] : [];
    } catch {
      return [];
    }
  });
}

/** True when one of the keys signed exactly this name, version and text. */
export function isSignedBy(pack: SignedPack, keys: readonly KeyObject[]): boolean {
  const [text, signature] = [Buffer.from(signedText(pack), 'utf8'), Buffer.from(pack.signature, 'base64')];
  return keys.some((key) => verify(null, text, key, signature));
}
