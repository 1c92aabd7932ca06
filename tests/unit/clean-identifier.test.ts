import { expect, test } from 'vitest';
import { checkedCodes } from '../../electron/remote/session-codes.ts';
import { type DraftContent, emptyDraftContent, type FieldKey, fieldText } from '../../shared/domain/draft.ts';
import {
  cleanIdentifier,
  drawnText,
  identifierTextSchema,
  isIdentifierText,
} from '../../shared/domain/identifier-text.ts';
import { typedTicketNumberSchema } from '../../shared/domain/ids.ts';
import { toolInputSchema } from '../../shared/domain/tool.ts';
import { workshopProfileSchema } from '../../shared/domain/workshop-profile.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { errorFacts } from '../../shared/logs/error-facts.ts';
import { identificationBlock } from '../../shared/logs/identification-block.ts';
import { ticketText } from '../../shared/rules/ticket-text.ts';
import { normalizedVin, vinNote } from '../../shared/rules/vin.ts';
import { product, tool } from '../fixtures/bench-tool.ts';

const vin = 'ZAR94000007123456';
/** What a copy out of a mail, a web page, a table or a sentence leaves around and within an identifier. */
const spoilt: readonly (readonly [string, (text: string) => string])[] = [
  ...[0x202a, 0x202b, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x200e, 0x200f, 0x061c].map(
    (code) =>
      [`U+${code.toString(16)} before it`, (text: string) => String.fromCodePoint(code) + text] as const,
  ),
  ...[
    0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0xad, 0x34f, 0xfe0f, 0xfffc, 0x115f, 0x3164, 0x16fe4, 0x1d159,
    0xe0041, 0, 7, 0x1b, 0x7f, 0x85,
  ].map(
    (code) =>
      [
        `U+${code.toString(16)} within it`,
        (text: string) => `${text.slice(0, 4)}${String.fromCodePoint(code)}${text.slice(4)}`,
      ] as const,
  ),
  ...[0x202c, 0x2069, 0xa0, 0x3000, 9, 10, 13].map(
    (code) =>
      [`U+${code.toString(16)} after it`, (text: string) => text + String.fromCodePoint(code)] as const,
  ),
  ['a full stop after it', (text) => `${text}.`],
  ['a comma after it', (text) => `${text},`],
  ...[':', '!', '?', '…', '。', '，', '；', '．'].map(
    (end) => [`a ${end} after it`, (text: string) => text + end] as const,
  ),
  ['a semicolon and a gap after it', (text) => `${text} ; `],
  ...['،', '؛', '۔', '｡', '､', '។', '﹒', '﹐', '։', '‥', '⸮', '॥', '⁇', '․', '𐩖'].map(
    (end) => [`a ${end} after it`, (text: string) => text + end] as const,
  ),
  ...['""', "''", '``', '«»', '“”', '„“', '‘’', '‹›', '()', '[]', '{}', '<>'].flatMap(
    ([open = '', close = '']) => [
      [`a ${open} before it and a ${close} after it`, (text: string) => open + text + close] as const,
      [`a ${close} after it`, (text: string) => text + close] as const,
      [`a ${open} before it`, (text: string) => open + text] as const,
      [`${close}. after it`, (text: string) => `${text}${close}.`] as const,
      [`a ${open}, a gap and a ${close}, after it`, (text: string) => `${open} ${text} ${close},`] as const,
    ],
  ),
  ['all of it at once', (text) => `\u202a\u2066 ${text}\u200b.\u2069\u202c\u00a0`],
];

test('the list of what spoils an identifier is long enough to mean something', () => {
  expect(spoilt.length).toBeGreaterThanOrEqual(95);
});

test('brackets within an identifier, and a pair that is its own, stay', () => {
  for (const text of ['1037(A)', '(A)1037', '03G906016FE [2]', 'A(1)B(2)', '<1>2<3>'])
    expect(cleanIdentifier(text)).toBe(text);
  expect(cleanIdentifier('1037(A).')).toBe('1037(A)');
  expect(cleanIdentifier('(1037(A))')).toBe('1037(A)');
  expect(cleanIdentifier(' ("") . ')).toBe('');
});

const typed = (text: string) => ({ text, source: { kind: 'typed' as const } });
const withField = (key: FieldKey, text: string): DraftContent => ({
  ...emptyDraftContent('it'),
  fields: { [key]: typed(text) },
});

test.each(
  spoilt,
)('R-INFO-1, R-INFO-2: VIN, serial, customer code and numbers are read clean when there is %s', (_what, spoil) => {
  expect(normalizedVin(spoil(vin))).toBe(vin);
  expect(vinNote(spoil(vin))).toBe('checkDigit');
  expect(cleanIdentifier(spoil('0281012345'))).toBe('0281012345');
  expect(identifierTextSchema.parse(spoil('AB12-3'))).toBe('AB12-3');
  expect(isIdentifierText(spoil('AB12-3'))).toBe(true);
  expect(typedTicketNumberSchema.parse(spoil('P-000123'))).toBe('P-000123');
  expect(checkedCodes({ id: spoil('123456789'), password: `\u200b abcd1234. \u202c` })).toEqual({
    id: '123456789',
    password: 'abcd1234.',
  });
  const profile = {
    customerCode: spoil('ALI-20417'),
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  };
  expect(workshopProfileSchema.parse(profile).customerCode).toBe('ALI-20417');
  const given = {
    productId: 'ktag-master',
    serial: spoil('310077'),
    installedVersion: spoil('2.70'),
    nickname: null,
  };
  expect(toolInputSchema.parse(given)).toMatchObject({ serial: '310077', installedVersion: '2.70' });
  for (const key of [
    'vehicleVin',
    'ecuHw',
    'ecuSw',
    'driverNumber',
    'softwareVersion',
    'firmwareVersion',
    'lossReportNumber',
  ] as const)
    expect(fieldText(withField(key, spoil('1037512345')), key)).toBe('1037512345');
});

/** A line end ends the line of a LOG, and what stands behind it is no part of the value. */
const inLine = spoilt.filter(([, spoil]) => !/[\n\r\u0085]/u.test(spoil('0281012345')));

test.each(inLine)('a LOG and a pasted block give clean numbers when there is %s', (_what, spoil) => {
  expect(inLine.length).toBeGreaterThanOrEqual(30);
  const log = `18:00:01 VIN: ${spoil(vin)}\n18:00:01 \u200eHW: ${spoil('0281012345')}\n18:00:01 SW: ${spoil('1037512345')}\nReading failed`;
  const { fields } = errorFacts(log, 'x.log');
  expect([fields.vehicleVin?.text, fields.ecuHw?.text, fields.ecuSw?.text]).toEqual([
    vin,
    '0281012345',
    '1037512345',
  ]);
  expect(identificationBlock(`\u2066HW: ${spoil('0281012345')}`)).toEqual([
    { key: 'ecuHw', text: '0281012345', label: 'HW' },
  ]);
});

test('R-INFO-9: the words that leave hold a number clean, and no word a mark that hides', () => {
  const facts = { product, tool, evidence: [], clientReference: 'r', t: createTranslator('it') };
  const profile = { customerCode: 'A1', company: 'B', email: 'a@b.example', ticketLanguage: 'it' as const };
  const fields = {
    ecuHw: typed('\u202a03L 906\u00a0018\u202c.'),
    problem: typed('Si ferma. Perché?\u200b x.'),
  };
  const { body } = ticketText({ ...facts, profile, content: { ...emptyDraftContent('it'), fields } });
  expect(body).toContain('03L 906 018\n');
  expect(body).toContain('Si ferma. Perché? x.\n');
});

test.each(['', '.', ' ; ', '\u200b', '\u202a\u202c'])('an identifier of nothing but %j is none', (text) => {
  expect(cleanIdentifier(text)).toBe('');
  expect(isIdentifierText(text)).toBe(false);
  expect(vinNote(text)).toBe('empty');
});

test('what is drawn is never taken out of an identifier: a sign nobody reads as a letter is named instead', () => {
  expect(cleanIdentifier('A.B,C;D-1/2')).toBe('A.B,C;D-1/2');
  expect(cleanIdentifier('\ud83d')).toBe('\ud83d');
  expect(isIdentifierText('A\ud83dB')).toBe(false);
  expect(vinNote(`${vin.slice(0, 16)}_`)).toBe('characters');
});

test('whatever ends a sentence or quotes in any script is taken off, and nothing else is', () => {
  const marks = /\p{Sentence_Terminal}|\p{Terminal_Punctuation}|\p{Quotation_Mark}/u;
  const kept = /\p{L}|\p{N}|\p{Sc}|[-+/#*_]/u;
  let [taken, left] = [0, 0];
  for (let code = 0x20; code < 0x2_0000; code += 1) {
    const sign = String.fromCodePoint(code);
    if (marks.test(sign)) {
      expect(cleanIdentifier(`KT-1${sign}${sign}`), code.toString(16)).toBe('KT-1');
      taken += 1;
    } else if (kept.test(sign) && drawnText(sign) === sign) {
      expect(cleanIdentifier(`KT-1${sign}`), code.toString(16)).toBe(`KT-1${sign}`);
      left += 1;
    }
  }
  expect(taken).toBeGreaterThan(250);
  expect(left).toBeGreaterThan(10_000);
});
