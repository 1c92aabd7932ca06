import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { ServiceContext } from '../store/service-context.ts';

/**
 * Work whose row is spoiled is set aside as far as it can be told, whatever the person wants of it (DAMAGE-3).
 * @returns what it came to; null where its row can be read and nothing was changed
 */
export function mendSpoiled(context: ServiceContext, id: OutboxItem['id']): OutboxItem | null {
  const at = context.clock.instant();
  const item = context.transact(() => {
    const kept = context.spoiled.mend(id, at);
    if (kept !== null) context.audit.append(at, 'outbox-set-aside', kept.ticketId, { work: kept.work.kind });
    return kept;
  });
  if (item === null) return null;
  context.publish({ kind: 'outboxChanged' });
  context.publish({ kind: 'requestsChanged' });
  context.publish({ kind: 'ticketChanged', id: item.ticketId });
  return item;
}
