import { expect, test } from 'vitest';
import { parseOpenPrograms } from '../../electron/remote/open-programs.ts';

const own = 4_242;

test.each([
  ['nothing', null],
  ['an empty line', ''],
  ['words of PowerShell', 'Get-Process : Access denied'],
  ['another shape', '[{"pid":7,"name":"chrome"}]'],
  ['a title beside it that is no text', '[{"id":7,"name":null}]'],
  [
    'a list without end',
    JSON.stringify(Array.from({ length: 501 }, (_, index) => ({ id: index + 1, name: 'x' }))),
  ],
])('R-REMOTE-4: nobody knows what is open when the system prints %s', (_what, output) => {
  expect(parseOpenPrograms(output, own)).toBeNull();
});

test('R-REMOTE-4: what belongs to the job is told from what does not, and this program is left out', () => {
  const open = [
    { id: 1, name: 'K-Suite' },
    { id: 2, name: 'TeamViewer_QS' },
    { id: 3, name: 'explorer' },
    { id: 4, name: 'ApplicationFrameHost' },
    { id: 5, name: 'electron' },
    { id: 6, name: 'chrome' },
    { id: own, name: 'electron' },
  ];
  expect(parseOpenPrograms(JSON.stringify(open), own)?.map(({ id, belongs }) => [id, belongs])).toEqual([
    ['1', true],
    ['2', true],
    ['3', true],
    ['4', false],
    ['5', false],
    ['6', false],
  ]);
});

test('R-REMOTE-4: a single open program is a list of one', () => {
  expect(parseOpenPrograms('{"id":9,"name":"OUTLOOK"}', own)).toEqual([
    { id: '9', name: 'OUTLOOK', belongs: false },
  ]);
});
