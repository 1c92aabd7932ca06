import { type ConsentRecord, consentRecordSchema } from '../../shared/domain/consent-record.ts';
import type { Db } from './open-store.ts';

export type ConsentRepository = {
  readonly add: (record: ConsentRecord) => void;
  /** The latest acceptance of exactly these terms by this customer that can be read, or null (R-ACCEPT-1: a new version is asked again). */
  readonly termsAcceptance: (version: string, sha256: string, customerCode: string) => ConsentRecord | null;
};

const columns =
  'id, kind, ticket_id as ticketId, text_version as textVersion, text_sha256 as textSha256, customer_code as customerCode, given_at as givenAt from consent_records';

export function consentRepository(db: Db): ConsentRepository {
  const insert = db.prepare(
    'insert into consent_records (id, kind, ticket_id, text_version, text_sha256, customer_code, given_at) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const latest = db.prepare(
    `select ${columns} where kind = 'terms' and text_version = ? and text_sha256 = ? and customer_code = ? order by given_at desc`,
  );
  return {
    add: (record) => {
      insert.run(
        record.id,
        record.kind,
        record.ticketId,
        record.textVersion,
        record.textSha256,
        record.customerCode,
        record.givenAt,
      );
    },
    termsAcceptance: (version, sha256, customerCode) => {
      for (const row of latest.iterate(version, sha256, customerCode)) {
        const record = consentRecordSchema.safeParse(row);
        if (record.success) return record.data;
      }
      return null;
    },
  };
}
