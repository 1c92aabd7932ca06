import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logFault } from '../../electron/platform/fault-log.ts';
import { freshFolder } from './workshop-fixture.ts';

const at = '2026-11-24T18:05:00.000Z';
const logs = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith('faults'))
    .toSorted();

test('fault log never grows beyond five files of five megabytes when faults go on for ever', () => {
  const folder = freshFolder();
  for (let round = 0; round < 9; round += 1) {
    writeFileSync(join(folder, 'faults.log'), 'x'.repeat(5 * 1024 * 1024));
    logFault(folder, at, `ref-${round}`, new Error('a'));
  }
  expect(logs(folder)).toEqual([
    'faults.1.log',
    'faults.2.log',
    'faults.3.log',
    'faults.4.log',
    'faults.log',
  ]);
  expect(readFileSync(join(folder, 'faults.log'), 'utf8')).toContain('ref-8');
  expect(statSync(join(folder, 'faults.log')).size).toBeLessThan(10_000);
});

test('fault log drops what is older than two weeks when the next fault is written, and keeps the rest', () => {
  const folder = freshFolder();
  const aged = (name: string, days: number): void => {
    writeFileSync(join(folder, name), 'x');
    const seconds = Date.parse(at) / 1_000 - days * 86_400;
    utimesSync(join(folder, name), seconds, seconds);
  };
  aged('faults.1.log', 13);
  aged('faults.2.log', 15);
  logFault(folder, at, 'ref', new Error('a'));
  expect([existsSync(join(folder, 'faults.1.log')), existsSync(join(folder, 'faults.2.log'))]).toEqual([
    true,
    false,
  ]);
});

test('fault log holds no word of a message, though it be written like the places of a stack', () => {
  const folder = freshFolder();
  const words = [
    'x\n    at WORD',
    'x\n    at WORD (WORD:1:2)',
    '\n    at https://portal.example/WORD:1:2',
    '    at WORD:1:2\n',
  ];
  for (const [index, message] of words.entries())
    logFault(folder, at, `ref-${index}`, new SyntaxError(message));
  const changed = new Error('short');
  changed.message = 'another';
  changed.stack = 'Error: WORD\n    at WORD and more\n    at real (file:///a/b.ts:1:2)';
  logFault(folder, at, 'changed', changed);
  const text = readFileSync(join(folder, 'faults.log'), 'utf8');
  expect(text).not.toContain('WORD');
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly places: readonly string[] });
  expect(lines).toHaveLength(words.length + 1);
  for (const { places } of lines) expect(places.length).toBeGreaterThan(0);
});
