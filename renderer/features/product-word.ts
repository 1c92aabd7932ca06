import { productName } from '../../shared/domain/product-name.ts';
import { useApp } from '../stores/app-store.ts';
import { useTranslation } from '../words/translation.ts';

/** The name of a product by its id, in the language of the program; the id itself for one that no catalogue knows any more. */
export function useProductWord(): (id: string) => string {
  const products = useApp((state) => state.products);
  const { language } = useTranslation();
  return (id) => {
    const product = products.find((item) => item.id === id);
    return product === undefined ? id : productName(product, language);
  };
}
