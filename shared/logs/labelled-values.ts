import type { FieldKey } from '../domain/draft.ts';
import { canBeVin, normalizedVin } from '../rules/vin.ts';

/** What a line says behind one of its labels. The label is in lower case, without dots and with single spaces. */
export type LabelledValue = { readonly label: string; readonly asWritten: string; readonly text: string };

const plates = ['targa', 'plate', 'number plate', 'license plate', 'licence plate', 'kennzeichen'] as const;

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
      'v i n',
      'vin nummer',
      'fahrgestellnr',
      'fahrgestell nr',
      'fahrzeug identifizierungsnummer',
      'chassis nr',
      'n° telaio',
      'nr telaio',
      'n° di telaio',
      'cod telaio',
      'codice telaio',
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
      'hw nummer',
      'hw n°',
      'n° hw',
      'codice hw',
      'cod hw',
      'n hw',
      'nr hw',
      'hardware',
      'hardware nr',
      'hardware no',
      'hardware number',
      'hardwarenummer',
      'hardware nummer',
      'codice hardware',
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
      'sw nummer',
      'sw n°',
      'n° sw',
      'codice sw',
      'cod sw',
      'n sw',
      'nr sw',
      'software',
      'software nr',
      'software no',
      'software number',
      'softwarenummer',
      'software nummer',
      'codice software',
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
      'steuergeraet',
      'motorsteuergerät',
      'ecu typ',
      'steuergerätetyp',
    ],
  ],
  [
    'vehicleEngine',
    [
      'engine',
      'engine type',
      'engine code',
      'motore',
      'tipo motore',
      'codice motore',
      'sigla motore',
      'cod motore',
      'motor',
      'motorcode',
      'motorkennbuchstabe',
      'motortyp',
    ],
  ],
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
      'batteriespannung',
      'bordspannung',
      'versorgungsspannung',
      'ubatt',
      'kl30',
      'kl 30',
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
      'protokoll',
      'plug-in',
      'plug in',
      'plugin',
      'plug-in nr',
      'plug-in number',
      'numero plug-in',
      'n plug-in',
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
      ...plates,
      'date',
      'data',
    ],
  ],
];

/** In lower case, signs between words as single blanks. */
function plainLabel(written: string): string {
  return written
    .toLowerCase()
    .replace(/[._\s-]{1,40}/gu, ' ')
    .trim();
}

const keys: ReadonlyMap<string, FieldKey | null> = new Map(
  labelled.flatMap(([key, names]) => names.map((name) => [plainLabel(name), key] as const)),
);

/** The field a label names; null where it names none, or none of ours. */
export function fieldOfLabel(label: string): FieldKey | null {
  return keys.get(label) ?? null;
}

/** True for a label of an identification block, whether it is one of ours or not. */
export function isBlockLabel(label: string): boolean {
  return keys.has(label);
}

const telling: ReadonlySet<FieldKey | null> = new Set<FieldKey>([
  'vehicleVin',
  'ecuHw',
  'ecuSw',
  'ecuFamily',
  'vehicleMake',
  'vehicleModel',
  'vehicleEngine',
]);

/** What tells one vehicle from another: under which name it is compared, and what. */
export type VehicleSign = { readonly name: string; readonly sign: string; readonly field: FieldKey | null };

/** What a labelled value says of which vehicle it is; null where it tells nothing. */
export function vehicleSign({ label, text }: LabelledValue): VehicleSign | null {
  const field = fieldOfLabel(label);
  if (field === 'vehicleVin') {
    const vin = vinWithin(text);
    return vin === null ? null : { name: field, sign: vin, field };
  }
  if (!telling.has(field) && !plates.some((plate) => plate === label)) return null;
  return { name: label, sign: text.toUpperCase().replace(/[\s._-]/gu, ''), field };
}

/** The one VIN within a text, as VINs are compared; null where there is none, or several. */
export function vinWithin(text: string): string | null {
  const whole = normalizedVin(text);
  if (isVin(whole)) return whole;
  const found = new Set(
    text
      .slice(0, mostChars)
      .split(/[^\p{L}\d]+/u)
      .map((word) => word.toUpperCase())
      .filter(isVin),
  );
  const [first = null] = found;
  return found.size === 1 ? first : null;
}

const isVin = (text: string): boolean => canBeVin(text) && /\d/u.test(text);

/** What stands where a value is not known, or where a part only says how it is. */
const noValue =
  /^(?:[-–—?.*\s]+|n\/?a|n\.a\.|none|null|unknown|unbekannt|sconosciut[oa]|nessun[oa]?|keine?|undefined|not (?:available|read|found|present|detected)|non (?:disponibile|lett[oa]|trovat[oa]|presente|rilevat[oa])|nicht (?:verf(?:ü|ue)gbar|gefunden|gelesen)|[0\s]+|[Ff]{4,}|[Xx]{2,}|ok|ko|connected|disconnected|collegat[oa]|conness[oa]|scollegat[oa]|verbunden|on|off|an|aus|spent[oa]|acces[oa]|running|stopped|found|trovat[oa]|gefunden|identified|identificat[oa]|detected|rilevat[oa]|erkannt|yes|no|s[iì]|ja|nein|ready|pront[oa]|bereit|present|presente|selected|selezionat[oa]|started|done|waiting|reading|in corso|in lettura|lettura|attesa|in attesa)[.\s]*$/iu;

/** A further label within a line; longer ones first, for `HW` also begins `HW number`. */
const inside = new RegExp(
  `(?:[ /]{1,3}|,)(?=(?:${[...keys.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(' ', '[._ -]{1,2}'))
    .join('|')})\\.?(?: ?[([][\\p{L}\\d .]{1,12}[)\\]])?\\.? ?[:=])`,
  'iu',
);
const mostChars = 1_000;
const labelShape = /^[\p{L}][\p{L}° ._-]{1,40}$/u;
/** What lists hang in front of a label, and programs put around it. */
const inFront = /^[\s"'*•·>#«[<-]{0,8}(?:\d{1,3}[.)]\s{0,4})?["']?/u;
/** A number or a unit behind a label, in brackets: `VIN [F190]`, `Voltage (V)`. */
const inBrackets = /\s{0,2}[([][\p{L}\d ._%°/-]{1,16}[)\]]/gu;

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

const filled = (pieces: readonly string[]): readonly string[] =>
  pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');

/** A value without the signs that part it from the next, and without quotation marks around it. */
function bareValue(text: string): string {
  let end = text.length;
  while (end > 0 && ' ,/|;'.includes(text.charAt(end - 1))) end -= 1;
  const bare = text.slice(0, end).trim();
  return /^(["']).{0,200}\1$/u.test(bare) ? bare.slice(1, -1).trim() : bare;
}

/** How labels of ours end. Most lines of a LOG have a sign that might follow a label, and few have a label: these alone are taken apart. */
const lastWords: ReadonlySet<string> = new Set(
  [...keys.keys(), ...plates].map((label) => label.split(' ').at(-1) ?? label),
);
const wordAtEnd = /([\p{L}\d°]{1,32})[\s._"'°-]{0,8}$/u;
const lookBackChars = 48;

/** True where something in front of a colon or an equals sign may be a label of ours. */
function mayNameOurs(line: string): boolean {
  const read = line.slice(0, mostChars);
  for (let at = read.search(/[:=]/u); at >= 0 && at < read.length; at += 1) {
    if (read[at] !== ':' && read[at] !== '=') continue;
    const before = read.slice(Math.max(0, at - lookBackChars), at);
    if (/[)\]]\s{0,3}$/u.test(before) || lastWords.has(wordAtEnd.exec(before)?.[1]?.toLowerCase() ?? ''))
      return true;
  }
  return false;
}

/**
 * What stands behind each label of ours in a line, from left to right: several labels may stand in one line. What says that a value is not known
 * is no value. Its first thousand characters are read.
 */
export function labelledValues(line: string): readonly LabelledValue[] {
  if (!mayNameOurs(line)) return [];
  const pieces = line
    .slice(0, mostChars)
    .split(/[\t;|]| {2,}|,(?= )/u)
    .flatMap((piece) => (/[:=].*[:=]/u.test(piece) ? whole(filled(piece.split(inside))) : [piece]));
  return whole(filled(pieces)).flatMap((part) => {
    const at = part.search(/[:=]/u);
    const asWritten = part
      .slice(0, Math.max(0, at))
      .slice(0, 100)
      .replace(inFront, '')
      .replace(inBrackets, '')
      .replace(/["'\s]{0,4}$/u, '')
      .trim();
    const text = bareValue(part.slice(at + 1).trim());
    return labelShape.test(asWritten) && text !== '' && !noValue.test(text)
      ? [{ label: plainLabel(asWritten), asWritten, text }]
      : [];
  });
}
