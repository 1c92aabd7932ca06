import { type DraftContent, type FieldKey, fieldText } from '../../shared/domain/draft.ts';

const searched: readonly FieldKey[] = [
  'problem',
  'errorText',
  'vehicleMake',
  'vehicleModel',
  'vehicleVin',
  'ecuMaker',
  'ecuFamily',
  'ecuHw',
  'ecuSw',
];
const maxChars = 4_000;

/** What the list is searched in, in lower case: the words and numbers people remember a request by (COMPLAINT-24). */
export function searchText(content: DraftContent | null, ...more: readonly string[]): string {
  const own =
    content === null ? [] : [content.productId ?? '', ...searched.map((key) => fieldText(content, key))];
  return [...more, ...own]
    .filter((part) => part !== '')
    .join(' ')
    .toLocaleLowerCase()
    .slice(0, maxChars);
}
