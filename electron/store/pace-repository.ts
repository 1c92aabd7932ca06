import { z } from 'zod';
import { appErrorSchema } from '../../shared/domain/app-error-schema.ts';
import { type OutboxItemId, outboxItemIdSchema } from '../../shared/domain/ids.ts';
import { type Pace, paceSchema } from '../../shared/flows/pace.ts';
import type { Db } from './open-store.ts';
import { storedJson } from './stored-row.ts';

/** Until when something is left alone, in epoch milliseconds of the PC's clock, and why; null: nothing is shown of it. */
const settledSchema = z.object({ id: outboxItemIdSchema, pace: storedJson(paceSchema) });
const restSchema = z.object({ untilMs: z.number(), reason: appErrorSchema.nullable() });
export type KeptRest = z.infer<typeof restSchema>;

export type PaceRepository = {
  /** Null where nothing is kept, or nothing that can be read. */
  readonly ofItem: (id: OutboxItemId) => Pace | null;
  readonly keepOfItem: (id: OutboxItemId, pace: Pace | null) => void;
  /** Of settled items that may be asked about again. */
  readonly ofSettled: () => readonly { readonly id: OutboxItemId; readonly pace: Pace }[];
  /** Rests the portal asked for, by what is left alone. */
  readonly rest: (name: string) => KeptRest | null;
  /** Null ends it. */
  readonly keepRest: (name: string, rest: KeptRest | null) => void;
};

/** How often the portal was asked, and how long it wants to be left alone: what a restart must not forget (P2, P3). */
export function paceRepository(db: Db): PaceRepository {
  const readPace = db.prepare('select pace from outbox where id = ?').pluck();
  const writePace = db.prepare('update outbox set pace = ? where id = ? and pace is not ?');
  const settled = db.prepare("select id, pace from outbox where state = 'accepted' and pace is not null");
  const readRest = db.prepare('select value from settings where key = ?').pluck();
  const writeRest = db.prepare('insert or replace into settings (key, value) values (?, ?)');
  const endRest = db.prepare('delete from settings where key = ?');
  return {
    ofItem: (id) => storedJson(paceSchema).safeParse(readPace.get(id)).data ?? null,
    keepOfItem: (id, pace) => {
      const text = pace === null ? null : JSON.stringify(pace);
      writePace.run(text, id, text);
    },
    ofSettled: () => settled.all().flatMap((row) => settledSchema.safeParse(row).data ?? []),
    rest: (name) => storedJson(restSchema).safeParse(readRest.get(`rest ${name}`)).data ?? null,
    keepRest: (name, rest) => {
      if (rest === null) endRest.run(`rest ${name}`);
      else writeRest.run(`rest ${name}`, JSON.stringify(rest));
    },
  };
}
