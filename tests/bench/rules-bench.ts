import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { duplicateRadar, radarCandidates, searchWords } from '../../electron/requests/duplicate-radar.ts';
import { migrations } from '../../electron/store/migrate.ts';
import { openDatabase } from '../../electron/store/native-binding.ts';
import { fullTextQuery, problemIndex } from '../../electron/store/problem-index.ts';
import { searchText } from '../../electron/store/search-text.ts';
import { exclusionPackSchema } from '../../shared/domain/exclusion-pack.ts';
import { ticketIdSchema } from '../../shared/domain/ids.ts';
import { productCatalogueSchema } from '../../shared/domain/product.ts';
import { completeness } from '../../shared/rules/completeness.ts';
import { judgePcCheck } from '../../shared/rules/pc-checks.ts';
import { likelyCauses } from '../../shared/rules/triage.ts';
import { splitOfDraft } from '../../shared/rules/two-problems.ts';
import { versionCheck } from '../../shared/rules/vendor-version.ts';
import { type Figure, median } from './measuring.ts';
import { duplicatePairs } from '../eval/duplicate-pairs.ts';
import { failures } from '../eval/duplicate-templates.ts';

/** Medians in milliseconds. `baselineMs` null where the goal is a time and not a ratio. */
export type RulesBench = {
  readonly name: string;
  readonly oursMs: number;
  readonly baselineMs: number | null;
  readonly baselineName: string;
  readonly goal: string;
  readonly met: boolean;
};

const resources = resolve(import.meta.dirname, '../../resources');
const read = (name: string): unknown => JSON.parse(readFileSync(resolve(resources, name), 'utf8'));

function milliseconds(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

const goalDraftMs = 1;

/** Every rule that looks at a draft as it is written, one after the other, over drafts of the labelled set. */
export function benchRulesOverDraft(): RulesBench {
  const products = productCatalogueSchema.parse(read('products.json')).products;
  const exclusions = exclusionPackSchema.parse(read('exclusions.json'));
  const product = products.find((item) => item.id === 'ktag-master') ?? null;
  const checks = [judgePcCheck('power', { kind: 'on-battery', onBattery: true })];
  const known = { at: '2026-11-24T09:00:00.000Z', versions: { 'ktag-master': '2.37' }, stated: {} };
  const drafts = duplicatePairs(1, failures).map((pair) => pair.draft);
  const all = (content: (typeof drafts)[number]): unknown => [
    completeness(content, { customerCode: 'ALI-1', product, tool: null, evidenceKinds: ['log'] }),
    likelyCauses(content, exclusions, checks),
    versionCheck(content, null, known),
    splitOfDraft(content, 'KT1'),
  ];
  for (const draft of drafts) all(draft);
  const oursMs = median(
    Array.from({ length: 5 }, () => drafts.map((draft) => milliseconds(() => all(draft)))).flat(),
  );
  return {
    name: 'rules over one draft',
    oursMs,
    baselineMs: null,
    baselineName: 'no baseline',
    goal: `< ${goalDraftMs} ms`,
    met: oursMs < goalDraftMs,
  };
}

const tickets = 100_000;
const toolCount = 200;
const goal = { ratio: 1.5, ms: 30 };

/** The radar over 100 000 tickets of 200 tools, against its own full-text query alone; they take turns on the same drafts. */
export function benchRadar(): RulesBench {
  const db = openDatabase(':memory:');
  for (const step of migrations) db.exec(step);
  const insert = db.prepare(
    "insert into tickets (id, stage, realm, number, state, content, revision, text, created_at, frozen_at, updated_at, product_id, serial, search) values (?, 'frozen', 'practice', ?, 'open', ?, 0, ?, ?, ?, ?, 'ktag-master', ?, ?)",
  );
  const text = JSON.stringify({ language: 'it', subject: 'K-TAG Master', body: '' });
  const pairs = duplicatePairs(1, failures);
  const idOf = (index: number): string => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
  db.transaction(() => {
    for (let index = 0; index < tickets; index += 1) {
      const content = pairs[(index * 7) % pairs.length]?.ticket;
      if (content === undefined) continue;
      const at = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString();
      insert.run(
        idOf(index),
        `P-${index}`,
        JSON.stringify(content),
        text,
        at,
        at,
        at,
        `KT${index % toolCount}`,
        `${searchText(content)} ${index}`,
      );
    }
  })();
  const radar = duplicateRadar(problemIndex(db));
  const query = db.prepare(
    'select rowid, rank from request_words where request_words match ? order by rank limit ?',
  );
  const own = ticketIdSchema.parse(idOf(tickets + 1));
  const samples = pairs
    .slice(0, 60)
    .map((pair, index) => ({ content: pair.draft, serial: `KT${(index * 3) % toolCount}` }));
  const [ours, raw]: [number[], number[]] = [[], []];
  for (let round = 0; round < 4; round += 1) {
    for (const { content, serial } of samples) {
      const match = fullTextQuery(`ktag-master ${serial}`, searchWords(content)) ?? '';
      const rawMs = milliseconds(() => query.all(match, radarCandidates));
      const oursMs = milliseconds(() => radar({ id: own, content }, serial, 'practice'));
      // The first round warms both up.
      if (round > 0) {
        raw.push(rawMs);
        ours.push(oursMs);
      }
    }
  }
  db.close();
  const [oursMs, baselineMs] = [median(ours), median(raw)];
  return {
    name: `radar over ${tickets} tickets`,
    oursMs,
    baselineMs,
    baselineName: 'its FTS5 query alone',
    goal: `<= ${goal.ratio}x and < ${goal.ms} ms`,
    met: oursMs <= goal.ratio * baselineMs && oursMs < goal.ms,
  };
}

/** Both in the form all benches are printed in; what has no rival is held against the time it is allowed. */
export function rulesFigures(): readonly Figure[] {
  const [rules, radar] = [benchRulesOverDraft(), benchRadar()];
  return [
    {
      name: rules.name,
      ours: rules.oursMs,
      baseline: goalDraftMs,
      baselineName: 'the time allowed',
      unit: 'ms',
      goalRatio: 1,
    },
    {
      name: radar.name,
      ours: radar.oursMs,
      baseline: radar.baselineMs ?? Number.NaN,
      baselineName: radar.baselineName,
      unit: 'ms',
      goalRatio: goal.ratio,
    },
    {
      name: `${radar.name}, in time`,
      ours: radar.oursMs,
      baseline: goal.ms,
      baselineName: 'the time allowed',
      unit: 'ms',
      goalRatio: 1,
    },
  ];
}
