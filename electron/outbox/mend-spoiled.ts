import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Rooms } from '../rooms.ts';

/**
 * Work whose row is spoiled is set aside as far as it can be told, whatever the person wants of it (DAMAGE-3).
 * @returns what it came to; null where its row can be read and nothing was changed
 */
export function mendSpoiled(rooms: Rooms, id: OutboxItem['id']): OutboxItem | null {
  const at = rooms.clock.instant();
  const item = rooms.transact(() => {
    const kept = rooms.spoiled.mend(id, at);
    if (kept !== null) rooms.audit.append(at, 'outbox-set-aside', kept.ticketId, { work: kept.work.kind });
    return kept;
  });
  if (item === null) return null;
  rooms.publish({ kind: 'outboxChanged' });
  rooms.publish({ kind: 'requestsChanged' });
  rooms.publish({ kind: 'ticketChanged', id: item.ticketId });
  return item;
}
