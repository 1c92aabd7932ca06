import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EvidenceKind } from '../../shared/domain/evidence.ts';
import { ecuReadGroups, fileKind } from '../../shared/logs/file-kind.ts';
import { imageFacts, isShowable } from '../../shared/logs/image-facts.ts';
import { zipFacts } from '../../shared/logs/zip-names.ts';

const text = new TextEncoder().encode('Reading flash: 38 %\r\nChecksum error\r\n');
const noise = Uint8Array.from(
  { length: 4_096 },
  (_, index) => (Math.imul(index + 1, 2_654_435_761) >>> 13) & 0xff,
);
const stamped = new TextEncoder().encode(
  '18:02:04 Avvio\n18:02:05 Collegamento\n18:02:09 Lettura: 3 %\n\nfine\n',
);
/** A LOG whose tool sets room aside in its file. */
const padded = Uint8Array.from({ length: 4_096 }, (_, index) => text[index] ?? 0);
const png = Uint8Array.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 5, 0x56, 0, 0, 3,
  0,
]);
const jpeg = Uint8Array.from([
  0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc4, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 3, 0, 5, 0x56, 3,
]);

function zip(entry: string, ciphered: boolean): Uint8Array {
  const name = new TextEncoder().encode(entry);
  const head = new Uint8Array(30 + name.length);
  head.set([0x50, 0x4b, 3, 4, 20, 0, ciphered ? 1 : 0]);
  head[26] = name.length;
  head.set(name, 30);
  return head;
}

const megabyte = 1024 * 1024;
const table: readonly (readonly [string, number, Uint8Array | null, EvidenceKind])[] = [
  ['ktag.log', 40, text, 'log'],
  ['KTAG.LOG', 40, null, 'log'],
  ['my_log_1.txt', 40, text, 'log'],
  ['Log', 40, text, 'log'],
  ['notes.txt', 40, text, 'text'],
  ['listino.csv', 40, text, 'text'],
  ['dialogo.txt', 40, text, 'text'],
  ['PROLOG.TXT', 40, text, 'text'],
  ['weblog', 40, text, 'other'],
  ['scheda.txt', 90, stamped, 'log'],
  ['uscita', 90, stamped, 'log'],
  ['uscita.bin', 90, stamped, 'other'],
  ['scheda.txt', 40, noise, 'document'],
  ['kess.log.2', 40, text, 'log'],
  ['kess.LOG.20261124', 40, text, 'log'],
  ['kess.log.prev', 40, text, 'log'],
  ['KtagLog.txt', 40, text, 'log'],
  ['log_kess', 40, text, 'log'],
  ['kess.log', 4_096, padded, 'log'],
  ['kess.log', 4_096, noise, 'protected-package'],
  ['eeprom', 32 * 1024, padded, 'ecu-read'],
  ['manual.pdf', 40, noise, 'document'],
  ['report.docx', 40, zip('word/document.xml', false), 'document'],
  ['ktag.log', 4_096, noise, 'protected-package'],
  ['support', 650_000, zip('Log', true), 'protected-package'],
  ['a.zip', 650_000, zip('x/Log', false), 'protected-package'],
  ['a.zip', 100, zip('photo.jpg', false), 'other'],
  ['opaque', 1_406_000, noise, 'protected-package'],
  ['opaque', 900, noise, 'other'],
  ['golf.EPR', 64, noise, 'ecu-read'],
  ['golf.mpc', 64, text, 'ecu-read'],
  ['golf.MCP', 64, null, 'ecu-read'],
  ['med9_read', 2 * megabyte, noise, 'ecu-read'],
  ['read.bin', 4 * megabyte, noise, 'ecu-read'],
  ['x.png', 24, png, 'image'],
  ['photo', 24, jpeg, 'image'],
  ['fake.png', 40, text, 'other'],
  ['setup.exe', 40, noise, 'other'],
  ['.log', 40, text, 'other'],
  ['empty.log', 0, new Uint8Array(), 'log'],
];

test.each(table)('fileKind of %s, %d bytes, is told from name and bytes', (name, sizeBytes, head, kind) => {
  expect(fileKind({ name, sizeBytes, head })).toBe(kind);
});

test('fileKind finds the Log entry in the directory at the end when the head holds another entry', () => {
  const tail = Uint8Array.from([
    0x50,
    0x4b,
    1,
    2,
    ...new Array<number>(24).fill(0),
    3,
    0,
    ...new Array<number>(16).fill(0),
    0x4c,
    0x6f,
    0x67,
  ]);
  expect(fileKind({ name: 'pack', sizeBytes: 9_000, head: zip('a.bin', false), tail })).toBe(
    'protected-package',
  );
});

test('ecuReadGroups joins the files of one read when they share a base name', () => {
  const groups = ecuReadGroups(['golf', 'GOLF.EPR', 'golf.MPC', 'golf.log', 'polo', 'a.mcp']);
  expect([...groups]).toEqual([
    ['golf', 'GOLF'],
    ['GOLF.EPR', 'GOLF'],
    ['golf.MPC', 'GOLF'],
    ['a.mcp', 'a'],
  ]);
});

test('imageFacts reads the size when the header is whole, and nothing but zeros when it is cut', () => {
  expect(imageFacts(png)).toEqual({ mimeType: 'image/png', widthPx: 1_366, heightPx: 768 });
  expect(imageFacts(jpeg)).toEqual({ mimeType: 'image/jpeg', widthPx: 1_366, heightPx: 768 });
  expect(imageFacts(png.subarray(0, 12))).toEqual({ mimeType: 'image/png', widthPx: 0, heightPx: 0 });
  expect(imageFacts(text)).toBeNull();
});

test('file readers never fail when bytes are anything', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(
        [],
        [0x50, 0x4b, 3, 4],
        [0xff, 0xd8, 0xff],
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
      ),
      (name, rest, start) => {
        const head = Uint8Array.from([...start, ...rest]);
        expect(typeof fileKind({ name, sizeBytes: head.length, head, tail: head })).toBe('string');
        imageFacts(head);
        zipFacts(head, head);
      },
    ),
  );
});

test('ecuReadGroups never puts a LOG into a group when names are anything', () => {
  let grouped = 0;
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', 'A.EPR', 'b.mpc', 'a.log', 'b.log.txt', 'c.png')),
      (names) => {
        const groups = ecuReadGroups(names);
        grouped += groups.size;
        for (const name of groups.keys()) expect(/log|png/u.test(name)).toBe(false);
      },
    ),
  );
  expect(grouped).toBeGreaterThan(50);
});

test.each([
  [4_000, 3_000, 5_000_000, true],
  [10_000, 5_000, 16 * 1024 * 1024, true],
  [10_000, 5_001, 1_000, false],
  [4_000, 3_000, 16 * 1024 * 1024 + 1, false],
  [0, 0, 1_000, false],
  [60_000, 0, 1_000, false],
  [0xffff_ffff, 0xffff_ffff, 70, false],
] as const)('isShowable for %i x %i pixels in %i bytes is %s', (widthPx, heightPx, sizeBytes, expected) => {
  expect(isShowable({ mimeType: 'image/png', widthPx, heightPx }, sizeBytes)).toBe(expected);
});

const parts = new TextEncoder().encode('Filtro olio 12 pezzi\r\n');

test.each(
  `ktag.1.log|ktag (2).log|LOG_2026.txt|ktag.log.|ktag.log |ktag.log. .|ktag.log (2)|ktag.log - Copia|ktag.log - Copy (2)|Copia di ktag.log|ktag.log~
|ktag.log.1.old|ktag.log1|ktag.log_old|ktag.log-20261124|ktag.log.2026-11-24_18|ktag.log.20261124180205|ktag.log.txt|log.txt.bak|errorlog.txt|logfile.txt
|ktag.log.tmp|Log 24-11.txt|ktag.log.orig|logs.txt`
    .replaceAll('\n', '')
    .split('|'),
)('%j is the name of a LOG', (name) => {
  expect(fileKind({ name, sizeBytes: parts.length, head: parts })).toBe('log');
});

test.each(
  `dialog.txt|login.txt|changelog.md|changelog.txt|ChangeLog.txt|CHANGELOG|Change Log.txt|logo.txt|Logistica.txt|prologo.txt|DIALOG.TXT|catalogo.1|blog.old
|analog.txt|Logica.txt|blog-2.txt|log-in.txt|logbook.txt|DiaLog.txt|BLOG.txt|web log.txt|login.1|Logout.txt|changelog.txt.1|Catalog (2).txt`
    .replaceAll('\n', '')
    .split('|'),
)('%j is no name of a LOG', (name) => {
  expect(fileKind({ name, sizeBytes: parts.length, head: parts })).not.toBe('log');
});

const [gzip, seven, rar] = [
  [0x1f, 0x8b, 8, 0, 1, 200],
  [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  [0x52, 0x61, 0x72, 0x21, 0x1a, 7],
].map((start) => Uint8Array.from(start));
test.each<readonly [string, Uint8Array | undefined, EvidenceKind]>([
  ['ktag.log.gz', gzip, 'protected-package'],
  ['ktag.log.1.gz', gzip, 'protected-package'],
  ['listino.gz', gzip, 'other'],
  ['Catalogo.7z', seven, 'other'],
  ['blog.rar', rar, 'other'],
  ['ktag_log.7z', seven, 'protected-package'],
  ['log.rar', rar, 'protected-package'],
  ['ktag.log.zip', zip('ktag.log', false), 'protected-package'],
  ['catalogo.zip', zip('catalogo.csv', false), 'other'],
])('of archives, %s is told by the word in its name', (name, head, kind) => {
  expect(fileKind({ name, sizeBytes: 600_000, head: head ?? null })).toBe(kind);
});
