import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeText } from '../../shared/logs/decode-text.ts';
import { errorFacts } from '../../shared/logs/error-facts.ts';
import { lastFailure } from '../../shared/logs/failure-words.ts';
import { identificationBlock } from '../../shared/logs/identification-block.ts';
import { problemParts } from '../../shared/rules/problem-text.ts';
import { tellingWords } from '../../shared/rules/problem-words.ts';
import { hostileShapes } from '../fixtures/hostile-shapes.ts';
import { type Figure, median } from './measuring.ts';

const megabyte = 1024 * 1024;
const turns = 7;

const sample = readFileSync(resolve(import.meta.dirname, '../../resources/samples/ktag_read_sample.log'), 'utf8');
/** A LOG as tools write them, a hundred times as long. */
const ordinary = sample.repeat(Math.ceil(megabyte / sample.length)).slice(0, megabyte);
const bytes = new TextEncoder().encode(ordinary);

/** Readers of a whole file or a whole description; what each is given elsewhere is a part of this. */
const readers: readonly (readonly [string, number, () => unknown])[] = [
  ['decodeText', 2, () => decodeText(bytes)],
  ['errorFacts', 8, () => errorFacts(ordinary, 'ktag.log')],
  ['lastFailure', 3, () => lastFailure(ordinary)],
  ['identificationBlock', 3, () => identificationBlock(ordinary)],
  ['problemParts', 10, () => problemParts(ordinary, { stage: '', errorText: '' })],
  ['tellingWords', 40, () => tellingWords(ordinary)],
];

function milliseconds(work: () => unknown): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}

/** What any reader has to do at the least: go through the text once and have its lines. */
const plainSplit = (text: string): number => text.split(/\r\n|\r|\n/u).reduce((sum, line) => sum + line.length, 0);

/** Two works in turns, the first turn left out: the medians of both, in milliseconds. */
function inTurns(ours: () => unknown, baseline: () => unknown): { readonly ours: number; readonly baseline: number } {
  const all = Array.from({ length: turns + 1 }, () => [milliseconds(baseline), milliseconds(ours)] as const).slice(1);
  return { ours: median(all.map(([, one]) => one)), baseline: median(all.map(([one]) => one)) };
}

/** The dearest of all hostile shapes for one reader, a tenth of a megabyte each, as milliseconds per megabyte. */
function dearest(): Figure {
  const chars = Math.round(megabyte / 10);
  const texts = hostileShapes.map(({ textOf }) => textOf(chars));
  const worst = texts
    .map((text) =>
      inTurns(
        () => errorFacts(text, 'x'),
        () => plainSplit(text),
      ),
    )
    .reduce((found, next) => (next.ours > found.ours ? next : found));
  return {
    name: `errorFacts, per MB, dearest of ${texts.length} hostile shapes`,
    ours: worst.ours * 10,
    baseline: worst.baseline * 10,
    baselineName: 'a plain split into lines of the same text',
    unit: 'ms',
    goalRatio: 10,
  };
}

/** Time of each reader per megabyte of a LOG against a plain split of it into lines, in turns in this run. */
export function benchReaders(): readonly Figure[] {
  const figures = readers.map(
    ([name, goalRatio, read]): Figure => ({
      name: `${name}, per MB of a LOG`,
      ...inTurns(read, () => plainSplit(ordinary)),
      baselineName: 'a plain split into lines',
      unit: 'ms',
      goalRatio,
    }),
  );
  return [...figures, dearest()];
}
