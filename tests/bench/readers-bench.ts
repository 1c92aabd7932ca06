import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeText } from '../../shared/logs/decode-text.ts';
import { errorFacts } from '../../shared/logs/error-facts.ts';
import { lastFailure } from '../../shared/logs/failure-words.ts';
import { identificationBlock } from '../../shared/logs/identification-block.ts';
import { readIncomingLine, readLogLine } from '../../shared/logs/teamviewer-log.ts';
import { changesPageSchema, heardChanges } from '../../shared/portal/heard-changes.ts';
import { utcTimes } from '../../shared/portal/utc-times.ts';
import { problemParts } from '../../shared/text/problem-text.ts';
import { tellingWords } from '../../shared/text/problem-words.ts';
import { hostileShapes } from '../fixtures/hostile-shapes.ts';
import { type Figure, median } from './measuring.ts';

const megabyte = 1024 * 1024;
const turns = 7;

const sample = readFileSync(
  resolve(import.meta.dirname, '../../resources/samples/ktag_read_sample.log'),
  'utf8',
);
/** A LOG as tools write them, a hundred times as long. */
const ordinary = sample.repeat(Math.ceil(megabyte / sample.length)).slice(0, megabyte);
const bytes = new TextEncoder().encode(ordinary);

/** So much of one line after the other. */
const megabyteOf = (line: string): readonly string[] =>
  Array.from({ length: Math.ceil(megabyte / line.length) }, () => line);
const sessionLines = megabyteOf(
  '2026/11/24 18:05:01.204  4712  4716 S0   CTcpConnectionBase[12]::HandleRead(): connection closed by partner',
);
const incomingLines = megabyteOf(
  '123456789\tPC-OFFICINA\t24-11-2026 17:05:01\t24-11-2026 17:31:12\tmario\tRemoteControl\t{3f2504e0-4f89-11d3-9a0c-0305e82c3301}',
);

/** A megabyte of news, as a portal tells them. */
const news = JSON.stringify({
  tickets: [],
  messages: megabyteOf('x'.repeat(420)).map((text, index) => ({
    id: `m-${index}`,
    number: 'P-000001',
    author: { kind: 'operator', name: 'Laura' },
    text,
    attachments: [],
    at: '2026-11-24T17:05:01Z',
  })),
  cursor: 'c',
  hasMore: false,
});

/** Readers of a whole file or a whole description; what each is given elsewhere is a part of this. */
const readers: readonly (readonly [string, number, () => unknown])[] = [
  ['decodeText', 2, () => decodeText(bytes)],
  ['errorFacts', 8, () => errorFacts(ordinary, 'ktag.log')],
  ['lastFailure', 3, () => lastFailure(ordinary)],
  ['identificationBlock', 3, () => identificationBlock(ordinary)],
  ['problemParts', 10, () => problemParts(ordinary, { stage: '', errorText: '' })],
  ['tellingWords', 40, () => tellingWords(ordinary)],
  ['readLogLine', 10, () => sessionLines.map((line) => readLogLine(line, () => [0]))],
  ['readIncomingLine', 10, () => incomingLines.map((line) => readIncomingLine(line))],
];

function milliseconds(work: () => unknown): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}

/** What any reader has to do at the least: go through the text once and have its lines. */
const plainSplit = (text: string): number =>
  text.split(/\r\n|\r|\n/u).reduce((sum, line) => sum + line.length, 0);

/** Two works in turns, the first turn left out: the medians of both, in milliseconds. */
function inTurns(
  ours: () => unknown,
  baseline: () => unknown,
): { readonly ours: number; readonly baseline: number } {
  const all = Array.from(
    { length: turns + 1 },
    () => [milliseconds(baseline), milliseconds(ours)] as const,
  ).slice(1);
  return { ours: median(all.map(([, one]) => one)), baseline: median(all.map(([one]) => one)) };
}

/** Texts that nobody writes and anybody may paste or plant: each reader is given them whole. */
const hostile = [
  'blanks, behind a label',
  'line feeds, within letters',
  'nothing to see, within letters',
  'different quotes, alone',
];
const hostileTexts = hostileShapes
  .filter(({ name }) => hostile.includes(name))
  .map(({ name, textOf }) => ({ name, text: textOf(Math.round(megabyte / 4)) }));

/** Readers of text, each over one hostile text. */
const ofText: readonly (readonly [string, number, (text: string) => unknown])[] = [
  ['decodeText', 10, (text) => decodeText(new TextEncoder().encode(text))],
  ['errorFacts', 40, (text) => errorFacts(text, 'x')],
  ['lastFailure', 20, lastFailure],
  ['identificationBlock', 20, identificationBlock],
  ['problemParts', 20, (text) => problemParts(text, { stage: '', errorText: '' })],
  ['tellingWords', 40, tellingWords],
  ['readLogLine', 10, (text) => readLogLine(text, () => [0])],
  ['readIncomingLine', 10, readIncomingLine],
];

/** Every reader over every hostile text, per megabyte, against the split of a LOG of that length: a text of one line is split for nothing. */
function overHostile(): readonly Figure[] {
  if (hostileTexts.length !== hostile.length) throw new Error('a hostile shape has another name now');
  return ofText.flatMap(([name, goalRatio, read]) =>
    hostileTexts.map(({ name: shape, text }): Figure => {
      const { ours, baseline } = inTurns(
        () => read(text),
        () => plainSplit(ordinary.slice(0, text.length)),
      );
      const perMegabyte = megabyte / text.length;
      return {
        name: `${name}, per MB of ${shape}`,
        ours: ours * perMegabyte,
        baseline: baseline * perMegabyte,
        baselineName: 'a plain split of a LOG into lines',
        unit: 'ms',
        goalRatio,
      };
    }),
  );
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

/** A page of news as it is heard to its end. @throws where a message is not taken as it is: then nothing was measured */
function heardNews(): unknown {
  const page = changesPageSchema.parse(utcTimes(JSON.parse(news)));
  const hearing = heardChanges(page);
  for (let step = hearing.next(); ; step = hearing.next()) {
    if (step.done !== true) continue;
    if (step.value.messages.length !== page.messages.length || step.value.aside.length > 0)
      throw new Error('a message of the bench is none to the letter');
    return step.value;
  }
}

/** News from their JSON to what is kept of them, against the bare reading of the JSON. */
function ofNews(): Figure {
  return {
    name: `news heard, per MB, ${(news.length / megabyte).toFixed(1)} MB`,
    ...inTurns(heardNews, () => JSON.parse(news)),
    baselineName: 'JSON.parse of the same text',
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
  return [...figures, ...overHostile(), dearest(), ofNews()];
}
