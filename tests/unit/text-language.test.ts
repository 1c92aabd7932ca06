import { expect, test } from 'vitest';
import { isForeignText } from '../../shared/text/text-language.ts';

test.each([
  ['La lettura si ferma al 38 % e poi il programma mostra un errore di checksum', false],
  ['The read stops at 38 % and then the program shows a checksum error on the bench', false],
  [
    'Beim Lesen bleibt das Gerät bei 38 % stehen und die Software zeigt nicht den Fehler, den ich kenne',
    true,
  ],
  [
    "La lecture s'arrête à 38 % et le programme ne montre pas l'erreur dans la fenêtre, je ne sais pas pourquoi",
    true,
  ],
  ['Al leer se para en el 38 % y el programa no muestra el error cuando se conecta con los pines', true],
  [
    'Przy odczycie program zatrzymuje się na 38 % i nie ma żadnego błędu, co jest nie tak jak po aktualizacji',
    true,
  ],
  ['EDC17CP48 03L906018DM 1037516245 K-TAG 2.70 checksum error back checksum', false],
  ['Fehler beim Lesen', false],
  ['', false],
] as const)('R-LANG-1: text %# is foreign: %s', (text, foreign) => {
  expect(isForeignText(text)).toBe(foreign);
});
