import type { TicketId } from '../../shared/domain/ids.ts';
import type { Waiver } from '../../shared/domain/waiver.ts';
import type { Rooms } from '../rooms.ts';
import { requireDraft } from './require-draft.ts';

/** Keeps a person's reason for going on in spite of a warning, and that it was given. @throws AppFault notFound, draft.frozen */
export function waiveRule(rooms: Rooms, id: TicketId, waiver: Omit<Waiver, 'at'>): void {
  rooms.transact(() => {
    requireDraft(rooms, id);
    const at = rooms.clock.instant();
    rooms.waivers.add(id, { ...waiver, at });
    rooms.audit.append(at, 'rule-waived', id, { rule: waiver.ruleId, about: waiver.about, reason: waiver.reason });
  });
}

/** Forgets what operators asked back, from which the checklist learns. */
export function resetLearning(rooms: Rooms): void {
  rooms.transact(() => {
    rooms.askedBack.reset();
    rooms.audit.append(rooms.clock.instant(), 'learning-reset', 'asked-back');
  });
}
