import type { Language } from './ids.ts';
import type { Product } from './product.ts';

/** The product as a person of this language calls it. */
export function productName({ name }: Pick<Product, 'name'>, language: Language): string {
  return typeof name === 'string' ? name : name[language];
}
