/** The least length of a passphrase, in characters. Length is what makes one hard to guess; four words together are longer. */
export const passphraseLeast = 12;
export const passphraseMost = 200;

/** What keeps a passphrase that was typed twice from being used; null when nothing does. */
export function passphraseFault(first: string, again: string): 'short' | 'different' | null {
  if ([...first.slice(0, passphraseMost)].length < passphraseLeast) return 'short';
  return first === again ? null : 'different';
}
