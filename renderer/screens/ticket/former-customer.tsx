import type { ReactNode } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { outboxReason } from '../../features/outbox-reason.ts';
import { useOutbox } from '../../stores/outbox-store.ts';
import { useTranslation } from '../../words/translation.ts';

/** What of a request waits to be carried by hand was made for another customer code: said before anything of it is copied. */
export function FormerCustomer({ id }: { readonly id: TicketId }): ReactNode {
  const words = useTranslation();
  const rows = useOutbox((state) => state.rows);
  const former = rows?.find(
    (row) => row.ticketId === id && row.state === 'by-hand' && row.waitReason?.kind === 'recipient',
  );
  return former === undefined ? null : <p className="notice warn">{outboxReason(former, words)}</p>;
}
