import type { DraftContent } from '../../shared/domain/draft.ts';
import type { EvidenceId, TicketId } from '../../shared/domain/ids.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { ExportRequest } from './request-in-words.ts';
import type { SendService } from './send-service.ts';

type Carried = Pick<ExportRequest, 'files' | 'lost'>;

/** What is carried away of these files: those whose rows can be read, and the ids of the others (DAMAGE-3). */
function carriedFiles(
  { shownEvidence }: Pick<ServiceContext, 'shownEvidence'>,
  ids: readonly EvidenceId[],
): Carried {
  const wanted = [...new Set(ids)];
  const files = shownEvidence(wanted);
  const known = new Set(files.map((file) => file.id));
  return { files, lost: wanted.filter((id) => !known.has(id)) };
}

/** As `carriedFiles` for everything that belongs to a request that left, with the files of its replies; a spoiled row of the queue is passed over, and so is what was removed on purpose. */
function carriedOfTicket(
  context: Pick<ServiceContext, 'shownEvidence' | 'outbox'>,
  id: TicketId,
  content: DraftContent | null,
): Carried {
  const queued = context.outbox
    .readableOfTicket(id)
    .flatMap(({ work }) => (work.kind === 'upload-attachment' ? [work.evidenceId] : []));
  const { files, lost } = carriedFiles(context, [...(content?.evidenceIds ?? []), ...queued]);
  return { files: files.filter((file) => file.removedAt === null), lost };
}

/**
 * A request as it is carried away, sent or still a draft.
 * @param unstored what was typed into a draft and the disk does not take (D1)
 * @throws AppFault profile.missing, draft.incomplete, notFound, and store.unreadable where its own words cannot be read
 */
export function requestToCarry(
  context: ServiceContext,
  sending: SendService,
  id: TicketId,
  unstored: DraftContent | null,
): ExportRequest {
  const ticket = context.tickets.find(id);
  if (ticket === null) {
    const { text, draft } = sending.review(id, null, unstored, context.shownEvidence);
    return {
      name: id,
      text,
      ...carriedFiles(context, draft.content.evidenceIds),
      conversation: [],
      terms: null,
      standing: null,
    };
  }
  return {
    name: ticket.number ?? id,
    text: ticket.text,
    ...carriedOfTicket(context, id, ticket.content),
    conversation: context.messages.ofTicket(id),
    terms: ticket.terms,
    standing: { ...ticket, sentAt: ticket.frozenAt },
  };
}
