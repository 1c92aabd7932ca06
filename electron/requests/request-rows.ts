import { type Draft, type DraftContent, fieldText, titleOf } from '../../shared/domain/draft.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { noOwnWords } from '../../shared/domain/own-words-limits.ts';
import { productName } from '../../shared/domain/product-name.ts';
import type { Product } from '../../shared/domain/product.ts';
import type { Tool } from '../../shared/domain/tool.ts';
import type { WorkshopProfile } from '../../shared/domain/workshop-profile.ts';
import type { RequestRow } from '../../shared/ipc/views.ts';
import { completeness } from '../../shared/rules/completeness.ts';
import type { DraftRepository } from '../store/draft-repository.ts';
import type { MessageRepository } from '../store/message-repository.ts';
import type { OutboxRepository } from '../store/outbox-repository.ts';
import type { OwnWordsRepository } from '../store/own-words-repository.ts';
import type { ProfileRepository } from '../store/profile-repository.ts';
import type { Bucket, ListedTicket, RequestRepository } from '../store/request-repository.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';
import type { ToolRepository } from '../store/tool-repository.ts';

export type RowParts = {
  readonly drafts: DraftRepository;
  readonly tickets: TicketRepository;
  readonly messages: MessageRepository;
  readonly outbox: OutboxRepository;
  readonly requests: RequestRepository;
  readonly tools: ToolRepository;
  readonly ownWords: OwnWordsRepository;
  readonly profile: ProfileRepository;
  readonly products: readonly Product[];
  readonly shownEvidence: (ids: DraftContent['evidenceIds']) => readonly Evidence[];
};

const lastMessageMaxChars = 240;
const turns: Readonly<Record<Bucket, RequestRow['turn']>> = {
  drafts: 'you',
  you: 'you',
  waiting: 'portal',
  vendor: 'vendor',
  closed: 'nobody',
};

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

function about(content: DraftContent): string {
  return joined(
    fieldText(content, 'vehicleMake'),
    fieldText(content, 'vehicleModel'),
    fieldText(content, 'ecuFamily'),
  );
}

/** A tool that cannot be read hides no request that names it. */
function toolOf({ toolId }: DraftContent, { tools }: RowParts): Tool | null {
  return toolId === null ? null : readRowOrNull(() => tools.find(toolId));
}

/** Words that cannot be read hide no request. */
function ownOf(id: TicketId, { ownWords }: RowParts): Pick<RequestRow, 'plate' | 'customer'> {
  const { plate, customer } = readRowOrNull(() => ownWords.of(id)) ?? noOwnWords;
  return { plate, customer };
}

function draftRow(draft: Draft, parts: RowParts, profile: WorkshopProfile | null): RequestRow {
  const { content } = draft;
  const product = parts.products.find((item) => item.id === content.productId) ?? null;
  const tool: Tool | null = toolOf(content, parts);
  const results = completeness(content, {
    customerCode: profile?.customerCode ?? null,
    product,
    tool,
    evidenceKinds: parts.shownEvidence(content.evidenceIds).map((item) => item.kind),
  });
  return {
    id: draft.id,
    stage: 'draft',
    number: null,
    realm: null,
    title: titleOf(content),
    productName: product === null ? '' : productName(product, parts.profile.settings().language),
    serial: tool?.serial ?? '',
    vehicle: about(content),
    ...ownOf(draft.id, parts),
    state: null,
    outboxState: null,
    turn: 'you',
    unread: 0,
    metRules: results.filter((item) => item.status === 'met').length,
    allRules: results.length,
    lastMessage: '',
    sessionAskedBy: null,
    updatedAt: draft.updatedAt,
  };
}

function ticketRow(ticket: ListedTicket, parts: RowParts): RequestRow {
  const open = parts.outbox.ofTicket(ticket.id).filter((item) => item.state !== 'accepted');
  const first = open.find((item) => item.state === 'rejected' || item.state === 'to-verify') ?? open[0];
  const product = parts.products.find((item) => item.id === ticket.productId);
  const title = ticket.content === null ? '' : titleOf(ticket.content);
  return {
    id: ticket.id,
    stage: ticket.number === null ? 'waiting' : 'ticket',
    number: ticket.number,
    realm: ticket.realm,
    title: title === '' ? ticket.text.subject : title,
    productName:
      product === undefined ? ticket.productId : productName(product, parts.profile.settings().language),
    serial: ticket.serial,
    vehicle: ticket.content === null ? '' : about(ticket.content),
    ...ownOf(ticket.id, parts),
    state: ticket.state,
    outboxState: first?.state ?? null,
    turn: turns[parts.requests.bucketOf(ticket.id) ?? 'vendor'],
    unread: ticket.unread,
    metRules: 0,
    allRules: 0,
    lastMessage: parts.messages.lastText(ticket.id).slice(0, lastMessageMaxChars),
    sessionAskedBy:
      ticket.state !== 'closed' && parts.requests.asksForSession(ticket.id) ? ticket.operator : null,
    updatedAt: ticket.updatedAt,
  };
}

/** One line of the list, draft or ticket alike: what it is about, how far it is, whose move it is. Null when it is gone. */
export function requestRow(id: TicketId, parts: RowParts): RequestRow | null {
  const ticket = parts.requests.listed(id);
  if (ticket !== null) return ticketRow(ticket, parts);
  const draft = parts.drafts.find(id);
  return draft === null ? null : draftRow(draft, parts, parts.profile.profile());
}
