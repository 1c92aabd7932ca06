import type { FailureFingerprint } from './failure-fingerprint.ts';
import { likeness, nearlySame, operationConcepts, symptomConcepts } from '../text/problem-words.ts';

/** What speaks for one problem (`same-…`) or for two (`other-…`); each is shown with its text. */
export const duplicateReasons = [
  'same-ecu',
  'same-vehicle',
  'same-error',
  'similar-text',
  'other-product',
  'other-ecu',
  'other-vehicle',
  'other-error',
  'other-text',
] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

/** R-TICKET-4, R-TICKET-5: `same` asks for a reply there, `new` for a ticket of its own. `score` 0 to 1, 1 the same in every word. */
export type FailureComparison = {
  readonly match: 'same' | 'new';
  readonly score: number;
  readonly reasons: readonly DuplicateReason[];
};

/** From this score on two requests are taken for one problem; chosen on the labelled pairs of `tests/eval`. */
export const duplicateScore = 0.55;

type Agreement = 'same' | 'other' | 'unsaid';

function agreement(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  alike: (x: string, y: string) => boolean = (x, y) => x === y,
): Agreement {
  if (a.size === 0 || b.size === 0) return 'unsaid';
  return [...a].some((x) => [...b].some((y) => alike(x, y))) ? 'same' : 'other';
}

/** EDC17 may be said of an EDC17CP44; EDC17C46 is another unit. */
const sameFamily = (x: string, y: string): boolean => x.startsWith(y) || y.startsWith(x);

function vehicleAgreement(a: FailureFingerprint, b: FailureFingerprint): Agreement {
  const vin = agreement(a.vins, b.vins);
  if (vin !== 'unsaid') return vin;
  const make = agreement(a.makes, b.makes);
  const model = agreement(
    a.models,
    b.models,
    (x, y) => sameFamily(x, y) || (x.length > 3 && y.length > 3 && !/\d/u.test(x + y) && nearlySame(x, y)),
  );
  if (make === 'other' || model === 'other') return 'other';
  return make === 'same' || model === 'same' ? 'same' : 'unsaid';
}

/** What two requests are about: the unit and the car, each the same, another one, or not said by both. */
export function subjects(
  a: FailureFingerprint,
  b: FailureFingerprint,
): { readonly ecu: Agreement; readonly vehicle: Agreement } {
  const hardware = agreement(a.hardware, b.hardware);
  return {
    ecu: hardware === 'unsaid' ? agreement(a.ecus, b.ecus, sameFamily) : hardware,
    vehicle: vehicleAgreement(a, b),
  };
}

function agreementOn(concepts: ReadonlySet<string>, a: FailureFingerprint, b: FailureFingerprint): Agreement {
  const named = (one: FailureFingerprint): ReadonlySet<string> =>
    new Set([...one.words, ...one.error].filter((word) => concepts.has(word)));
  return agreement(named(a), named(b));
}

/** How much of a message stands in what the other said: both messages where there are two, else the one against the other's words. */
function messageLikeness(a: FailureFingerprint, b: FailureFingerprint): number | null {
  if (a.error.size > 0 && b.error.size > 0) return likeness(a.error, b.error);
  const [message, words] = a.error.size > 0 ? [a.error, b.words] : [b.error, a.words];
  return message.size === 0 || words.size === 0
    ? null
    : [...message].filter((word) => words.has(word)).length / message.size;
}

const namesSubject = (one: FailureFingerprint): boolean =>
  one.ecus.size + one.hardware.size + one.makes.size + one.vins.size > 0;

const weightOf: Readonly<Record<Agreement, number>> = { same: 1, unsaid: 0.5, other: 0 };

/**
 * Whether two requests are one problem on one product. Another product, serial, control unit or car decides at once; else the error
 * message, its codes, the operation and the words of the description are weighed. Symmetric; says nothing about who must do what.
 */
export function compareFailures(a: FailureFingerprint, b: FailureFingerprint): FailureComparison {
  if (a.productId !== b.productId || a.serial !== b.serial)
    return { match: 'new', score: 0, reasons: ['other-product'] };
  const { ecu, vehicle } = subjects(a, b);
  const apart: DuplicateReason[] = [
    ...(ecu === 'other' ? ['other-ecu' as const] : []),
    ...(vehicle === 'other' ? ['other-vehicle' as const] : []),
  ];
  if (apart.length > 0) return { match: 'new', score: 0, reasons: apart };
  const codes = agreement(a.codes, b.codes);
  const text = likeness(a.words, b.words);
  const error = codes === 'same' ? 1 : codes === 'other' ? 0 : messageLikeness(a, b);
  // One names a unit and the other a car: whether it is the same one nobody says, and the rest must speak so much the louder.
  const eachNamesOne = namesSubject(a) && namesSubject(b);
  const subject = ecu === 'same' || vehicle === 'same' ? 1 : eachNamesOne ? -0.6 : 0.4;
  const symptom = agreementOn(symptomConcepts, a, b);
  const operation = agreementOn(operationConcepts, a, b);
  const score = Math.max(
    0,
    0.2 * subject +
      0.3 * weightOf[symptom] +
      0.1 * weightOf[operation] +
      (error === null ? 0.4 * Math.min(1, 1.5 * text) : 0.2 * error + 0.2 * Math.min(1, 1.5 * text)),
  );
  const match = score >= duplicateScore ? 'same' : 'new';
  const reasons: DuplicateReason[] = [
    ...(ecu === 'same' ? ['same-ecu' as const] : []),
    ...(vehicle === 'same' ? ['same-vehicle' as const] : []),
    ...(error !== null && error >= 0.5 ? ['same-error' as const] : []),
    ...(text >= 0.45 ? ['similar-text' as const] : []),
    ...(error !== null && error < 0.2 ? ['other-error' as const] : []),
    ...(text < 0.25 ? ['other-text' as const] : []),
  ];
  return { match, score, reasons };
}

/** True when `reply` names one that is none of those `ticket` names; where the ticket names none, nothing is another. */
function namesAnother(
  ticket: ReadonlySet<string>,
  reply: ReadonlySet<string>,
  alike: (x: string, y: string) => boolean = (x, y) => x === y,
): boolean {
  return ticket.size > 0 && [...reply].some((x) => ![...ticket].some((y) => alike(x, y)));
}

const isBosch = (number: string): boolean => /^02[68]1/u.test(number);

/** One unit carries its maker's number and the car maker's; two of one kind are two units. */
function namesAnotherNumber(ticket: ReadonlySet<string>, reply: ReadonlySet<string>): boolean {
  return [...reply].some((x) =>
    namesAnother(new Set([...ticket].filter((y) => isBosch(x) === isBosch(y))), new Set([x])),
  );
}

/**
 * R-TICKET-5: a reply that names another unit or car than its ticket is about a new problem, also where it names the ticket's own beside
 * it; further error messages alone are not.
 */
export function strays(ticket: FailureFingerprint, reply: FailureFingerprint): readonly DuplicateReason[] {
  const { ecu, vehicle } = subjects(ticket, reply);
  const otherEcu =
    ecu === 'other' ||
    namesAnother(ticket.ecus, reply.ecus, sameFamily) ||
    namesAnotherNumber(ticket.hardware, reply.hardware);
  const otherVehicle =
    vehicle === 'other' || namesAnother(ticket.makes, reply.makes) || namesAnother(ticket.vins, reply.vins);
  return [...(otherEcu ? ['other-ecu' as const] : []), ...(otherVehicle ? ['other-vehicle' as const] : [])];
}
