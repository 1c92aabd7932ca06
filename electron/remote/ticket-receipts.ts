import type { TicketId } from '../../shared/domain/ids.ts';
import type { ReceiptRow } from '../../shared/ipc/remote-views.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { readRowOrNull } from '../store/stored-row.ts';

/** Every receipt of a ticket's sessions, newest first: of each session that is over, and of each backup that was proved for one. */
export function receiptsOfTicket(
  { remote }: Pick<ServiceContext, 'remote'>,
  ticketId: TicketId,
): readonly ReceiptRow[] {
  const sessions = remote.ofTicket(ticketId);
  const ofSessions = sessions.flatMap(({ facts }): readonly ReceiptRow[] =>
    facts.receiptId === null || facts.endedAt === null
      ? []
      : [{ kind: 'session', id: facts.receiptId, at: facts.endedAt }],
  );
  const backupIds = new Set(sessions.flatMap(({ state }) => state.preparation.backupId ?? []));
  const ofBackups = [...backupIds].flatMap((id): readonly ReceiptRow[] => {
    const proof = readRowOrNull(() => remote.findProof(id));
    if (proof === null) return [];
    return [
      proof.kind === 'made'
        ? { kind: 'backup-made', id, at: proof.finishedAt }
        : { kind: 'backup-declared', id, at: proof.declaredAt },
    ];
  });
  return [...ofSessions, ...ofBackups].sort((a, b) => (a.at < b.at ? 1 : -1));
}
