import { type AppError, appError } from '../../shared/domain/app-error.ts';
import type { EvidenceId, TicketNumber } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { assertNever } from '../../shared/domain/result.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import { type FrozenFiles, verifiedOrWhyNot } from '../evidence/frozen-files.ts';
import { copyRetry } from '../evidence/frozen-state.ts';
import type { AttachmentReceipt, Portal, PortalOutcome } from '../portal/port.ts';
import type { MessageRepository } from '../store/message-repository.ts';
import type { OutboxRepository } from '../store/outbox-repository.ts';
import type { ToldBy } from '../store/take-number.ts';

/** What the portal confirmed, in the words of the work it was asked for. */
export type WorkDone =
  | { readonly kind: 'numbered'; readonly number: string; readonly receivedAt: string; readonly by: ToldBy }
  | { readonly kind: 'delivered'; readonly portalReference: string; readonly at: string }
  /** `receipt` null where a person says so and no portal did. */
  | { readonly kind: 'uploaded'; readonly receipt: AttachmentReceipt | null }
  | { readonly kind: 'closed'; readonly at: string };

export type PerformParts = {
  readonly messages: MessageRepository;
  readonly outbox: OutboxRepository;
  readonly frozenFiles: Pick<FrozenFiles, 'verified' | 'frozenFile'>;
  /** How much of a file is on the portal, while it goes. */
  readonly onUpload: (item: OutboxItem, sentBytes: number, totalBytes: number) => void;
};

/** How much the words of one sending are, in bytes as they leave. */
export function wordBytes(...texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** A sending of words alone that is too large is too large for its words: fewer files would not help. */
function ofWords<T>(outcome: PortalOutcome<T>, ...texts: readonly string[]): PortalOutcome<T> {
  return outcome.kind === 'refused' && outcome.error.code === 'portal.tooLarge'
    ? {
        ...outcome,
        error: appError('portal.textTooLarge', {
          ...outcome.error.params,
          refusedBytes: wordBytes(...texts),
        }),
      }
    : outcome;
}

const notNumbered: PortalOutcome<never> = {
  kind: 'refused',
  error: appError('notFound'),
  retry: 'never',
  retryAfterMs: null,
};

function mapped<T>(outcome: PortalOutcome<T>, done: (value: T) => WorkDone): PortalOutcome<WorkDone> {
  return outcome.kind === 'done' ? { ...outcome, value: done(outcome.value) } : outcome;
}

/** Why something that goes with the ticket cannot be sent, naming it; a ticket never leaves as complete without its files (A6). */
async function unusableFile(parts: PerformParts, item: OutboxItem): Promise<AppError | null> {
  for (const other of parts.outbox.ofTicket(item.ticketId)) {
    if (other.work.kind !== 'upload-attachment' || other.state === 'accepted') continue;
    const file = await verifiedOrWhyNot(parts.frozenFiles, other.work.evidenceId);
    if (!file.ok) return file.error;
  }
  return null;
}

async function upload(
  portal: Portal,
  parts: PerformParts,
  item: OutboxItem,
  number: TicketNumber,
  evidenceId: EvidenceId,
  messageId: string | null,
  signal: AbortSignal,
): Promise<PortalOutcome<WorkDone>> {
  // The portal reads the copy whole before its first byte leaves.
  const file = parts.frozenFiles.frozenFile(evidenceId);
  return mapped(
    await portal.uploadAttachment({
      number,
      clientReference: item.idempotencyKey,
      messageReference: messageId,
      name: file.evidence.name,
      sizeBytes: file.evidence.sizeBytes,
      sha256: file.evidence.sha256,
      file: file.path,
      resumeUrl: parts.outbox.resumeUrl(item.id),
      onResumeUrl: (url) => parts.outbox.keepResumeUrl(item.id, url),
      onProgress: (sentBytes, totalBytes) => parts.onUpload(item, sentBytes, totalBytes),
      signal,
    }),
    (receipt) => ({ kind: 'uploaded', receipt }),
  );
}

/** What the portal's own list told while an item was on its way: nothing is left to be asked, and nothing must be sent again. Null: nothing. */
export function toldByNews({ work }: OutboxItem, { number, receivedAt, updatedAt }: Ticket): WorkDone | null {
  return work.kind === 'create-ticket' && number !== null
    ? { kind: 'numbered', number, receivedAt: receivedAt ?? updatedAt, by: 'news' }
    : null;
}

/** Asks the portal to do what the item says, once. Repeats and look-ups are decided elsewhere, by the flow. */
export async function performWork(
  portal: Portal,
  parts: PerformParts,
  item: OutboxItem,
  ticket: Ticket,
  serialAndProduct: { readonly productId: string; readonly serial: string },
  turn: AbortSignal,
): Promise<PortalOutcome<WorkDone>> {
  const { work } = item;
  if (work.kind === 'create-ticket') {
    const error = await unusableFile(parts, item);
    if (error !== null) return { kind: 'refused', error, retry: copyRetry(error), retryAfterMs: null };
    if (turn.aborted)
      return { kind: 'refused', error: appError('cancelled'), retry: 'later', retryAfterMs: null };
    const created = await portal.createTicket(
      {
        clientReference: ticket.id,
        idempotencyKey: item.idempotencyKey,
        language: ticket.text.language,
        subject: ticket.text.subject,
        body: ticket.text.body,
        ...serialAndProduct,
        termsVersion: ticket.terms?.version ?? '',
        termsSha256: ticket.terms?.sha256 ?? '',
      },
      turn,
    );
    return mapped(ofWords(created, ticket.text.subject, ticket.text.body), ({ number, receivedAt }) => ({
      kind: 'numbered',
      number,
      receivedAt,
      by: 'answer',
    }));
  }
  if (ticket.number === null) return notNumbered;
  switch (work.kind) {
    case 'send-message': {
      const message = parts.messages.find(work.messageId);
      if (message === null) return notNumbered;
      const sent = await portal.sendMessage(
        {
          number: ticket.number,
          clientReference: message.id,
          idempotencyKey: item.idempotencyKey,
          text: message.text,
        },
        turn,
      );
      return mapped(ofWords(sent, message.text), ({ id, receivedAt }) => ({
        kind: 'delivered',
        portalReference: id,
        at: receivedAt,
      }));
    }
    case 'upload-attachment':
      return upload(portal, parts, item, ticket.number, work.evidenceId, work.messageId, turn);
    case 'close-ticket':
      return mapped(await portal.closeTicket(ticket.number, turn), ({ closedAt }) => ({
        kind: 'closed',
        at: closedAt,
      }));
    default:
      return assertNever(work);
  }
}

/** Asks the portal whether it has what may have reached it; `null` is its own word that it has not. */
export async function lookUpWork(
  portal: Portal,
  item: OutboxItem,
  ticket: Ticket,
  turn: AbortSignal,
): Promise<PortalOutcome<WorkDone | null>> {
  const { work } = item;
  if (work.kind === 'create-ticket') {
    const found = await portal.findTicketByReference(ticket.id, turn);
    return found.kind === 'done'
      ? {
          ...found,
          value:
            found.value === null
              ? null
              : {
                  kind: 'numbered',
                  number: found.value.number,
                  receivedAt: found.value.receivedAt,
                  by: 'answer',
                },
        }
      : found;
  }
  if (work.kind === 'send-message' && ticket.number !== null) {
    const found = await portal.findMessageByReference(ticket.number, work.messageId, turn);
    return found.kind === 'done'
      ? {
          ...found,
          value:
            found.value === null
              ? null
              : { kind: 'delivered', portalReference: found.value.id, at: found.value.receivedAt },
        }
      : found;
  }
  // Uploads and closings are repeated, never looked up: they do not reach this state.
  return notNumbered;
}
