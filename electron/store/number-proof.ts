import { z } from 'zod';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { Db } from './open-store.ts';

/**
 * How far the number of a request written here can be trusted. `proven`: the portal answered it to our own reference. `unproven`: its
 * news, or a person, told it. `contradicted`: unproven, and news told something else since. `questioned`: proven, and the portal answered
 * the same number to another reference of ours since, so that one of the two answers is false.
 */
export type NumberTrust = 'proven' | 'unproven' | 'contradicted' | 'questioned';

export type NumberProof = {
  readonly numberTrust: (id: TicketId) => NumberTrust;
  readonly trustNumber: (id: TicketId, trust: NumberTrust) => void;
  /** Takes away a number that is not proven: it is another request's. */
  readonly releaseNumber: (id: TicketId, at: string) => void;
};

/** As they stand in `heard_of`, which tells of a ticket from elsewhere what `AbsorbTicket` says. */
const codes: Readonly<Record<NumberTrust, number>> = {
  proven: 0,
  unproven: 3,
  contradicted: 4,
  questioned: 5,
};

const trusts = ['unproven', 'contradicted', 'questioned'] as const;

/** `heard_of` of a number that nobody proved, or that is in question, as a list for SQL. */
export const unprovenCodes = `(${codes.unproven}, ${codes.contradicted}, ${codes.questioned})`;

export function numberProof(db: Db): NumberProof {
  const heardOf = db.prepare('select heard_of from tickets where id = ? and content is not null').pluck();
  const mark = db.prepare('update tickets set heard_of = ? where id = ? and content is not null');
  const unproven = `stage = 'frozen' and heard_of in ${unprovenCodes}`;
  const release = db.prepare(
    `update tickets set number = null, received_at = null, heard_of = 0, updated_at = ? where id = ? and ${unproven}`,
  );
  return {
    numberTrust: (id) => {
      const code = z.number().nullish().parse(heardOf.get(id));
      return trusts.find((trust) => codes[trust] === code) ?? 'proven';
    },
    trustNumber: (id, trust) => {
      mark.run(codes[trust], id);
    },
    releaseNumber: (id, at) => {
      release.run(at, id);
    },
  };
}
