import { AppFault } from '../../shared/domain/app-error.ts';
import { type Draft, type DraftContent, type FieldKey, fieldMaxChars } from '../../shared/domain/draft.ts';
import type { EvidenceId, TicketId } from '../../shared/domain/ids.ts';
import { splitOfDraft } from '../../shared/rules/two-problems.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { toolOfTicket } from './draft-from-request.ts';
import { requireDraft } from './require-draft.ts';
import type { DraftService } from './draft-service.ts';

/** What a second request about the same tool says of it as well. */
const ofTheTool: readonly FieldKey[] = ['softwareVersion', 'firmwareVersion'];

const typed = (text: string) => ({ text, source: { kind: 'typed' as const } });

export type FurtherDrafts = {
  /**
   * R-TICKET-5: makes the second problem of a draft a draft of its own about the same tool. Both are on the disk together, or nothing
   * has changed. @throws AppFault draft.staleRevision when the text is not the one that was read
   */
  readonly split: (id: TicketId, revision: number) => Draft;
  /** R-TICKET-5: a draft about the ticket's product out of a reply that speaks of something else; the reply itself stays as it is. @throws AppFault notFound, draft.textTooLong */
  readonly fromReply: (ticketId: TicketId, text: string, evidenceIds: readonly EvidenceId[]) => Draft;
};

/** Requests that begin with words already written somewhere else. */
export function furtherDrafts(
  context: Pick<
    ServiceContext,
    'clock' | 'drafts' | 'evidenceRows' | 'products' | 'publish' | 'tickets' | 'tools' | 'transact'
  >,
  service: DraftService,
): FurtherDrafts {
  const { drafts, tickets, tools, transact } = context;
  const begin = (
    toolId: Draft['content']['toolId'],
    more: (content: DraftContent) => DraftContent,
  ): Draft => {
    const draft = service.start(toolId);
    const content = more(draft.content);
    const { revision, savedAt } = service.edit(draft.id, draft.revision, content);
    return { ...draft, revision, updatedAt: savedAt, content };
  };
  return {
    split: (id, revision) => {
      const made = transact(() => {
        const whole = requireDraft(context, id);
        const { content } = whole;
        const serial = content.toolId === null ? '' : (tools.find(content.toolId)?.serial ?? '');
        const parts = splitOfDraft(content, serial);
        if (whole.revision !== revision || parts === null) throw new AppFault('draft.staleRevision');
        const second = begin(content.toolId, (fresh) => ({
          ...fresh,
          productId: content.productId,
          language: content.language,
          fields: {
            ...fresh.fields,
            ...Object.fromEntries(
              ofTheTool.flatMap((key) =>
                content.fields[key] === undefined ? [] : [[key, content.fields[key]]],
              ),
            ),
            problem: typed(parts.second),
          },
        }));
        // Whatever was kept last: the text as it stood is one step back in the history.
        drafts.keepVersion(id, { revision, savedAt: whole.updatedAt, content });
        service.edit(id, revision, {
          ...content,
          fields: { ...content.fields, problem: typed(parts.first) },
        });
        return second;
      });
      context.publish({ kind: 'requestsChanged' });
      return made;
    },
    fromReply: (ticketId, text, evidenceIds) => {
      // A reply may be longer than what a draft can hold, and a draft that holds more cannot be read back.
      const limitChars = fieldMaxChars('problem');
      if (text.length > limitChars) throw new AppFault('draft.textTooLong', { limitChars });
      const made = transact(() => {
        const ticket = tickets.find(ticketId);
        if (ticket === null) throw new AppFault('notFound');
        const { productId } = tickets.productAndSerial(ticketId);
        const tool = toolOfTicket(context, ticketId, ticket.content?.toolId ?? null);
        const product = context.products.find((item) => item.id === (tool?.productId ?? productId));
        return begin(tool?.id ?? null, (fresh) => ({
          ...fresh,
          productId: product?.id ?? null,
          language: ticket.text.language,
          fields: { ...fresh.fields, problem: typed(text) },
          evidenceIds: context.evidenceRows.byIds(evidenceIds).map((file) => file.id),
        }));
      });
      context.publish({ kind: 'requestsChanged' });
      return made;
    },
  };
}
