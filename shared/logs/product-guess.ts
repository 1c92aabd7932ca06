import type { Product, ProductId } from '../domain/product.ts';

type Hinted = Pick<Product, 'id' | 'nameHints'>;

/** Characters of the longest word of a product that stands in a text; 0: none. */
const fitOf = (text: string, { nameHints }: Hinted): number =>
  Math.max(
    0,
    ...nameHints.map((hint) => (text.toLowerCase().includes(hint.toLowerCase()) ? hint.length : 0)),
  );

/**
 * The product a file belongs to, by words in its name, else in the nearest folder that has one. The longest word that fits wins: "kess3"
 * is no "kess". When several products share it (Master and Slave do) the workshop's own tools decide, else the first of the catalogue.
 * Null: no word fits.
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
    const fits = products.map((product) => ({ id: product.id, fit: fitOf(text, product) }));
    const longest = Math.max(0, ...fits.map(({ fit }) => fit));
    if (longest === 0) continue;
    const fitting = fits.filter(({ fit }) => fit === longest);
    return (fitting.find(({ id }) => owned.includes(id)) ?? fitting[0])?.id ?? null;
  }
  return null;
}
