import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeText } from '../../shared/logs/decode-text.ts';
import { failurePicture } from '../../shared/logs/failure-picture.ts';
import { textLines } from '../../shared/logs/text-lines.ts';

const sample = (name: string): string => {
  const decoded = decodeText(readFileSync(join(import.meta.dirname, '../../resources/samples', name)), false);
  return decoded.kind === 'text' ? decoded.text : '';
};

test.each([
  [
    'ktag_read_sample.log',
    { identification: 'named', read: 'broken', write: 'unnamed' },
    '38 %',
    'Checksum error',
  ],
  [
    'kess_recognition_sample.log',
    { identification: 'broken', read: 'unnamed', write: 'unnamed' },
    null,
    'Wake up error',
  ],
  [
    'kess_scrittura_esempio_log.txt',
    { identification: 'unnamed', read: 'unnamed', write: 'broken' },
    '71 %',
    'Errore di comunicazione',
  ],
] as const)('failure of the sample %s is drawn with the acts it names, where it broke off, and its line', (name, stages, reached, words) => {
  const text = sample(name);
  const picture = failurePicture(text);
  expect(picture).toMatchObject({ stages, reached });
  expect(picture?.first.errorText).toContain(words);
  for (const error of [picture?.first, picture?.last ?? picture?.first])
    expect(textLines(text)[(error?.line ?? 0) - 1]).toContain(error?.errorText);
});

test('picture is of the attempt that failed last, and counts its line through the whole text', () => {
  const attempt = (words: string): string[] => [
    '18:00:01 Reading flash: 12 %',
    `18:00:02 ${words}`,
    '18:00:03 Operation closed',
  ];
  const lines = [
    ...Array.from({ length: 6_000 }, (_none, at) => `18:00:00 block ${at}`),
    ...attempt('Checksum error'),
    '18:20:00 Writing flash: 40 %',
    '18:20:01 Communication error',
  ];
  const picture = failurePicture(lines.join('\r\n'));
  expect(picture).toEqual({
    stages: { identification: 'unnamed', read: 'unnamed', write: 'broken' },
    reached: '40 %',
    first: { line: lines.length, errorText: 'Communication error' },
    last: null,
  });
});

test('nothing is drawn of a text that tells of no failure, and no act is said where none is named', () => {
  expect(failurePicture('18:00:01 Reading flash: 100 %\n18:00:02 Operation completed')).toBeNull();
  expect(failurePicture('')).toBeNull();
  expect(failurePicture('Checksum error')).toMatchObject({
    stages: { identification: 'unnamed', read: 'unnamed', write: 'unnamed' },
    reached: null,
    first: { line: 1, errorText: 'Checksum error' },
  });
});
