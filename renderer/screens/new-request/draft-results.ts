import { useMemo } from 'react';
import type { Draft, DraftContent } from '../../../shared/domain/draft.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { Product } from '../../../shared/domain/product.ts';
import type { Tool } from '../../../shared/domain/tool.ts';
import type { DraftSection } from '../../../shared/domain/draft-check.ts';
import type { CheckResult } from '../../../shared/rules/draft-checks.ts';
import { completeness } from '../../../shared/rules/completeness.ts';
import { useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';

export type DraftFacts = {
  readonly content: DraftContent;
  readonly product: Product | null;
  readonly tool: Tool | null;
  readonly files: readonly Evidence[];
  readonly customerCode: string | null;
  readonly results: readonly CheckResult[];
};

/** The draft on screen with everything its rules and its text are made of; null while it is read. */
export function useDraftFacts(): DraftFacts | null {
  const draft: Draft | null = useDraft((state) => state.draft);
  const evidence = useDraft((state) => state.evidence);
  const products = useApp((state) => state.products);
  const tools = useApp((state) => state.tools);
  const customerCode = useApp((state) => state.info?.profile?.customerCode ?? null);
  return useMemo(() => {
    if (draft === null) return null;
    const { content } = draft;
    const product = products.find((item) => item.id === content.productId) ?? null;
    const tool = tools.find((item) => item.id === content.toolId) ?? null;
    const files = content.evidenceIds.flatMap((id) => evidence.filter((item) => item.id === id));
    return {
      content,
      product,
      tool,
      files,
      customerCode,
      results: completeness(content, {
        customerCode,
        product,
        tool,
        evidenceKinds: files.map((file) => file.kind),
      }),
    };
  }, [draft, evidence, products, tools, customerCode]);
}

/** How a section stands: what the vendor demands is missing, something is advised, all is there, or nothing is asked. */
export function sectionStatus(
  results: readonly CheckResult[],
  section: DraftSection,
): CheckResult['status'] | 'free' {
  const own = results.filter((item) => item.section === section);
  return (
    own.find((item) => item.status === 'missing')?.status ??
    own.find((item) => item.status === 'advised')?.status ??
    own[0]?.status ??
    'free'
  );
}
