import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldKeySchema, fieldMaxChars } from '../../shared/domain/draft.ts';
import { evidenceKinds } from '../../shared/domain/evidence.ts';
import { productSchema } from '../../shared/domain/product.ts';
import { textLines } from '../../shared/logs/text-lines.ts';
import { errorFacts } from '../../shared/logs/error-facts.ts';
import { lastFailure } from '../../shared/logs/failure-words.ts';
import { withoutStamp } from '../../shared/logs/line-stamp.ts';
import { productGuess } from '../../shared/logs/product-guess.ts';
import { type SeenFile, suggestions } from '../../shared/logs/suggestion.ts';
import products from '../../resources/products.json' with { type: 'json' };

const messages = [
  'Wake up error',
  'Checksum error',
  'checksum not ok',
  'Protocol not found',
  'External exception EEFFACE',
  'Communication aborted',
  'Errore di comunicazione: la centralina non risponde più',
  'Lettura interrotta',
  'Reading failed',
  'Timeout',
  'back checksum detected',
  'Errore checksum',
  'Protocollo non trovato',
];
test.each(messages)('lastFailure knows "%s" when it stands behind a time', (message) => {
  expect(
    lastFailure(
      `24/11/2026 18:02:04 Reading: 38 %\r\n24/11/2026 18:02:05  ${message}\r\nOperation closed\r\n`,
    )?.errorText,
  ).toBe(message);
});

test.each([
  'Errors: 0',
  'no errors',
  'Completato senza errori',
  'Reading: 100 %',
  '',
])('lastFailure finds nothing when the text says "%s"', (text) => {
  expect(lastFailure(text)).toBeNull();
});

test('lastFailure prefers a known message when a general one follows', () => {
  expect(lastFailure('Wake up error\nOperation ended with an error')?.errorText).toBe('Wake up error');
  expect(lastFailure('Wake up error\nChecksum error')?.errorText).toBe('Checksum error');
});

test.each([
  ['2026-11-24T18:02:05.123 x', 'x'],
  ['[18:02:05] x', 'x'],
  ['24.11.2026 18:02 | x', 'x'],
  ['x 18:02', 'x 18:02'],
])('withoutStamp turns "%s" into "%s" when a time stands in front', (line, rest) => {
  expect(withoutStamp(line)).toBe(rest);
});

test('errorFacts reads act, message with progress, and block when the LOG holds them', () => {
  const text =
    '18:00 Plug-in: 681\nHW: 03L906018DM\nSW upg.: 9977\n18:01:31 Reading flash: started\n18:02 Reading flash: 38 %\n18:02 Checksum error\n';
  const { stage, requestType, fields } = errorFacts(text, 'ktag.log');
  expect([
    stage,
    requestType,
    fields.errorText?.text,
    fields.stage?.text,
    fields.ecuHw?.text,
    fields.ecuSw?.text,
    fields.driverNumber?.text,
  ]).toEqual([
    'read',
    'read-failure',
    'Checksum error (38 %)',
    'Reading flash: 38 %',
    '03L906018DM',
    '9977',
    '681',
  ]);
  expect(
    Object.values(fields).every((field) => field.source.kind === 'file' && field.source.name === 'ktag.log'),
  ).toBe(true);
});

test('errorFacts names the act when it is a write or an identification', () => {
  expect(errorFacts('Scrittura: 71 %\nErrore di comunicazione', 'a').requestType).toBe('write-failure');
  expect(errorFacts('Identification: started\nWake up error', 'a').requestType).toBe('recognition');
});

test('errorFacts takes no ECU name when the line only tells of a failure', () => {
  expect(errorFacts('ECU error: no answer', 'a').fields.ecuFamily).toBeUndefined();
});

test('errorFacts is empty and never fails when the text is anything', () => {
  expect(errorFacts('ciao', 'a')).toEqual({ stage: null, requestType: null, fields: {} });
  let found = 0;
  const line = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc
      .tuple(fc.constantFrom('HW', 'SW upg.', 'ECU', 'Errore di comunicazione', 'Reading'), fc.string())
      .map((parts) => parts.join(': ')),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.string({ maxLength: 400 }), (lines, name) => {
      const { fields } = errorFacts(lines.join('\n'), name);
      found += Object.keys(fields).length;
      for (const [key, field] of Object.entries(fields)) {
        expect(field.text.length).toBeLessThanOrEqual(fieldMaxChars(fieldKeySchema.parse(key)));
        expect(field.text).not.toBe('');
      }
    }),
  );
  expect(found).toBeGreaterThan(50);
});

const file = (
  key: string,
  minutesAgo: number,
  kind: SeenFile['kind'] = 'log',
  errorText: string | null = null,
): SeenFile => ({
  key,
  name: key,
  modifiedAtMs: 10_000_000 - minutesAgo * 60_000,
  kind,
  errorText,
});

test('suggestions names the newest failing LOG and what changed near it when there is one', () => {
  const found = suggestions([
    file('old.log', 90, 'log', 'Timeout'),
    file('new.log', 5, 'log', 'Checksum error'),
    file('pack', 4, 'protected-package'),
    file('shot.png', 14, 'image'),
    file('golf.EPR', 5, 'ecu-read'),
    file('late.log', 16),
  ]);
  expect([...found]).toEqual([
    ['new.log', { reason: 'failure', errorText: 'Checksum error' }],
    ['pack', { reason: 'near-failure', failureName: 'new.log', apartSeconds: 60 }],
    ['shot.png', { reason: 'near-failure', failureName: 'new.log', apartSeconds: 540 }],
  ]);
});

test('suggestions never offers an ECU read or an unknown file, and at most eight, when files are anything', () => {
  const any = fc.array(
    fc.record({
      key: fc.uuid(),
      name: fc.string(),
      modifiedAtMs: fc.integer({ min: 0, max: 4_000_000 }),
      kind: fc.constantFrom(...evidenceKinds),
      errorText: fc.option(fc.string({ minLength: 1 }), { nil: null }),
    }),
    { maxLength: 60 },
  );
  let offered = 0;
  fc.assert(
    fc.property(any, (files) => {
      const found = suggestions(files);
      offered += found.size;
      expect(found.size).toBeLessThanOrEqual(8);
      for (const item of files)
        if (item.kind === 'ecu-read' || item.kind === 'other') expect(found.has(item.key)).toBe(false);
      if (!files.some((item) => item.errorText !== null)) expect(found.size).toBe(0);
    }),
  );
  expect(offered).toBeGreaterThan(50);
});

test('productGuess follows the nearest word, and the owned tool, when several products share it', () => {
  const catalogue = products.products.map((product) => productSchema.parse(product));
  const slave = catalogue.find((product) => product.id === 'ktag-slave')?.id;
  expect(productGuess('ktag.log', ['KSuite'], catalogue, [])).toBe('ktag-master');
  expect(productGuess('ktag.log', ['KSuite'], catalogue, slave === undefined ? [] : [slave])).toBe(
    'ktag-slave',
  );
  expect(productGuess('a.log', ['Alientech', 'KSuite', 'Log'], catalogue, [])).toBe('kessv2-master');
  expect(productGuess('a.log', ['Documents'], catalogue, [])).toBeNull();
});

test('productGuess takes the longest word that fits when one product has a word inside the word of another', () => {
  const catalogue = products.products.map((product) => productSchema.parse(product));
  expect(productGuess('kess3.log', [], catalogue, [])).toBe('other');
  expect(productGuess('lettura KESS 2.log', [], catalogue, [])).toBe('kessv2-master');
  const all = catalogue.flatMap(({ id, nameHints }) =>
    nameHints.map((hint) => ({ id, hint: hint.toLowerCase() })),
  );
  const inside = all.flatMap(({ hint }) =>
    all
      .filter((other) => other.hint !== hint && other.hint.includes(hint))
      .map((other) => `${hint} in ${other.hint}`),
  );
  // Whoever adds a product whose word holds another one's finds it here, and decides that the longer word is meant.
  expect([...new Set(inside)]).toEqual(['kess in kess3']);
  for (const rows of [catalogue, catalogue.toReversed()])
    for (const { hint } of all) {
      const guessed = productGuess(`${hint}.log`, [], rows, []);
      expect(all.filter((other) => other.hint === hint).map(({ id }) => id)).toContain(guessed);
    }
  expect(all.length).toBeGreaterThan(8);
});

test('textLines has the same lines as the pattern for every end of line', () => {
  const ends = ['\n', '\r', '\r\n', '', 'a', '\r\r\n', '\n\r', '\u2028', ' '];
  let compared = 0;
  for (const one of ends)
    for (const other of ends)
      for (const third of ends) {
        const text = `x${one}y${other}${third}`;
        expect(textLines(text)).toEqual(text.split(/\r\n|\r|\n/u));
        compared += 1;
      }
  expect(compared).toBe(ends.length ** 3);
});
