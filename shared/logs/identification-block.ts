import { type FieldKey, spokenField } from '../domain/draft.ts';
import { drawnText } from '../domain/identifier-text.ts';
import { type ConnectionMode, connectionModes } from '../domain/product.ts';
import { vinMake } from '../rules/vin-make.ts';
import { normalizedVin, vinNote } from '../rules/vin.ts';
import { fieldOfLabel, type LabelledValue, labelledValues } from './labelled-values.ts';
import { textLines } from './text-lines.ts';

/** One value read out of a pasted block, with the label it stood under. */
export type IdentifiedField = { readonly key: FieldKey; readonly text: string; readonly label: string };

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

/** A voltage, and not how full a battery is or whether one is there. */
const volts = /^\D{0,3}\d{1,2}(?:[.,]\d{1,3})?\s*(?:v|volts?)?\b(?!\s*%)/iu;

function fieldOf({ label, asWritten, text }: LabelledValue): IdentifiedField | null {
  const key = fieldOfLabel(label);
  if (key === null) return null;
  if (key === 'vehicleVin')
    return ['ok', 'checkDigit'].includes(vinNote(text)) ? { key, text: normalizedVin(text), label: asWritten } : null;
  if (key === 'mode') {
    const mode = modeOf(text);
    return mode === null ? null : { key, text: mode, label: asWritten };
  }
  if (key === 'voltage' && !volts.test(text)) return null;
  const value = spokenField(key, text.slice(0, valueChars));
  return value === '' ? null : { key, text: value, label: asWritten };
}

/**
 * Reads the identification block that users paste from the tool (`HW: …`, `SW upg.: …`, `VIN nr.: …`). The first value of a
 * field wins, except that an upgrade number (`SW upg.`) is the one vendors ask for and replaces `SW`. Unknown lines are ignored.
 */
export function identificationBlock(text: string): readonly IdentifiedField[] {
  const found = new Map<FieldKey, IdentifiedField>();
  for (const line of textLines(text).slice(0, 400))
    for (const said of labelledValues(drawnText(line))) {
      const field = fieldOf(said);
      if (field !== null && (!found.has(field.key) || /upg/iu.test(field.label))) found.set(field.key, field);
    }
  const vin = found.get('vehicleVin');
  const make = vin === undefined ? null : vinMake(vin.text);
  // A number says who made the vehicle; what the tool wrote as the make is better.
  if (vin !== undefined && make !== null && !found.has('vehicleMake'))
    found.set('vehicleMake', { key: 'vehicleMake', text: make, label: vin.label });
  return [...found.values()];
}
