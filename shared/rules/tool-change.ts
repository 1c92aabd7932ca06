import type { DraftContent, FieldKey } from '../domain/draft.ts';
import type { Tool } from '../domain/tool.ts';

/** What is said of a product and is untrue of any other. */
const ofTheProduct: readonly FieldKey[] = ['softwareVersion', 'firmwareVersion'];

/**
 * The draft about another tool, or about none (R-VERSION-1). A version taken from the card of the tool before goes with it; one that was
 * typed or read from a file stays while the product is the same, for a card knows less than whoever looked. Chosen before any product,
 * such a version is about the one that is chosen now.
 */
export function withTool(
  content: DraftContent,
  tool: Pick<Tool, 'id' | 'productId' | 'installedVersion'> | null,
): DraftContent {
  const productId = tool?.productId ?? null;
  const isOtherProduct = content.productId !== null && content.productId !== productId;
  const fields = { ...content.fields };
  for (const key of ofTheProduct)
    if (isOtherProduct || fields[key]?.source.kind === 'profile') delete fields[key];
  const version = tool?.installedVersion ?? null;
  const isSaid = (fields.softwareVersion?.text.trim() ?? '') !== '';
  if (version !== null && !isSaid) fields.softwareVersion = { text: version, source: { kind: 'profile' } };
  return { ...content, toolId: tool?.id ?? null, productId, fields };
}
