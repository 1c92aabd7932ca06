import { z } from 'zod';
import type { Recipient } from '../../shared/domain/recipient.ts';
import type { Aside } from '../../shared/portal/heard-changes.ts';
import { createHash } from 'node:crypto';
import type { Db } from './open-store.ts';

export type SetAsideNews = {
  /** Keeps entries of the portal's news as they came; the same entry again, or one about the same, changes nothing. */
  readonly add: (recipient: Recipient, asides: readonly Aside[], at: string) => void;
  /** How many nobody was told of yet. */
  readonly untold: () => number;
  readonly markTold: () => void;
};

/** More than these are forgotten, oldest first: a portal must not fill the disk. */
const mostKept = 500;
/** Characters of an entry. */
const longestEntry = 500_000;

/** The portal's news that could not be shown, or not wholly: kept to be looked at; an export names them without their words. */
export function setAsideNews(db: Db): SetAsideNews {
  const insert = db.prepare(
    'insert or ignore into set_aside (id, recipient, why, entry, at, told) values (?, ?, ?, ?, ?, 0)',
  );
  const trim = db.prepare(
    'delete from set_aside where id not in (select id from set_aside order by at desc, id limit ?)',
  );
  const untold = db.prepare('select count(*) from set_aside where told = 0').pluck();
  const tell = db.prepare('update set_aside set told = 1 where told = 0');
  return {
    add: (recipient, asides, at) => {
      let added = 0;
      for (const { why, entry, about } of asides.slice(-mostKept)) {
        const kept = entry.slice(0, longestEntry);
        const id = createHash('sha256')
          .update(`${recipient}\n${why}\n${about ?? kept}`)
          .digest('hex');
        added += insert.run(id, recipient, why, kept, at).changes;
      }
      if (added > 0) trim.run(mostKept);
    },
    untold: () => z.number().parse(untold.get()),
    markTold: () => {
      tell.run();
    },
  };
}
