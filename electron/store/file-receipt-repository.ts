import { type FileReceipt, fileReceiptSchema } from '../../shared/domain/file-receipt.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { Db } from './open-store.ts';
import { readable } from './stored-row.ts';

export type FileReceiptRepository = {
  /** Keeps what the portal confirmed of a file; told again under the same reference, the first word stays. */
  readonly keep: (ticketId: TicketId, receipt: FileReceipt) => void;
  /** In the order in which the portal received them; one that cannot be read is left out. */
  readonly ofTicket: (ticketId: TicketId) => readonly FileReceipt[];
};

/** What a portal confirmed of each file it received; goes with the request it belongs to. */
export function fileReceiptRepository(db: Db): FileReceiptRepository {
  const write = db.prepare(
    'insert or ignore into file_receipts (reference, ticket_id, evidence_id, name, size_bytes, sha256, received_at) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const read = db.prepare(
    `select reference, evidence_id as evidenceId, name, size_bytes as sizeBytes, sha256, received_at as receivedAt
     from file_receipts where ticket_id = ? order by received_at, reference`,
  );
  return {
    keep: (ticketId, { reference, evidenceId, name, sizeBytes, sha256, receivedAt }) => {
      write.run(reference, ticketId, evidenceId, name, sizeBytes, sha256, receivedAt);
    },
    ofTicket: (ticketId) => readable(read.all(ticketId), (row) => fileReceiptSchema.parse(row)),
  };
}
