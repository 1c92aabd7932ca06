import type { EvidenceId, ToolId } from '../../shared/domain/ids.ts';
import type { ProductId } from '../../shared/domain/product.ts';
import { attempt, useApp } from '../stores/app-store.ts';
import { unwrap } from '../bridge/bridge.ts';

/** The tool meant when nobody said which: the only one of that product, or the only one there is. */
export function likelyTool(productId: ProductId | null): ToolId | null {
  const { tools } = useApp.getState();
  const fitting = productId === null ? tools : tools.filter((tool) => tool.productId === productId);
  return fitting.length === 1 ? (fitting[0]?.id ?? null) : null;
}

/** Starts a draft, which is kept from its first letter on, or with frozen files when they are what it begins from, and opens it. */
export function startRequest(
  toolId: ToolId | null = likelyTool(null),
  evidenceIds: readonly EvidenceId[] = [],
): void {
  void attempt(async () => {
    const draft = await unwrap(
      evidenceIds.length === 0
        ? window.officina.beginDraft({ toolId })
        : window.officina.startDraft({ toolId, evidenceIds: [...evidenceIds] }),
    );
    useApp.getState().go({ screen: 'draft', id: draft.id, isNew: true });
  });
}
