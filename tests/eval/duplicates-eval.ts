import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { duplicateRadar } from '../../electron/requests/duplicate-radar.ts';
import { migrations } from '../../electron/store/migrate.ts';
import { openDatabase } from '../../electron/store/native-binding.ts';
import { problemIndex } from '../../electron/store/problem-index.ts';
import { searchText } from '../../electron/store/search-text.ts';
import type { DraftContent } from '../../shared/domain/draft.ts';
import { type TicketId, ticketIdSchema } from '../../shared/domain/ids.ts';
import { duplicatePairs, type LabelledPair } from './duplicate-pairs.ts';
import { failures, unseenFailures } from './duplicate-templates.ts';

/** What the radar must reach on the labelled pairs (R-TICKET-4, C23). */
const bar = { recall: 0.95, falseAlarms: 0.05 };
const at = '2026-11-24T09:00:00.000Z';

/** What somebody filled in, on one line. */
const said = (content: DraftContent): string =>
  Object.entries(content.fields)
    .map(([key, field]) => `${key}=${field?.text ?? ''}`)
    .join('; ');

/**
 * Puts every ticket of the set into one store and asks the radar of the app, index and all, about every draft. A pair of one problem
 * counts as found when its own ticket is named; one of two problems is a false alarm when that ticket is.
 */
function evaluate(pairs: readonly LabelledPair[]): {
  readonly recall: number;
  readonly falseAlarms: number;
  readonly byKind: ReadonlyMap<string, string>;
  readonly wrong: readonly string[];
} {
  const db = openDatabase(':memory:');
  for (const step of migrations) db.exec(step);
  const insert = db.prepare(
    "insert into tickets (id, stage, realm, number, state, content, revision, text, created_at, frozen_at, updated_at, product_id, serial, search) values (?, 'frozen', 'practice', ?, 'open', ?, 0, ?, ?, ?, ?, ?, ?, ?)",
  );
  const stored = pairs.map((pair, index): { readonly pair: LabelledPair; readonly id: TicketId } => {
    const id = ticketIdSchema.parse(randomUUID());
    const text = JSON.stringify({ language: pair.ticket.language, subject: 'K-TAG Master', body: '' });
    insert.run(
      id,
      `P-${index}`,
      JSON.stringify(pair.ticket),
      text,
      at,
      at,
      at,
      pair.ticket.productId,
      pair.serial,
      searchText(pair.ticket),
    );
    return { pair, id };
  });
  const radar = duplicateRadar(problemIndex(db));
  const answers = stored.map(({ pair, id }) => {
    const { twins } = radar({ id: ticketIdSchema.parse(randomUUID()), content: pair.draft }, pair.draftSerial, 'practice');
    return { pair, named: twins.some((twin) => twin.ticketId === id) };
  });
  db.close();
  const share = (of: readonly (typeof answers)[number][]): number => of.filter((answer) => answer.named).length / of.length;
  const kinds = new Map(
    [...new Set(answers.map((answer) => answer.pair.kind))].map((kind) => {
      const of = answers.filter((answer) => answer.pair.kind === kind);
      return [kind, `${of.filter((answer) => answer.named === answer.pair.isDuplicate).length}/${of.length}`];
    }),
  );
  const wrong = answers
    .filter((answer) => answer.named !== answer.pair.isDuplicate)
    .map(({ pair }) => `${pair.isDuplicate ? 'missed' : 'false alarm'} (${pair.kind}): ${said(pair.ticket)} | ${said(pair.draft)}`);
  return {
    wrong,
    recall: share(answers.filter((answer) => answer.pair.isDuplicate)),
    falseAlarms: share(answers.filter((answer) => !answer.pair.isDuplicate)),
    byKind: kinds,
  };
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '2026' },
    seeds: { type: 'string', default: '1' },
    kinds: { type: 'boolean', default: false },
    wrong: { type: 'boolean', default: false },
  },
});
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.seed) + index);
for (const seed of seeds) {
  const pairs = duplicatePairs(seed, failures);
  const { recall, falseAlarms, byKind, wrong } = evaluate(pairs);
  if (values.kinds) for (const [kind, right] of byKind) console.log(`${kind}: ${right} right`);
  if (values.wrong) for (const line of wrong) console.log(line);
  console.log(
    `${seeds.length === 1 ? '' : `seed ${seed}: `}duplicates: recall=${recall.toFixed(2)} false-alarms=${falseAlarms.toFixed(2)} pairs=${pairs.length}`,
  );
  // Told and not barred: words the glossary does not know in two ways of saying them are what is missed.
  const unseen = evaluate(duplicatePairs(seed, unseenFailures));
  console.log(
    `  failures the rules were not made for: recall=${unseen.recall.toFixed(2)} false-alarms=${unseen.falseAlarms.toFixed(2)} pairs=${pairs.length}`,
  );
  if (recall < bar.recall || falseAlarms > bar.falseAlarms) process.exitCode = 1;
}
