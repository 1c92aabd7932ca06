import type { EvidenceId, MessageId, TicketId } from '../../shared/domain/ids.ts';

/** What the program said it had taken: all of it must be found again, and on the portal once. */
export type Acknowledged = {
  readonly edits: Map<TicketId, string>;
  readonly files: Map<EvidenceId, string>;
  readonly tickets: Set<TicketId>;
  readonly replies: Map<TicketId, MessageId[]>;
  readonly closings: Set<TicketId>;
};

/** Least work of one schedule that proves anything; one that has less goes on, though not for ever. */
export const floors = { edits: 10, files: 18, tickets: 7, replies: 8, closings: 1, sentFiles: 12 } as const;

export function blank(): Acknowledged {
  return { edits: new Map(), files: new Map(), tickets: new Set(), replies: new Map(), closings: new Set() };
}

export function copyOf(acknowledged: Acknowledged): Acknowledged {
  return {
    edits: new Map(acknowledged.edits),
    files: new Map(acknowledged.files),
    tickets: new Set(acknowledged.tickets),
    replies: new Map([...acknowledged.replies].map(([id, messages]) => [id, [...messages]])),
    closings: new Set(acknowledged.closings),
  };
}

export function replyCount({ replies }: Acknowledged): number {
  return [...replies.values()].reduce((sum, written) => sum + written.length, 0);
}

/** What belongs to the request of the one item that goes wrong for ever waits with it, and is looked at by itself. */
export function without(all: Acknowledged, one: TicketId | null): Acknowledged {
  if (one === null) return all;
  const rest = copyOf(all);
  rest.tickets.delete(one);
  rest.replies.delete(one);
  rest.closings.delete(one);
  return rest;
}
