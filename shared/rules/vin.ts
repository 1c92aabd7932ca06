import { cleanIdentifier } from '../domain/identifier-text.ts';

/** Notes about a VIN (ISO 3779). Only `length` and `characters` mean it cannot be a VIN; a check digit is demanded in North America only. */
export type VinNote = 'ok' | 'empty' | 'length' | 'characters' | 'checkDigit';

const values: Readonly<Record<string, number>> = {
  A: 1,
  B: 2,
  C: 3,
  D: 4,
  E: 5,
  F: 6,
  G: 7,
  H: 8,
  J: 1,
  K: 2,
  L: 3,
  M: 4,
  N: 5,
  P: 7,
  R: 9,
  S: 2,
  T: 3,
  U: 4,
  V: 5,
  W: 6,
  X: 7,
  Y: 8,
  Z: 9,
};
/** What no VIN has. */
const foreign = /[^A-HJ-NPR-Z0-9]/u;
const vinChars = 17;
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Cleaned, in upper case, without gaps and dashes of any kind, as VINs are compared. */
export function normalizedVin(text: string): string {
  return cleanIdentifier(text)
    .toUpperCase()
    .replace(/[ \p{Pd}]/gu, '');
}

/** The check character position 9 would carry in North America: `0`-`9` or `X`. Expects 17 valid characters. */
export function vinCheckCharacter(vin: string): string {
  const sum = [...vin].reduce(
    (total, character, index) => total + (values[character] ?? Number(character)) * (weights[index] ?? 0),
    0,
  );
  const rest = sum % 11;
  return rest === 10 ? 'X' : String(rest);
}

/** Looks at a VIN as it is typed. `checkDigit` is a remark, never a block: European VINs need none. */
export function vinNote(text: string): VinNote {
  const vin = normalizedVin(text);
  if (vin === '') return 'empty';
  if (foreign.test(vin)) return 'characters';
  if (vin.length !== vinChars) return 'length';
  return vinCheckCharacter(vin) === vin[8] ? 'ok' : 'checkDigit';
}

/** Whether a text, as `normalizedVin` gives it, can be a VIN: whatever its check digit, for European ones need none. */
export function canBeVin(vin: string): boolean {
  return vin.length === vinChars && !foreign.test(vin);
}
