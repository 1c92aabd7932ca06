import { describe, expect, test } from 'vitest';
import {
  isPath,
  linesInOrder,
  namesTaken,
  numberIn,
  showsWords,
  shownLines,
  typedLines,
} from '../../shared/portal-map/page-text.ts';

test('lines of a field are the same whatever ends them, and what is blank around them is not looked at', () => {
  expect(typedLines('\r\n  uno \u00a0\r\n\r\ndue\rtre\n\n')).toEqual(['uno', '', 'due', 'tre']);
  expect(typedLines(' \n\u00a0\n')).toEqual([]);
});

test('lines of a page are compared with their blanks drawn together and without the empty ones between them', () => {
  expect(shownLines(' Golf   7\t<TDI>\n\n \nfine')).toEqual(['Golf 7 <TDI>', 'fine']);
});

describe('wanted lines', () => {
  const wanted = ['a', 'b', 'a', 'c'];
  test.each([
    ['all of them among others', ['x', 'a', 'b', 'y', 'a', 'c', 'z'], 4],
    ['one paragraph of all', ['a b a c'], 0],
    ['one missing', ['a', 'a', 'c'], 3],
    ['in another order', ['c', 'a', 'b', 'a'], 3],
    ['the same line once only', ['a', 'b', 'c'], 3],
    ['nothing', [], 0],
  ])('are counted in their order where the page shows %s', (_what, shown, found) => {
    expect(linesInOrder(wanted, shown)).toBe(found);
  });
});

test('words are shown in one piece, and not as a part of longer ones', () => {
  expect(showsWords('non legge', 'Richiesta: non\u00a0 legge.')).toBe(true);
  expect(showsWords('non legge', 'non leggera')).toBe(false);
  expect(showsWords('non legge', 'non leggera, ma non legge')).toBe(true);
  expect(showsWords('', 'qualcosa')).toBe(false);
});

describe('files that a page lists', () => {
  test.each([
    ['by their names', ['a.bin', 'b c.log'], [['a.bin'], ['b c.log']], ['a.bin', 'b c.log']],
    ['beside a size', ['a.bin', 'b c.log'], [['a.bin (12 KB)'], ['b c.log 3 byte']], ['a.bin', 'b c.log']],
    ['by an address', ['è (1).bin'], [['scarica', 'è (1).bin']], ['è (1).bin']],
    ['with other signs for those not liked', ['a:b?.bin'], [['a_b_.bin']], ['a:b?.bin']],
    ['once, where two have one name', ['a.bin', 'a.bin'], [['a.bin']], ['a.bin']],
    ['only the longer name', ['log.txt', 'my-log.txt'], [['my-log.txt']], ['my-log.txt']],
    ['only a longer name that ends alike', ['log.txt'], [['old-log.txt 3 KB']], []],
    ['nothing', ['a.bin'], [], []],
  ])('are counted %s', (_what, wanted, entries, taken) => {
    expect(namesTaken(wanted, entries)).toEqual(taken);
  });
});

test.each([
  [['#'], 'Bug #12: non legge', '12'],
  [['n. ', '#'], 'Richiesta n. A-77 #3', 'A-77'],
  [['#'], '#nessuno, poi # 9', '9'],
  [[''], '4012 aperta', '4012'],
  [['/issues/'], '/issues/12/edit', '12'],
  [['#'], 'Bug #abc', null],
  [['#'], `#${'1'.repeat(41)}`, null],
  [['#'], '#12è', null],
  [['n. '], 'nessun numero', null],
])('number of a page is what stands behind the words of its map (%j in "%s")', (after, text, number) => {
  expect(numberIn(after, text)).toBe(number);
});

test.each([
  ['/ticket/*', '/Ticket/New.aspx', true],
  ['/ticket/*', '/ticket', false],
  ['/ticket/*', '/ticket/a/b', false],
  ['/ticket/**', '/ticket/a/b', true],
  ['/ticket/**', '/ticket', true],
  ['/login', '/login/', true],
  ['/login', '/loginx', false],
])('path of a map (%s) and one of a page (%s) agree: %s', (pattern, path, agrees) => {
  expect(isPath(pattern, path)).toBe(agrees);
});
