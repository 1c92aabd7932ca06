import type { FieldKey } from '../domain/draft.ts';
import { normalizedVin, vinNote } from '../rules/vin.ts';

/** One value read out of a pasted block, with the label it stood under. */
export type IdentifiedField = { readonly key: FieldKey; readonly text: string; readonly label: string };

/** Labels of the identification block (FACTS section 6); longer ones first, because `HW` also begins `HW Ver.`. */
const labels: readonly (readonly [RegExp, FieldKey | null])[] = [
  [/^sw\s*upg\.?/iu, 'ecuSw'],
  [/^hw\s*ver\.?/iu, null],
  [/^sw\s*ver\.?/iu, null],
  [/^vin(\s*(nr|no|n)\.?)?/iu, 'vehicleVin'],
  [/^(ecu|centralina)/iu, 'ecuFamily'],
  [/^engine|^motore/iu, 'vehicleEngine'],
  [/^spare|^ricambio/iu, null],
  [/^hw/iu, 'ecuHw'],
  [/^sw/iu, 'ecuSw'],
  [/^(volt(age)?|tensione|batt(ery)?)/iu, 'voltage'],
  [/^(protocol(lo)?|plug-?in)/iu, 'driverNumber'],
  [/^(make|marca)/iu, 'vehicleMake'],
  [/^(model|modello)/iu, 'vehicleModel'],
];

function fieldOfLine(line: string): IdentifiedField | null {
  const split = /^\s*([\p{L} .-]{2,20}?)\s*[:=]\s*(.+?)\s*$/u.exec(line);
  const label = split?.[1];
  const text = split?.[2];
  if (label === undefined || text === undefined) return null;
  const match = labels.find(([pattern]) => pattern.test(label));
  const key = match?.[1];
  if (key === undefined || key === null) return null;
  if (key === 'vehicleVin') return ['ok', 'checkDigit'].includes(vinNote(text)) ? { key, text: normalizedVin(text), label } : null;
  return { key, text: text.slice(0, 200), label };
}

/**
 * Reads the identification block that users paste from the tool (`HW: …`, `SW upg.: …`, `VIN nr.: …`). The first value of a
 * field wins, except that an upgrade number (`SW upg.`) is the one vendors ask for and replaces `SW`. Unknown lines are ignored.
 */
export function identificationBlock(text: string): readonly IdentifiedField[] {
  const found = new Map<FieldKey, IdentifiedField>();
  for (const line of text.split(/\r\n|\r|\n/u).slice(0, 400)) {
    const field = fieldOfLine(line);
    if (field === null) continue;
    if (!found.has(field.key) || /upg/iu.test(field.label)) found.set(field.key, field);
  }
  return [...found.values()];
}
