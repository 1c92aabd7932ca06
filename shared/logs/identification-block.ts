import { type FieldKey, spokenField } from '../domain/draft.ts';
import { drawnText } from '../domain/identifier-text.ts';
import { type ConnectionMode, connectionModes } from '../domain/product.ts';
import { vinMake } from '../rules/vin-make.ts';
import { fieldOfLabel, type LabelledValue, labelledValues, vinWithin } from './labelled-values.ts';
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

/** A voltage that a vehicle has, and not how full a battery is or whether one is there. */
const volts = /^\D{0,3}[0-3]?\d(?:[.,]\d{1,3})?\s*(?:v|volts?)?\b(?!\s*%)/iu;

/** A plug-in or protocol number (FACT-LOG-7), and not the name of a bus or of a standard. */
const driver = /^[^\p{L}\d]{0,4}(?:n[ro]?\.?\s?)?\d{1,4}(?![\d.,-]{0,4}\d)(?![\p{L}-])/iu;
/** A version of the tool, which has a hardware and a software as well. */
const ofTool = /\b(?:k-?suite|k-?tag|kess\w{0,4}|alientech|windows)\b/iu;

function fieldOf({ label, asWritten, text }: LabelledValue): IdentifiedField | null {
  const key = fieldOfLabel(label);
  if (key === null) return null;
  if (key === 'vehicleVin') {
    const vin = vinWithin(text);
    return vin === null ? null : { key, text: vin, label: asWritten };
  }
  if (key === 'mode') {
    const mode = modeOf(text);
    return mode === null ? null : { key, text: mode, label: asWritten };
  }
  if (key === 'voltage' && !volts.test(text)) return null;
  if (key === 'driverNumber' && !driver.test(text)) return null;
  if ((key === 'ecuHw' || key === 'ecuSw') && ofTool.test(text)) return null;
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
