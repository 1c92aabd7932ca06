import type { FieldKey } from '../domain/draft.ts';

/** What a line says behind one of its labels. The label is in lower case, without dots and with single spaces. */
export type LabelledValue = { readonly label: string; readonly asWritten: string; readonly text: string };

/** Labels that name a value, exactly as they are written; null: known, and none of ours. Others say something else: an "ECU serial number" is no ECU. */
const labelled: readonly (readonly [FieldKey | null, readonly string[]])[] = [
  [
    'vehicleVin',
    [
      'vin',
      'vin nr',
      'vin no',
      'vin n',
      'vin number',
      'vin code',
      'numero vin',
      'vehicle identification number',
      'chassis',
      'chassis number',
      'chassis no',
      'telaio',
      'numero telaio',
      'numero di telaio',
      'n telaio',
      'fahrgestellnummer',
      'fin',
    ],
  ],
  [
    'ecuHw',
    [
      'hw',
      'hw nr',
      'hw no',
      'hw n',
      'hw number',
      'hardware',
      'hardware nr',
      'hardware no',
      'hardware number',
      'numero hw',
      'numero hardware',
      'ecu hw',
      'ecu hw nr',
      'ecu hw number',
      'ecu hardware',
      'ecu hardware number',
    ],
  ],
  [
    'ecuSw',
    [
      'sw',
      'sw nr',
      'sw no',
      'sw n',
      'sw number',
      'software',
      'software nr',
      'software no',
      'software number',
      'numero sw',
      'numero software',
      'ecu sw',
      'ecu sw nr',
      'ecu sw number',
      'ecu software',
      'ecu software number',
      'sw upg',
      'sw upgrade',
      'software upg',
      'software upgrade',
      'ecu sw upg',
    ],
  ],
  [
    'ecuFamily',
    [
      'ecu',
      'ecu type',
      'ecu name',
      'ecu family',
      'ecu model',
      'centralina',
      'tipo centralina',
      'tipo ecu',
      'modello centralina',
      'famiglia centralina',
      'steuergerät',
    ],
  ],
  ['vehicleEngine', ['engine', 'engine type', 'engine code', 'motore', 'tipo motore', 'codice motore', 'sigla motore', 'motor']],
  ['vehicleMake', ['make', 'vehicle make', 'brand', 'manufacturer', 'marca', 'costruttore', 'hersteller']],
  ['vehicleModel', ['model', 'vehicle model', 'car model', 'modello', 'modello veicolo', 'modell']],
  [
    'voltage',
    [
      'volt',
      'voltage',
      'supply voltage',
      'battery voltage',
      'tensione',
      'tensione batteria',
      'tensione di alimentazione',
      'batt',
      'battery',
      'batteria',
      'vbatt',
      'spannung',
    ],
  ],
  [
    'driverNumber',
    [
      'protocol',
      'protocol nr',
      'protocol no',
      'protocol number',
      'protocollo',
      'numero protocollo',
      'plug-in',
      'plug in',
      'plugin',
      'plug-in nr',
      'plug-in number',
      'numero plug-in',
    ],
  ],
  [
    'mode',
    [
      'connection',
      'connection mode',
      'connection type',
      'connessione',
      'tipo connessione',
      'tipo di connessione',
      'collegamento',
      'mode',
      'modo',
      'modalità',
      'modalita',
    ],
  ],
  [
    null,
    [
      'hw ver',
      'hw version',
      'sw ver',
      'sw version',
      'sw date',
      'spare',
      'ricambio',
      'serial',
      'serial number',
      'year',
      'model year',
      'km',
      'date',
      'data',
    ],
  ],
];

const keys: ReadonlyMap<string, FieldKey | null> = new Map(labelled.flatMap(([key, names]) => names.map((name) => [name, key] as const)));

/** The field a label names; null where it names none, or none of ours. */
export function fieldOfLabel(label: string): FieldKey | null {
  return keys.get(label) ?? null;
}

/** Labels whose value tells one vehicle from another. */
export const identifierLabels: ReadonlyMap<string, FieldKey> = new Map(
  [...keys].flatMap(([label, key]) => (key === 'vehicleVin' || key === 'ecuHw' ? [[label, key] as const] : [])),
);

/** A further label within a line; longer ones first, for `HW` also begins `HW number`. */
const inside = new RegExp(
  ` (?=(?:${[...keys.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(' ', '\\.? '))
    .join('|')})\\.? ?[:=])`,
  'iu',
);
const mostChars = 1_000;
const labelShape = /^[\p{L}][\p{L} .-]{1,40}$/u;

/** A piece belongs to the one before it unless it has a label of its own. */
function whole(pieces: readonly string[]): readonly string[] {
  const parts: string[] = [];
  for (const piece of pieces) {
    const last = parts.at(-1);
    if (last === undefined || (/[:=]/u.test(piece) && /[:=]/u.test(last))) parts.push(piece);
    else parts[parts.length - 1] = `${last} ${piece}`;
  }
  return parts;
}

const filled = (pieces: readonly string[]): readonly string[] => pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');

/** What stands behind each label of a line, from left to right: several labels may stand in one line. Its first thousand characters are read. */
export function labelledValues(line: string): readonly LabelledValue[] {
  const pieces = line
    .slice(0, mostChars)
    .split(/[\t;|]| {2,}|,(?= )/u)
    .flatMap((piece) => whole(filled(piece.split(inside))));
  return whole(filled(pieces)).flatMap((part) => {
    const at = part.search(/[:=]/u);
    const asWritten = part.slice(0, Math.max(0, at)).trim();
    const text = part.slice(at + 1).trim();
    const label = asWritten.toLowerCase().replaceAll('.', ' ').replace(/ +/gu, ' ').trim();
    return labelShape.test(asWritten) && text !== '' ? [{ label, asWritten, text }] : [];
  });
}
