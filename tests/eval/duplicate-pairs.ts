import { type DraftContent, emptyDraftContent, type FieldKey } from '../../shared/domain/draft.ts';
import { productIdSchema } from '../../shared/domain/product.ts';
import { seededRandom } from '../portal/fault.ts';
import { type Failure, subjectsOf } from './duplicate-templates.ts';

/** One labelled pair: a ticket that is there, a draft that is written, and whether they are one problem (R-TICKET-4, R-TICKET-5). */
export type LabelledPair = {
  readonly kind: string;
  readonly isDuplicate: boolean;
  readonly serial: string;
  readonly draftSerial: string;
  readonly ticket: DraftContent;
  /** The failure and what it happened to: two requests are one problem when both are the same. */
  readonly ticketIsAbout: string;
  readonly draft: DraftContent;
  readonly draftIsAbout: string;
};

type Language = 'it' | 'en';
type Subject = (typeof subjectsOf)[number];
type Chance = () => number;

const pick = <T>(items: readonly T[], chance: Chance): T => {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** A slip of the keyboard in about one long word of eight: two letters swapped, one left out, one doubled. */
function withTypos(text: string, chance: Chance): string {
  return text
    .split(' ')
    .map((word) => {
      if (word.length < 6 || /[\d%{}]/u.test(word) || chance() > 0.13) return word;
      const at = 1 + Math.floor(chance() * (word.length - 3));
      const slip = chance();
      if (slip < 0.34)
        return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
      return slip < 0.67
        ? word.slice(0, at) + word.slice(at + 1)
        : word.slice(0, at) + (word[at] ?? '') + word.slice(at);
    })
    .join(' ');
}

/** The parts of a sentence in another order: what stands after its comma or colon comes first. */
function turnedRound(text: string, chance: Chance): string {
  const parts = text.split(/[,:] /u);
  return parts.length === 2 && chance() < 0.5 ? `${parts[1]}, ${parts[0]}` : text;
}

const openings = {
  it: ['Buongiorno, ', '', '', 'Salve, '],
  en: ['Hello, ', '', '', 'Good morning, '],
} as const;
const closings = {
  it: ['. Grazie', '', '. Cosa posso fare?', '. Succede sempre'],
  en: ['. Thanks', '', '. What can I do?', '. It happens every time'],
} as const;

function written(
  failure: Failure,
  subject: Subject,
  language: Language,
  chance: Chance,
  avoid: string | null,
): { readonly text: string; readonly template: string } {
  const choices = failure[language].filter((template) => template !== avoid);
  const template = pick(choices, chance);
  const filled = template
    .replaceAll('{ecu}', subject.ecu)
    .replaceAll('{car}', `${subject.make} ${subject.model}`)
    .replaceAll('{n}', String(10 + Math.floor(chance() * 80)));
  return {
    template,
    text: `${pick(openings[language], chance)}${withTypos(turnedRound(filled, chance), chance)}${pick(closings[language], chance)}`,
  };
}

function content(
  failure: Failure,
  subject: Subject,
  language: Language,
  chance: Chance,
  avoid: string | null,
): { readonly content: DraftContent; readonly template: string } {
  const { text, template } = written(failure, subject, language, chance, avoid);
  const fields: Partial<Record<FieldKey, { text: string; source: { kind: 'typed' } }>> = {
    problem: { text, source: { kind: 'typed' } },
  };
  const set = (key: FieldKey, value: string): void => {
    fields[key] = { text: value, source: { kind: 'typed' } };
  };
  // People fill in what they have at hand, and the LOG fills in much of it: mostly the fields, sometimes only the text.
  if (chance() < 0.6) set('ecuFamily', subject.ecu);
  if (chance() < 0.6) {
    set('vehicleMake', subject.make);
    set('vehicleModel', subject.model);
  }
  if (failure.error !== null && chance() < 0.6) set('errorText', failure.error[language]);
  return {
    content: {
      ...emptyDraftContent(language),
      productId: productIdSchema.parse('ktag-master'),
      requestType: 'read-failure',
      fields,
    },
    template,
  };
}

/** How many pairs of each kind. Other cars, other failures and other tools are labelled as new problems. */
const kinds = [
  { kind: 'same words, with slips', isDuplicate: true, count: 40 },
  { kind: 'said in another way', isDuplicate: true, count: 80 },
  { kind: 'said in the other language', isDuplicate: true, count: 36 },
  { kind: 'other car and unit', isDuplicate: false, count: 60 },
  { kind: 'other failure, same car', isDuplicate: false, count: 72 },
  { kind: 'other tool', isDuplicate: false, count: 24 },
] as const;

const about = (failure: Failure, subject: Subject): string => `${failure.id}, ${subject.ecu}`;

/** A labelled set about some failures; the same seed gives the same pairs. */
export function duplicatePairs(seed: number, failures: readonly Failure[]): readonly LabelledPair[] {
  const chance = seededRandom(seed);
  return kinds.flatMap(({ kind, isDuplicate, count }) =>
    Array.from({ length: count }, (_, index): LabelledPair => {
      const failure = failures[index % failures.length] ?? pick(failures, chance);
      const subject = pick(subjectsOf, chance);
      const language: Language = chance() < 0.5 ? 'it' : 'en';
      const other: Language = language === 'it' ? 'en' : 'it';
      const ticket = content(failure, subject, language, chance, null);
      const serial = `KT${String(100_000 + index)}${kind.length}`;
      const others = <T>(items: readonly T[], than: T): T =>
        pick(
          items.filter((item) => item !== than),
          chance,
        );
      const draftFailure = kind === 'other failure, same car' ? others(failures, failure) : failure;
      const draftSubject = kind === 'other car and unit' ? others(subjectsOf, subject) : subject;
      const draft = content(
        kind === 'same words, with slips' ? { ...failure, [language]: [ticket.template] } : draftFailure,
        draftSubject,
        kind === 'said in the other language' ? other : language,
        chance,
        kind === 'said in another way' ? ticket.template : null,
      );
      return {
        kind,
        isDuplicate,
        serial,
        draftSerial: kind === 'other tool' ? `${serial}X` : serial,
        ticket: ticket.content,
        ticketIsAbout: about(failure, subject),
        draft: draft.content,
        draftIsAbout: about(draftFailure, draftSubject),
      };
    }),
  );
}
