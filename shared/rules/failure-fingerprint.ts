import { type DraftContent, fieldText } from '../domain/draft.ts';
import type { TicketText } from '../domain/ticket.ts';
import { nearlySame, plainWords, saysNothing, tellingWords } from '../text/problem-words.ts';

/** What one request is about, in comparable form (R-TICKET-4). Empty sets: not said. */
export type FailureFingerprint = {
  readonly productId: string;
  readonly serial: string;
  /** Control units by family (`edc17cp44`). */
  readonly ecus: ReadonlySet<string>;
  /** Part numbers of the unit's hardware. */
  readonly hardware: ReadonlySet<string>;
  readonly makes: ReadonlySet<string>;
  /** Models, as words; only of the makes above. */
  readonly models: ReadonlySet<string>;
  readonly vins: ReadonlySet<string>;
  /** Codes the tool named (`0x1f`, `p0606`). */
  readonly codes: ReadonlySet<string>;
  /** Words of the error message, where it stands in a place of its own. */
  readonly error: ReadonlySet<string>;
  /** Words of everything said about the problem, what it happened to left out. */
  readonly words: ReadonlySet<string>;
};

const ecuFamily =
  /\b(?:(?:edc|med|mevd|mev|sid|simos|dcm|ppd|dde|crd|iaw|mjd|ems|msd|msv|denso)[ -]?|me|mg|md|mj|mt|dq|dl)\d{1,3}[a-z0-9.]*/gu;
const partNumber = /\b(?:0[ -]?2[68]1[ -]?\d{3}[ -]?\d{3}|[0-9][a-z0-9]{2}9\d{2}\d{3}[a-z]{0,2})\b/gu;
const vinText = /\b[a-hj-npr-z0-9]{17}\b/gu;
const codeText = /\b(?:0x[0-9a-f]{1,8}|[pcbu][0-3][0-9a-f]{3}|e[ -]?\d{2,5}|ee[0-9a-f]{5})\b/gu;
const makeNames =
  'abarth alfa audi bmw chevrolet citroen cupra dacia daf dodge ds ferrari fiat ford honda hyundai isuzu iveco jaguar jeep kia lamborghini lancia landrover lexus man maserati mazda mercedes mini mitsubishi nissan opel peugeot porsche renault saab scania seat skoda smart ssangyong subaru suzuki tesla toyota volkswagen volvo vw'.split(
    ' ',
  );
const makes = new Set(makeNames);
/** Words after a make that are no model. */
const noModel = new Set(
  'diesel benzina tdi jtd di del anno con che e la non the with my our engine motore di da se is when quando ecu centralina'.split(
    ' ',
  ),
);

/** Different units, numbers or codes that are taken from one text: sets are compared each with each, and no request is about more. */
const mostNamed = 100;

/** What a pattern finds, each once, in the order it stands there. */
function found(pattern: RegExp, text: string): readonly string[] {
  const named = new Set<string>();
  for (const [match] of text.matchAll(pattern)) {
    named.add(match.replace(/[ .-]/gu, ''));
    if (named.size === mostNamed) break;
  }
  return [...named];
}

/** The make a word names, a slip of one letter allowed in the longer ones; null for any other word. */
function makeOf(word: string): string | null {
  if (makes.has(word)) return word;
  // "Non mi lascia leggere" names no Lancia.
  return word.length < 6 || saysNothing(word)
    ? null
    : (makeNames.find((make) => make.length >= 6 && nearlySame(make, word)) ?? null);
}

function vehicleWords(text: string): {
  readonly makes: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
} {
  const words = plainWords(text.replace(/land rover/giu, 'landrover'));
  const [named, models] = [new Set<string>(), new Set<string>()];
  for (const [index, written] of words.entries()) {
    if (named.size + models.size >= mostNamed) break;
    const word = makeOf(written);
    if (word === null) continue;
    named.add(word === 'vw' ? 'volkswagen' : word);
    const next = words[index + 1] ?? '';
    if (next.length > 0 && next.length <= 12 && !noModel.has(next) && !makes.has(next)) models.add(next);
  }
  return { makes: named, models };
}

type Said = {
  readonly productId: string;
  readonly serial: string;
  readonly error: string;
  readonly problem: string;
  readonly ecu: string;
  readonly vehicle: string;
  readonly vin: string;
  readonly model: string;
};

function fingerprint({
  productId,
  serial,
  error,
  problem,
  ecu,
  vehicle,
  vin,
  model,
}: Said): FailureFingerprint {
  const all = `${ecu} ${vehicle} ${problem} ${error} ${vin}`.toLowerCase();
  const families = new Set(found(ecuFamily, all));
  const cars = vehicleWords(`${vehicle} . ${problem}`);
  const aboutWhat = new Set([
    ...families,
    ...found(partNumber, all),
    ...cars.makes,
    ...cars.models,
    'vw',
    ...plainWords(vehicle),
    ...plainWords(ecu),
  ]);
  const without = (words: ReadonlySet<string>): ReadonlySet<string> =>
    new Set([...words].filter((word) => !aboutWhat.has(word)));
  return {
    productId,
    serial: serial.trim().toLowerCase(),
    ecus: families,
    hardware: new Set(found(partNumber, all)),
    makes: cars.makes,
    models: new Set([...cars.models, ...plainWords(model).slice(0, 1)]),
    vins: new Set(found(vinText, all).filter((text) => /\d/u.test(text) && /[a-z]/u.test(text))),
    codes: new Set(found(codeText, `${error} ${problem}`.toLowerCase())),
    error: without(tellingWords(error.slice(0, 600))),
    words: without(tellingWords(`${problem} ${error}`.slice(0, 4_000))),
  };
}

/** What a draft is about. @param serial of the tool chosen, empty for products without one */
export function fingerprintOf(content: DraftContent, serial: string): FailureFingerprint {
  const text = (...keys: readonly Parameters<typeof fieldText>[1][]): string =>
    keys
      .map((key) => fieldText(content, key))
      .filter((part) => part !== '')
      .join(' ');
  return fingerprint({
    productId: content.productId ?? '',
    serial,
    error: text('errorText'),
    problem: text('stage', 'problem'),
    ecu: text('ecuFamily', 'ecuHw'),
    vehicle: text('vehicleMake', 'vehicleModel'),
    vin: text('vehicleVin'),
    model: text('vehicleModel'),
  });
}

/** What a free text is about: a ticket opened on the web form, a reply being written. */
export function fingerprintOfText(text: string, productId: string, serial: string): FailureFingerprint {
  return fingerprint({
    productId,
    serial,
    error: '',
    problem: text,
    ecu: '',
    vehicle: '',
    vin: '',
    model: '',
  });
}

/** As above for a ticket of which only the portal's words are known. */
export function fingerprintOfTicket(text: TicketText, productId: string, serial: string): FailureFingerprint {
  return fingerprintOfText(`${text.subject}. ${text.body}`, productId, serial);
}
