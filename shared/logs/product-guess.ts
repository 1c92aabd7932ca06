import type { Product, ProductId } from '../domain/product.ts';

type Hinted = Pick<Product, 'id' | 'nameHints'>;

const hinted = (text: string, hint: string): boolean => text.toLowerCase().includes(hint.toLowerCase());

/**
 * The product a file belongs to, by words in its name, else in the nearest folder that has one. When several products share a
 * word (Master and Slave do) the workshop's own tools decide, else the first of the catalogue. Null: no word fits.
 * @param folders names of the folders above the file, nearest last
 * @param owned products the workshop has registered
 */
export function productGuess(
  name: string,
  folders: readonly string[],
  products: readonly Hinted[],
  owned: readonly ProductId[],
): ProductId | null {
  for (const text of [name, ...folders.toReversed()]) {
    const fitting = products.filter((product) => product.nameHints.some((hint) => hinted(text, hint)));
    const best = fitting.find((product) => owned.includes(product.id)) ?? fitting[0];
    if (best !== undefined) return best.id;
  }
  return null;
}
