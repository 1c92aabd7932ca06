import { z } from 'zod';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { OwnWords } from '../../shared/domain/own-words.ts';
import { noOwnWords } from '../../shared/domain/own-words-limits.ts';
import type { Db } from './open-store.ts';
import { readRow } from './stored-row.ts';

export type OwnWordsRepository = {
  /** Empty words where there are none. @throws AppFault store.unreadable */
  readonly of: (id: TicketId) => OwnWords;
  /** Keeps them, or nothing where all are empty. */
  readonly save: (id: TicketId, words: OwnWords) => void;
};

const rowSchema = z.object({ plate: z.string(), customer: z.string(), note: z.string() });

/** A plate is looked for with and without its gaps. */
function searched({ plate, customer, note }: OwnWords): string {
  return [plate, plate.replaceAll(/[\s-]/gu, ''), customer, note]
    .filter((part) => part !== '')
    .join(' ')
    .toLocaleLowerCase();
}

/** What a workshop keeps beside a request, in a table of its own: nothing that reads a request to send it comes by here. */
export function ownWordsRepository(db: Db): OwnWordsRepository {
  const one = db.prepare('select plate, customer, note from own_words where ticket_id = ?');
  const write = db.prepare(
    'insert or replace into own_words (ticket_id, plate, customer, note, search) values (?, ?, ?, ?, ?)',
  );
  const clear = db.prepare('delete from own_words where ticket_id = ?');
  return {
    of: (id) => {
      const row = one.get(id);
      return row === undefined ? noOwnWords : readRow(() => rowSchema.parse(row));
    },
    save: (id, words) => {
      const { plate, customer, note } = words;
      if (plate === '' && customer === '' && note === '') clear.run(id);
      else write.run(id, plate, customer, note, searched(words));
    },
  };
}
