import type { TicketId } from '../../shared/domain/ids.ts';
import type { Waiver } from '../../shared/domain/waiver.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { requireDraft } from './require-draft.ts';

/** Keeps a person's reason for going on in spite of a warning, and that it was given. @throws AppFault notFound, draft.frozen */
export function waiveRule(context: ServiceContext, id: TicketId, waiver: Omit<Waiver, 'at'>): void {
  context.transact(() => {
    requireDraft(context, id);
    const at = context.clock.instant();
    if (context.drafts.storeBegun(id)) context.audit.append(at, 'draft-started', id);
    context.waivers.add(id, { ...waiver, at });
    context.audit.append(at, 'rule-waived', id, {
      rule: waiver.ruleId,
      about: waiver.about,
      reason: waiver.reason,
    });
  });
  context.drafts.letGoOfBegun(id);
}

/** Forgets what operators asked back, from which the checklist learns. */
export function resetLearning(context: ServiceContext): void {
  context.transact(() => {
    context.askedBack.reset();
    context.audit.append(context.clock.instant(), 'learning-reset', 'asked-back');
  });
}
