import fc from 'fast-check';
import { expect, test } from 'vitest';
import { strays, compareFailures } from '../../shared/rules/duplicates.ts';
import { fingerprintOf, fingerprintOfText } from '../../shared/rules/failure-fingerprint.ts';
import { likeness, nearlySame, tellingWords } from '../../shared/text/problem-words.ts';
import { splitOf } from '../../shared/rules/two-problems.ts';
import { duplicatePairs } from '../eval/duplicate-pairs.ts';
import { failures } from '../eval/duplicate-templates.ts';

const about = (text: string, serial = 'KT1') => fingerprintOfText(text, 'ktag-master', serial);
const original = about('Lettura EDC17CP44 su Audi A4: si ferma al 43% con errore di checksum');

test.each([
  ['Checksum error reading the EDC17CP44, it stops at 38%', 'same', ['same-ecu']],
  ['si blocca la letura della EDC17 con erore di checksum, Audi A4', 'same', ['same-ecu', 'same-vehicle']],
  ['Lettura EDC17C46 su Audi A4: si ferma al 43% con errore di checksum', 'new', ['other-ecu']],
  ['Lettura EDC17CP44 su BMW 320d: si ferma al 43% con errore di checksum', 'new', ['other-vehicle']],
  ['Wake up error al banco con EDC17CP44', 'new', ['same-ecu']],
])('R-TICKET-4: %j against a checksum failure of an EDC17CP44 is %s', (text, match, reasons) => {
  const answer = compareFailures(about(text), original);
  expect(answer.match).toBe(match);
  expect(answer.reasons).toEqual(expect.arrayContaining(reasons));
});

test('R-TICKET-4: same words about another serial are a problem of their own', () => {
  expect(compareFailures(about('errore di checksum in lettura EDC17CP44', 'KT2'), original)).toEqual({
    match: 'new',
    score: 0,
    reasons: ['other-product'],
  });
});

test('R-TICKET-4: answer is the same whichever request is asked about first, and a request is its own duplicate', () => {
  const pairs = duplicatePairs(7, failures);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: pairs.length - 1 }), (index) => {
      const pair = pairs[index];
      if (pair === undefined) throw new Error('there is no such pair');
      const [a, b] = [fingerprintOf(pair.draft, pair.draftSerial), fingerprintOf(pair.ticket, pair.serial)];
      expect(compareFailures(a, b)).toEqual(compareFailures(b, a));
      expect(compareFailures(a, a).match).toBe('same');
    }),
    { numRuns: 200 },
  );
});

test('R-TICKET-4: odd texts are compared without a fault', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'binary' }), fc.string({ maxLength: 300 }), (a, b) => {
      const { score } = compareFailures(about(a), about(b));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }),
  );
});

test('R-TICKET-5: reply about another unit or car asks for a new request; more messages of the same one do not', () => {
  expect(strays(original, about('Ho lo stesso problema anche su una MED17.5'))).toEqual(['other-ecu']);
  expect(strays(original, about('Ora provo con la BMW 320d'))).toEqual(['other-vehicle']);
  expect(strays(original, about('Adesso esce anche wake up error, EDC17CP44 al banco a 13,4 V'))).toEqual([]);
  expect(strays(original, about('Grazie, provo domani'))).toEqual([]);
  expect(strays(original, about('La EDC17CP44 ora va. La MED17.5 invece non si identifica'))).toEqual([
    'other-ecu',
  ]);
  expect(strays(original, about("L'Audi A4 ora va, la BMW 320d no"))).toEqual(['other-vehicle']);
  const numbered = about('Si ferma al 38%, HW 03L906018');
  expect(strays(numbered, about('La 03L906018 ora va, la 03L906022 no'))).toEqual(['other-ecu']);
  expect(strays(numbered, about('Sulla targhetta: 03L906018, Bosch 0281018129'))).toEqual([]);
  expect(strays(original, about('La EDC17 ora va, è proprio la EDC17CP44 della Audi A4'))).toEqual([]);
});

test.each([
  [
    '1) La lettura della EDC17CP44 si ferma con checksum error\n2) Su una Fiat Ducato la scrittura non parte',
    true,
  ],
  [
    'Reading the EDC17CP44 stops with a checksum error. Also the licence cannot be activated on the new laptop',
    true,
  ],
  [
    '1. Ho collegato lo strumento al banco\n2. Ho avviato la lettura della EDC17CP44\n3. Si ferma al 43% con checksum error',
    false,
  ],
  ['La lettura della EDC17CP44 si ferma. Inoltre il checksum risulta errato alla fine della lettura', false],
  ['Checksum error', false],
  ['La EDC17C46 della Golf si ferma al 38%. Sulla Passat la MED17.5 non si identifica.', true],
  ['The EDC17C46 of the Golf stops at 38%.\nThe MED17.5 of the Passat is not identified.', true],
  ['La EDC17C46 della Golf si ferma al 38%. Sulla Passat la MED17.5 va bene e la lettura riesce.', false],
  [
    'La EDC17C46 della Golf si ferma al 38%. Anche la MED17.5 della Passat si ferma allo stesso punto.',
    false,
  ],
  [
    'La EDC17C46 della Golf 2.0 TDI si ferma al 38%. Non si identifica più nemmeno dopo aver tolto la corrente.',
    false,
  ],
])('R-TICKET-5: two problems in one text are told apart from one problem in many words: %j', (text, isTwo) => {
  const split = splitOf(text, about(''));
  expect(split !== null).toBe(isTwo);
  expect(split === null || split.first.length + split.second.length > 40).toBe(true);
});

test('R-TICKET-5: what the fields of the request say counts as said before its text', () => {
  const text = 'La lettura si ferma al 38%. La MED17.5 non si identifica.';
  expect(splitOf(text, about(''))).toBeNull();
  expect(splitOf(text, about('EDC17CP44 Audi A4'))).toEqual({
    first: 'La lettura si ferma al 38%.',
    second: 'La MED17.5 non si identifica.',
  });
  expect(splitOf('La MED17.5 si ferma al 38%. Non si identifica più.', about('EDC17CP44'))).toBeNull();
  // The other number of the same unit is no other unit.
  expect(
    splitOf('La lettura si ferma al 38%. La 0281018129 non si identifica.', about('03L906018')),
  ).toBeNull();
});

test('R-TICKET-5: a text that is split loses no word, greeting and short remarks included', () => {
  const text =
    'Buongiorno,\n1) La lettura della EDC17CP44 si ferma\n2) Su una Fiat Ducato la scrittura non parte\nGrazie';
  expect(splitOf(text, about(''))).toEqual({
    first: 'Buongiorno,\n1) La lettura della EDC17CP44 si ferma',
    second: 'Su una Fiat Ducato la scrittura non parte\nGrazie',
  });
  const words = (part: string): readonly string[] =>
    part.split(/\s+/u).filter((word) => word !== '' && !/^(?:\d{1,2}[.)]|[-*•])$/u.test(word));
  const word = fc.constantFrom(
    'EDC17CP44',
    'MED17.5',
    'Fiat',
    'BMW',
    'checksum',
    'non',
    'si',
    'ferma',
    '38%.',
    'Su',
    '\n2)',
    '\n',
    'parte',
    'Inoltre',
    // Words alone hardly ever make two problems: parts of some are among them.
    'La EDC17CP44 non si legge.',
    'Sulla BMW la MED17.5 non si identifica.',
    '\n2) La Fiat Ducato non si scrive, checksum error',
    'Inoltre la licenza non si attiva.',
  );
  let splits = 0;
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (picked) => {
      const whole = picked.join(' ');
      const split = splitOf(whole, about(''));
      if (split === null) return;
      splits += 1;
      expect([...words(split.first), ...words(split.second)]).toEqual(words(whole));
    }),
    { numRuns: 500 },
  );
  expect(splits).toBeGreaterThan(20);
});

test('R-TICKET-4: words one slip apart count as one, others do not', () => {
  expect([
    nearlySame('checksum', 'cheksum'),
    nearlySame('checksum', 'chekcsum'),
    nearlySame('checksum', 'chexxsum'),
    nearlySame('abc', 'abcde'),
  ]).toEqual([true, true, false, false]);
  expect(likeness(tellingWords('la lettura si ferma'), tellingWords('reading stops'))).toBe(1);
});

test('R-TICKET-4: a slip at any place of a long word leaves its meaning, two slips or a short word do not', () => {
  const meaning = (word: string): string => [...tellingWords(word)].join(' ');
  const word = 'checksum';
  const slips = [...word].flatMap((letter, at) => [
    `${word.slice(0, at)}${word.slice(at + 1)}`,
    `${word.slice(0, at)}j${word.slice(at + 1)}`,
    `${word.slice(0, at)}j${word.slice(at)}`,
    `${word.slice(0, at)}${word[at + 1] ?? ''}${letter}${word.slice(at + 2)}`,
  ]);
  expect(slips).toHaveLength(32);
  expect(slips.filter((slip) => meaning(slip) !== '=checksum')).toEqual([]);
  expect(['jheckjum', 'chcekusm', 'jlon'].map(meaning)).toEqual(['jheckjum', 'chcekusm', 'jlon']);
  expect(meaning('xcaricabattery')).toBe('=power');
});

test('R-TICKET-4: ordinary words are taken for no make, no smell and no timeout', () => {
  const cars = (text: string): readonly string[] => [...fingerprintOfText(text, 'ktag-master', 'KT1').makes];
  expect([
    cars('Non mi lascia scrivere la Opel Insignia'),
    cars('Non mi lascia scrivere'),
    cars('Lettura di una Lanciia Delta'),
  ]).toEqual([['opel'], [], ['lancia']]);
  expect(tellingWords('a file that is too small').has('=burn')).toBe(false);
  expect([
    likeness(tellingWords('tempo scaduto'), tellingWords('timeout')),
    likeness(tellingWords('abbonamento scaduto'), tellingWords('timeout')),
  ]).toEqual([1, 0]);
});

test.each([
  ['Il cambio strattona in seconda marcia', 'The gearbox jerks in second gear'],
  ['Triangolo giallo in gestione dispositivi', 'Yellow triangle in device manager'],
  ['Il rinnovo risulta scaduto', 'The renewal shows as expired'],
  ['Fischia il turbo e fa fumo', 'Turbo whistles and smokes'],
  ['Va in recovery e fa fumo', 'It goes into limp mode and smokes'],
])('R-TICKET-4: one problem in two languages reads alike: %s / %s', (italian, english) => {
  expect(likeness(tellingWords(italian), tellingWords(english))).toBeGreaterThan(0.6);
});
