import { type Draft, fieldText } from '../../shared/domain/draft.ts';
import type { Product } from '../../shared/domain/product.ts';
import type { Tool } from '../../shared/domain/tool.ts';
import type { WorkshopProfile } from '../../shared/domain/workshop-profile.ts';
import type { RequestRow } from '../../shared/ipc/views.ts';
import { completeness } from '../../shared/rules/completeness.ts';

export type RowFacts = { readonly products: readonly Product[]; readonly tools: readonly Tool[]; readonly profile: WorkshopProfile | null };

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

/** One line of the list for a draft: what it is about and how far it is by the vendor's own list (section 3). */
export function draftRow(draft: Draft, facts: RowFacts): RequestRow {
  const { content } = draft;
  const product = facts.products.find((item) => item.id === content.productId) ?? null;
  const tool = facts.tools.find((item) => item.id === content.toolId) ?? null;
  const verdicts = completeness(content, { customerCode: facts.profile?.customerCode ?? null, product, tool, evidenceKinds: [] });
  return {
    id: draft.id, stage: 'draft', number: null, realm: null,
    title: fieldText(content, 'problem').split('\n')[0]?.slice(0, 120) ?? '',
    productName: product?.name ?? '',
    serial: tool?.serial ?? '',
    vehicle: joined(fieldText(content, 'vehicleMake'), fieldText(content, 'vehicleModel'), fieldText(content, 'ecuFamily')),
    state: null, outboxState: null, turn: 'you', unread: 0,
    metRules: verdicts.filter((item) => item.status === 'met').length,
    allRules: verdicts.length,
    lastMessage: '',
    updatedAt: draft.updatedAt,
  };
}

/** True when every word of `text` stands somewhere in the row; an empty text matches all. */
export function rowMatches(row: RequestRow, text: string): boolean {
  const haystack = joined(row.title, row.productName, row.serial, row.vehicle, row.number ?? '').toLocaleLowerCase();
  return text.toLocaleLowerCase().split(/\s+/u).every((word) => haystack.includes(word));
}
