import { expect, test } from 'vitest';
import { readPastedMessage } from '../../shared/rules/pasted-message.ts';

const words = 'Buongiorno,\nmisurate la tensione durante la lettura: 12:30 va bene.';

test.each([
  ['Il 24/11/2026 alle 18:05 Marco Rossi ha scritto:', 'Marco Rossi', '2026-11-24T18:05'],
  ['Il 24/11/2026 alle ore 18.05, Marco Rossi ha risposto', 'Marco Rossi', '2026-11-24T18:05'],
  ['On 24/11/2026 at 6:05 PM Marco Rossi wrote:', 'Marco Rossi', '2026-11-24T18:05'],
  ['Marco Rossi - 24 Nov 2026 18:05', 'Marco Rossi', '2026-11-24T18:05'],
  ['24 novembre 2026, 18:05 · Anna D’Ambrosio', 'Anna D’Ambrosio', '2026-11-24T18:05'],
  ['[24.11.26 08:05:33] Support', 'Support', '2026-11-24T08:05'],
  ['Operatore: Marco\nData: 2026-11-24 18:05', 'Marco', '2026-11-24T18:05'],
  ['Date: 24/11/2026\nTime: 18:05\nFrom: Jean-Luc Müller', 'Jean-Luc Müller', '2026-11-24T18:05'],
  ['Marco Rossi (24/11/2026)', 'Marco Rossi', '2026-11-24T12:00'],
  ['Da: Supporto Tecnico', 'Supporto Tecnico', null],
  ['31/11/2026 18:05', null, null],
])('head %j is %j at %j, and leaves the words', (head, name, at) => {
  const read = readPastedMessage(`  ${head}\r\n\r\n${words}\n`);
  expect([read.name, read.at]).toEqual([name, at]);
  expect(read.text.endsWith(words)).toBe(true);
  if (name !== null || at !== null) expect(read.text).toBe(name === null ? read.text : words);
});

test.each([
  words,
  'Il 24/11/2026 ho sostituito la batteria e ora la lettura si ferma al 38 %, che cosa posso fare?',
  'Tensione 12.30 V',
  'Da: quando la lettura parte si ferma sempre dopo tre o quattro secondi',
  '',
])('words that only look like a head stay whole: %j', (text) => {
  const read = readPastedMessage(text);
  expect(read.text).toBe(text);
  expect(read.name).toBeNull();
});
