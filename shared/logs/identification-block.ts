import { type FieldKey, spokenField } from '../domain/draft.ts';
import { drawnText } from '../domain/identifier-text.ts';
import { type ConnectionMode, connectionModes } from '../domain/product.ts';
import { vinMake } from '../rules/vin-make.ts';
import { normalizedVin, vinNote } from '../rules/vin.ts';
import { textLines } from './text-lines.ts';

/** One value read out of a pasted block, with the label it stood under. */
export type IdentifiedField = { readonly key: FieldKey; readonly text: string; readonly label: string };

/** Labels of the identification block (FACT-TICKET-1); longer ones first, because `HW` also begins `HW Ver.`. */
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
  [/^(connection|connessione|collegamento)|^mod(e|o|alità)( |$)/iu, 'mode'],
  [/^(make|marca)/iu, 'vehicleMake'],
  [/^(model|modello)/iu, 'vehicleModel'],
];

const modeWords: Readonly<Record<ConnectionMode, RegExp>> = {
  obd: /\bobd(ii|2)?\b/iu,
  bench: /\b(bench|banco)\b/iu,
  boot: /\bboot(loader)?\b/iu,
  bdm: /\bbdm\b/iu,
  jtag: /\bjtag\b/iu,
  tricore: /\btricore\b/iu,
};

/** The way of connecting that a text names; null where it names none, or several. */
function modeOf(text: string): ConnectionMode | null {
  const said = text.slice(0, valueChars);
  const named = connectionModes.filter((mode) => modeWords[mode].test(said));
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** Longest value of a field, in characters. */
const valueChars = 200;

/** What a line says in front of its first colon or equals sign, and behind it. Looked at once from left to right, however long it is. */
function labelled(line: string): { readonly label: string; readonly text: string } | null {
  const at = line.search(/[:=]/u);
  const label = line.slice(0, Math.max(0, at)).trim();
  const text = line.slice(at + 1).trim();
  return /^[\p{L} .-]{2,20}$/u.test(label) && text !== '' ? { label, text } : null;
}

function fieldOfLine(line: string): IdentifiedField | null {
  const said = labelled(drawnText(line));
  if (said === null) return null;
  const { label, text } = said;
  const match = labels.find(([pattern]) => pattern.test(label));
  const key = match?.[1];
  if (key === undefined || key === null) return null;
  if (key === 'vehicleVin') return ['ok', 'checkDigit'].includes(vinNote(text)) ? { key, text: normalizedVin(text), label } : null;
  if (key === 'mode') {
    const mode = modeOf(text);
    return mode === null ? null : { key, text: mode, label };
  }
  const value = spokenField(key, text.slice(0, valueChars));
  return value === '' ? null : { key, text: value, label };
}

/**
 * Reads the identification block that users paste from the tool (`HW: …`, `SW upg.: …`, `VIN nr.: …`). The first value of a
 * field wins, except that an upgrade number (`SW upg.`) is the one vendors ask for and replaces `SW`. Unknown lines are ignored.
 */
export function identificationBlock(text: string): readonly IdentifiedField[] {
  const found = new Map<FieldKey, IdentifiedField>();
  for (const line of textLines(text).slice(0, 400)) {
    const field = fieldOfLine(line);
    if (field === null) continue;
    if (!found.has(field.key) || /upg/iu.test(field.label)) found.set(field.key, field);
  }
  const vin = found.get('vehicleVin');
  const make = vin === undefined ? null : vinMake(vin.text);
  // A number says who made the vehicle; what the tool wrote as the make is better.
  if (vin !== undefined && make !== null && !found.has('vehicleMake'))
    found.set('vehicleMake', { key: 'vehicleMake', text: make, label: vin.label });
  return [...found.values()];
}
