import { expect, test } from 'vitest';
import { type DraftContent, emptyDraftContent, type Source } from '../../shared/domain/draft.ts';
import { toolIdSchema } from '../../shared/domain/ids.ts';
import { productIdSchema } from '../../shared/domain/product.ts';
import { withTool } from '../../shared/rules/tool-change.ts';

const tool = (id: number, product: string, installedVersion: string | null) => ({
  id: toolIdSchema.parse(`00000000-0000-4000-8000-00000000000${id}`),
  productId: productIdSchema.parse(product),
  installedVersion,
});
const ktag = tool(1, 'ktag-master', '2.70');
const secondKtag = tool(2, 'ktag-master', null);
const thirdKtag = tool(3, 'ktag-master', '2.25');
const kess = tool(4, 'kessv2-master', null);

const said = (text: string, source: Source = { kind: 'typed' }): DraftContent['fields'] => ({
  softwareVersion: { text, source },
});
const about = (one: typeof ktag | null, fields: DraftContent['fields']): DraftContent => ({
  ...emptyDraftContent('it'),
  toolId: one?.id ?? null,
  productId: one?.productId ?? null,
  fields,
});
const versionAfter = (content: DraftContent, next: typeof ktag | null): string | null =>
  withTool(content, next).fields.softwareVersion?.text ?? null;
const fromCard = { kind: 'profile' } as const;
const fromLog = { kind: 'file', name: 'ktag.log' } as const;

test('R-VERSION-1: version of the card before goes when the tool changes, and the new card gives its own', () => {
  expect(versionAfter(about(ktag, said('2.70', fromCard)), secondKtag)).toBeNull();
  expect(versionAfter(about(ktag, said('2.70', fromCard)), kess)).toBeNull();
  expect(versionAfter(about(ktag, said('2.70', fromCard)), null)).toBeNull();
  expect(withTool(about(ktag, said('2.70', fromCard)), thirdKtag).fields.softwareVersion).toEqual({
    text: '2.25',
    source: fromCard,
  });
});

test('R-VERSION-1: version that was typed or read from a file stays on a tool of the same product', () => {
  expect(versionAfter(about(secondKtag, said('2.24')), ktag)).toBe('2.24');
  expect(withTool(about(secondKtag, said('2.24', fromLog)), thirdKtag).fields.softwareVersion).toEqual({
    text: '2.24',
    source: fromLog,
  });
  expect(versionAfter(about(secondKtag, said('  ')), ktag)).toBe('2.70');
});

test('R-VERSION-1: version of another product never stays, wherever it came from, and neither does its firmware', () => {
  expect(versionAfter(about(ktag, said('2.24')), kess)).toBeNull();
  expect(versionAfter(about(ktag, said('2.24', fromLog)), null)).toBeNull();
  const both = about(kess, { ...said('3.99'), firmwareVersion: { text: '4.036', source: fromLog } });
  expect(withTool(both, ktag)).toMatchObject({
    toolId: ktag.id,
    productId: ktag.productId,
    fields: { softwareVersion: { text: '2.70', source: fromCard } },
  });
  expect(withTool(both, ktag).fields.firmwareVersion).toBeUndefined();
});

test('R-VERSION-1: version read before any tool was chosen is about the one that is chosen', () => {
  expect(versionAfter(about(null, said('2.24', fromLog)), ktag)).toBe('2.24');
  expect(versionAfter(about(null, {}), ktag)).toBe('2.70');
});
