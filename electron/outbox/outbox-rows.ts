import type { TicketId } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import { needsPerson } from '../../shared/flows/queue-wait.ts';
import type { OutboxRow } from '../../shared/ipc/views.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import { titleOf } from '../../shared/domain/draft.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { OutboxSender } from './outbox-sender.ts';

export type OutboxRowsParts = {
  readonly sender: Pick<OutboxSender, 'progressOf' | 'queueWait' | 'judge'>;
  readonly link: Pick<PortalLink, 'recipient' | 'realm'>;
};

/** What holds for every row of one look at the queue. */
type QueueNow = {
  readonly at: string;
  readonly queueWait: ReturnType<OutboxSender['queueWait']>;
  readonly judged: ReturnType<OutboxSender['judge']>;
};

/** The later of two instants, of which either may be missing. */
function laterOf(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one;
}

/** The queue as a person reads it, in the order in which it goes, each row with the reason why it waits; for window and tray alike. */
export function outboxRows(context: ServiceContext, parts: OutboxRowsParts): () => OutboxRow[] {
  const { sender, link } = parts;
  const row = (
    item: OutboxItem,
    ticket: Ticket | null,
    before: number,
    { queueWait, judged }: QueueNow,
  ): OutboxRow => {
    const wait = item.state === 'queued' ? queueWait : null;
    const { why, goesAt } = judged(item, ticket);
    const isStopped = why?.kind === 'person' && wait !== null && needsPerson(wait.reason);
    const title = ticket === null || ticket.content === null ? '' : titleOf(ticket.content);
    const upload = sender.progressOf(item.id);
    const evidence =
      item.work.kind === 'upload-attachment' ? context.shownEvidence([item.work.evidenceId])[0] : undefined;
    return {
      id: item.id,
      ticketId: item.ticketId,
      title: title === '' ? (ticket?.text.subject ?? '') : title,
      number: ticket?.number ?? null,
      work: item.work,
      fileName: evidence?.name ?? null,
      state: item.state,
      attempts: item.attempts,
      nextTryAt: laterOf(item.nextTryAt, wait?.until ?? null),
      lastError: isStopped ? wait.reason : (item.lastError ?? wait?.reason ?? null),
      createdAt: item.createdAt,
      sentBytes: upload?.sentBytes ?? null,
      totalBytes: upload?.totalBytes ?? null,
      waitReason: why,
      goesAt,
      hold: null,
      before,
    };
  };
  return () => {
    const now: QueueNow = {
      at: context.clock.instant(),
      queueWait: sender.queueWait(),
      judged: sender.judge(),
    };
    // What stands still goes before nobody, and a request with its files is one.
    const ahead = new Set<TicketId>();
    // A request with its files is as many rows, and reading it may cost more than all of them.
    const tickets = new Map<TicketId, Ticket | null>();
    const ticketOf = ({ ticketId }: OutboxItem): Ticket | null => {
      const known = tickets.get(ticketId);
      const ticket = known === undefined ? readRowOrNull(() => context.tickets.find(ticketId)) : known;
      tickets.set(ticketId, ticket);
      return ticket;
    };
    const heldIn = new Map<TicketId, Pick<OutboxRow, 'waitReason' | 'goesAt'>>();
    /** What follows something that a person holds back in the same ticket waits with it, and says so. */
    const behindHeld = (shown: OutboxRow): OutboxRow => {
      if (shown.waitReason?.kind === 'held') {
        heldIn.set(shown.ticketId, { waitReason: shown.waitReason, goesAt: shown.goesAt });
        return { ...shown, hold: shown.waitReason.hold };
      }
      const leader = shown.state === 'queued' ? heldIn.get(shown.ticketId) : undefined;
      return leader === undefined ? shown : { ...shown, ...leader };
    };
    const read = context.outbox.shown(link.recipient());
    const here = [...read, ...context.spoiled.shown(link.recipient(), now.at, read)].map((item) => {
      const others = ahead.size - (ahead.has(item.ticketId) ? 1 : 0);
      const shown = behindHeld(row(item, ticketOf(item), others, now));
      const isHeld = shown.waitReason?.kind === 'held';
      if (!isHeld && (item.state === 'queued' || item.state === 'sending' || item.state === 'unknown'))
        ahead.add(item.ticketId);
      return shown;
    });
    // Practice is never mixed with what is meant; there a count says that something waits.
    const elsewhere = portalKinds[link.realm()].isPractice ? [] : context.outbox.elsewhere(link.recipient());
    return [...here, ...elsewhere.map((item) => row(item, ticketOf(item), 0, now))];
  };
}
