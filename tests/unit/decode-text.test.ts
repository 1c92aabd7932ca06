import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from '../../shared/logs/decode-text.ts';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const out = new Uint8Array(text.length * 2);
  const view = new DataView(out.buffer);
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(index * 2, text.charCodeAt(index), !bigEndian);
  return out;
};
const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const noise = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (Math.imul(index + 1, 2_654_435_761) >>> 13) & 0xff);

const table: readonly (readonly [string, Uint8Array, ReturnType<typeof decodeText>])[] = [
  ['nothing', bytes(), { kind: 'empty' }],
  ['plain ASCII', ascii('Checksum error'), { kind: 'text', encoding: 'utf-8', text: 'Checksum error' }],
  [
    'UTF-8 with a mark',
    joined(bytes(0xef, 0xbb, 0xbf), ascii('è')),
    { kind: 'text', encoding: 'utf-8', text: 'è' },
  ],
  [
    'UTF-8 without one',
    ascii('velocità – 38 %'),
    { kind: 'text', encoding: 'utf-8', text: 'velocità – 38 %' },
  ],
  [
    'UTF-8 cut inside a letter',
    ascii('velocità').subarray(0, -1),
    { kind: 'text', encoding: 'utf-8', text: 'velocit' },
  ],
  [
    'UTF-16 LE with a mark',
    joined(bytes(0xff, 0xfe), utf16('Wake up', false)),
    { kind: 'text', encoding: 'utf-16le', text: 'Wake up' },
  ],
  [
    'UTF-16 BE with a mark',
    joined(bytes(0xfe, 0xff), utf16('Wake up', true)),
    { kind: 'text', encoding: 'utf-16be', text: 'Wake up' },
  ],
  [
    'UTF-16 LE without one',
    utf16('Wake up error', false),
    { kind: 'text', encoding: 'utf-16le', text: 'Wake up error' },
  ],
  [
    'UTF-16 BE without one',
    utf16('Wake up error', true),
    { kind: 'text', encoding: 'utf-16be', text: 'Wake up error' },
  ],
  [
    'UTF-16 cut inside a pair',
    joined(bytes(0xff, 0xfe), utf16('ok', false), bytes(0x41)),
    { kind: 'text', encoding: 'utf-16le', text: 'ok' },
  ],
  [
    'Windows-1252',
    bytes(0x76, 0x65, 0x6c, 0x6f, 0x63, 0x69, 0x74, 0xe0, 0x20, 0x80, 0x20, 0x93, 0x78, 0x94),
    { kind: 'text', encoding: 'windows-1252', text: 'velocità € “x”' },
  ],
  [
    'UTF-8 with a line that another program wrote in Windows-1252',
    joined(ascii('è 3 %\r\nvelocit'), bytes(0xe0), ascii('\r\nnon risponde più')),
    { kind: 'text', encoding: 'utf-8', text: 'è 3 %\r\nvelocità\r\nnon risponde più' },
  ],
  [
    'a LOG in room set aside for it',
    joined(ascii('18:02 Lettura: 38 %\r\n18:03 Errore checksum\r\n'), new Uint8Array(900)),
    { kind: 'text', encoding: 'utf-8', text: '18:02 Lettura: 38 %\r\n18:03 Errore checksum\r\n\n' },
  ],
  [
    'UTF-16 with a hole',
    joined(
      bytes(0xff, 0xfe),
      utf16('Lettura: 38 % del blocco 4\n', false),
      new Uint8Array(64),
      utf16('Errore checksum\n', false),
    ),
    { kind: 'text', encoding: 'utf-16le', text: 'Lettura: 38 % del blocco 4\n\nErrore checksum\n' },
  ],
  [
    'a memory image with a word in it',
    joined(ascii('WVWZZZ1KZAW000123\n'), new Uint8Array(900)),
    { kind: 'binary' },
  ],
  [
    'a memory image with a hole',
    joined(noise(600), new Uint8Array(300), ascii('Bosch EDC17C46 0281012345\n')),
    { kind: 'binary' },
  ],
  [
    'a DOS file with its end mark',
    joined(ascii('ok\r\n'), bytes(0x1a)),
    { kind: 'text', encoding: 'utf-8', text: 'ok\r\n\x1a' },
  ],
  ['ciphered bytes', noise(4_096), { kind: 'binary' }],
  ['zeros', new Uint8Array(512), { kind: 'binary' }],
  ['UTF-32', joined(bytes(0xff, 0xfe, 0, 0), bytes(0x41, 0, 0, 0)), { kind: 'binary' }],
  ['an erased flash', new Uint8Array(512).fill(0xff), { kind: 'binary' }],
];

test.each(table)('decodeText knows %s when it is given it', (_, input, expected) => {
  expect(decodeText(input)).toEqual(expected);
});

const lineOfText = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz ABC 0123456789 :%.\r\n\tàèéìòù'),
  minLength: 12,
  maxLength: 400,
});

test('decodeText returns what was written when text comes in any encoding with a mark', () => {
  fc.assert(
    fc.property(lineOfText, (text) => {
      expect(decodeText(joined(bytes(0xff, 0xfe), utf16(text, false)))).toEqual({
        kind: 'text',
        encoding: 'utf-16le',
        text,
      });
      expect(decodeText(joined(bytes(0xfe, 0xff), utf16(text, true)))).toEqual({
        kind: 'text',
        encoding: 'utf-16be',
        text,
      });
      expect(decodeText(joined(bytes(0xef, 0xbb, 0xbf), ascii(text)))).toEqual({
        kind: 'text',
        encoding: 'utf-8',
        text,
      });
    }),
  );
});

test('decodeText never fails and never shows a replacement mark at the end when bytes are cut anywhere', () => {
  let texts = 0;
  fc.assert(
    fc.property(lineOfText, fc.nat(), (text, at) => {
      const whole = ascii(text);
      const decoded = decodeText(whole.subarray(0, at % (whole.length + 1)));
      if (decoded.kind !== 'text' || decoded.encoding !== 'utf-8') return;
      texts += 1;
      expect(text.startsWith(decoded.text)).toBe(true);
    }),
  );
  expect(texts).toBeGreaterThan(50);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (any) =>
      ['text', 'binary', 'empty'].includes(decodeText(any).kind),
    ),
  );
});

test('decodeText drops half a character at the start when bytes come from the middle of a file', () => {
  const cut = { min: 1, max: 8 };
  // More letters than bytes are cut: a file cut to nothing is empty, not text.
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'è', '€', '😀', '\n'), { minLength: cut.max + 1, maxLength: 60 }),
      fc.integer(cut),
      (letters, at) => {
        const text = letters.join('');
        const decoded = decodeText(ascii(text).subarray(at), true);
        expect(decoded).toMatchObject({ kind: 'text', encoding: 'utf-8' });
        if (decoded.kind === 'text') expect(text.endsWith(decoded.text)).toBe(true);
      },
    ),
  );
});

test('decodeText keeps the first letter of a Windows-1252 text when it looks like the rest of a character', () => {
  expect(decodeText(joined(bytes(0x80), ascii(' 12 perch'), bytes(0xe9), ascii(' no')))).toEqual({
    kind: 'text',
    encoding: 'windows-1252',
    text: '€ 12 perché no',
  });
});

const said = '18:00:00 Lettura: 38 %\r\n18:00:01 Errore di comunicazione: non risponde più\r\n';
const zeros = (length: number): Uint8Array => new Uint8Array(length);
const latin = Uint8Array.from(Buffer.from('18:05:00 velocità\r\n', 'latin1'));

test.each<readonly [string, Uint8Array]>([
  ['a zero at the end of each line', ascii(said.replaceAll('\r\n', '\0\r\n'))],
  ['a zero within a line, beside a blank', ascii(said.replaceAll(' di', '\0 di'))],
  ['zeros between columns', ascii(said.replaceAll(' ', '\0\0'))],
  [
    'UTF-16 LE behind a hole of odd length',
    joined(bytes(0xff, 0xfe), utf16(said, false), zeros(513), utf16(said, false)),
  ],
  [
    'UTF-16 BE behind a hole of odd length',
    joined(bytes(0xfe, 0xff), utf16(said, true), zeros(513), utf16(said, true)),
  ],
  [
    'UTF-16 without a mark behind a hole of odd length',
    joined(utf16(said, false), zeros(511), utf16(said, false)),
  ],
  ['UTF-16 without a mark around a hole', joined(utf16(said, false), zeros(512), utf16(said, false))],
  ['UTF-16 without a mark in room set aside', joined(utf16(said, false), zeros(3_000))],
  ['UTF-16 that begins with a hole', joined(zeros(512), utf16(said, false))],
  ['UTF-8 that begins with a hole', joined(zeros(512), ascii(said))],
  ['a piece in UTF-16 LE behind UTF-8', joined(ascii(said), utf16(said, false))],
  [
    'a piece in UTF-16 LE with a mark behind UTF-8',
    joined(ascii(said), bytes(0xff, 0xfe), utf16(said, false)),
  ],
  ['a piece in UTF-16 BE behind UTF-8', joined(ascii(said), utf16(said, true))],
  ['a piece in UTF-8 behind UTF-16', joined(bytes(0xff, 0xfe), utf16(said, false), ascii(said))],
  ['pieces in three encodings', joined(latin, utf16(said, false), ascii(said))],
  ['UTF-16 cut within a letter', utf16(said + said, false).subarray(1)],
  ['the colours of a console', ascii(`\x1b[31m${said.replaceAll('\r\n', '\x1b[0m\r\n')}`)],
  ['a mark of UTF-8 and lines in Windows-1252', joined(bytes(0xef, 0xbb, 0xbf), ascii(said), latin)],
  [
    'one line in room set aside for it',
    joined(ascii('18:00:01 Errore di comunicazione: non risponde più'), zeros(512)),
  ],
  ['a letter cut off by a hole', joined(ascii(said), ascii('più').subarray(0, 3), zeros(512), ascii(said))],
])('decodeText reads the words of %s', (_what, input) => {
  const decoded = decodeText(input);
  const text = decoded.kind === 'text' ? decoded.text : decoded.kind;
  expect(text).toContain('18:00:01 Errore di comunicazione: non risponde più');
  expect(text).not.toMatch(/[\0\u3000-\uffff]/u);
});

test.each<readonly [string, Uint8Array]>([
  ['words parted by zeros', ascii('alfa\0beta\0gamma\0delta\0epsilon\0zeta\0eta\0theta')],
  [
    'a table of small numbers of 16 bits',
    Uint8Array.from({ length: 4_096 }, (_, at) => (at % 2 === 0 ? (at / 2) % 200 : 0)),
  ],
  ['an image with a line in it', joined(noise(512), ascii(said), zeros(512))],
])('decodeText takes %s for no text', (_what, input) => {
  expect(decodeText(input).kind).toBe('binary');
});
