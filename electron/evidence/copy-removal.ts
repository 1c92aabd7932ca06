import { AppFault } from '../../shared/domain/app-error.ts';
import type { EvidenceId, TicketId } from '../../shared/domain/ids.ts';
import type { CopyUse } from '../../shared/ipc/views.ts';
import { within } from '../platform/within.ts';
import { namedRequest } from '../store/named-request.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { removeBytes } from './file-retention.ts';
import type { EvidenceServices } from './open-evidence.ts';

/** A person's wish that a copy is gone, such as a picture with a customer's data. */
export type CopyRemoval = {
  /** What names the copy today, what needs it most first. */
  readonly usesOf: (id: EvidenceId) => CopyUse[];
  /**
   * Notes that the copy is gone, then deletes its bytes unless another copy lies on them; name, size and hash stay in the records.
   * @throws AppFault notFound, evidence.inUse with the place that needs it, evidence.copyHeld when the bytes go later
   */
  readonly remove: (id: EvidenceId) => Promise<void>;
};

/** Bytes on the own disk go in a moment; a person who waits longer is told that they go later, milliseconds. */
const patienceMs = 5_000;

export function copyRemoval(
  context: Pick<
    ServiceContext,
    | 'audit'
    | 'clock'
    | 'drafts'
    | 'evidenceRows'
    | 'fileUses'
    | 'publish'
    | 'removed'
    | 'tickets'
    | 'transact'
  >,
  { frozen, whileNothingIsFrozen }: Pick<EvidenceServices, 'frozen' | 'whileNothingIsFrozen'>,
  log: (error: unknown) => void,
): CopyRemoval {
  const { evidenceRows } = context;
  const nameOf = (id: TicketId): string =>
    namedRequest(context, id)?.name ?? context.removed.all().find((draft) => draft.id === id)?.title ?? '';
  const usesOf = (id: EvidenceId): CopyUse[] => {
    const seen = new Map<TicketId, CopyUse>();
    for (const { kind, ticketId, isNeeded } of context.fileUses.of(id))
      if (!seen.has(ticketId))
        seen.set(ticketId, {
          kind,
          ticketId,
          isNeeded,
          request: nameOf(ticketId),
        });
    return [...seen.values()].sort((a, b) => Number(b.isNeeded) - Number(a.isNeeded));
  };
  const note = (id: EvidenceId): void =>
    context.transact(() => {
      const file = evidenceRows.find(id);
      if (file === null) throw new AppFault('notFound');
      const need = usesOf(id).find((use) => use.isNeeded);
      if (need !== undefined)
        throw new AppFault('evidence.inUse', { name: file.name, use: need.kind, request: need.request });
      if (file.removedAt !== null) return;
      const at = context.clock.instant();
      evidenceRows.markRemoved(id, at);
      context.audit.append(at, 'evidence-removed', id, { sha256: file.sha256 });
    });
  return {
    usesOf,
    remove: async (id) => {
      note(id);
      context.publish({ kind: 'evidenceRemoved' });
      const gone = whileNothingIsFrozen(() => removeBytes({ evidence: evidenceRows, folder: frozen })).then(
        () => true,
        (error: unknown) => {
          log(error);
          return false;
        },
      );
      const outcome = await within(gone, patienceMs);
      if (outcome.kind !== 'value' || !outcome.value) throw new AppFault('evidence.copyHeld');
    },
  };
}
