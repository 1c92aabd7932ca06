import { z } from 'zod';
import type { WireUploadMetadata } from '../../../shared/portal/wire.ts';
import { nextCount, type PracticeDb } from './practice-database.ts';
import type { PracticeRows } from './practice-rows.ts';
import { Problem } from './problem.ts';

/** Files that come to a ticket, with it or with a message. */
export function practiceFiles(db: PracticeDb, rows: PracticeRows, now: () => string) {
  return {
    /** Checks before a byte is sent that the file would be taken. */
    admitUpload(
      metadata: WireUploadMetadata,
      sizeBytes: number,
      limits: { readonly ticketBytes: number; readonly attachmentsPerTicket: number },
    ): void {
      rows.openTicket(metadata.ticket);
      const held = z
        .object({ files: z.number(), bytes: z.number() })
        .parse(
          db
            .prepare(
              'SELECT count(*) AS files, coalesce(sum(size_bytes), 0) AS bytes FROM attachment WHERE number = ?',
            )
            .get(metadata.ticket),
        );
      if (held.files >= limits.attachmentsPerTicket || held.bytes + sizeBytes > limits.ticketBytes)
        throw new Problem(413, 'too-large');
      if (rows.findAttachment(metadata.reference) !== null) throw new Problem(409, 'key-reused', 'reference');
      if (
        metadata.messageReference !== null &&
        rows.findMessage(metadata.messageReference)?.number !== metadata.ticket
      )
        throw new Problem(422, 'invalid', 'messageReference');
    },
    attach(metadata: WireUploadMetadata, sizeBytes: number, uploadId: string): void {
      rows.inTransaction(() => {
        if (rows.findAttachment(metadata.reference) !== null) return;
        const messageId =
          metadata.messageReference === null
            ? db
                .prepare('SELECT id FROM message WHERE number = ? ORDER BY rowid LIMIT 1')
                .pluck()
                .get(metadata.ticket)
            : rows.findMessage(metadata.messageReference)?.id;
        db.prepare(
          'INSERT INTO attachment(client_reference, number, message_id, name, size_bytes, sha256, upload_id, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        ).run(
          metadata.reference,
          metadata.ticket,
          z.string().parse(messageId),
          metadata.name,
          sizeBytes,
          metadata.sha256,
          uploadId,
          now(),
        );
        db.prepare('UPDATE message SET change = ? WHERE id = ?').run(nextCount(db, 'change'), messageId);
      });
    },
  };
}
