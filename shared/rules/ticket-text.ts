import { displayName } from '../domain/display-name.ts';
import { type DraftContent, type FieldKey, fieldText } from '../domain/draft.ts';
import type { Evidence } from '../domain/evidence.ts';
import { productName } from '../domain/product-name.ts';
import { readableText } from '../domain/readable-text.ts';
import type { ShownWords } from '../domain/own-words.ts';
import type { Product } from '../domain/product.ts';
import type { TicketText } from '../domain/ticket.ts';
import type { TicketLine, TicketPlace } from '../domain/ticket-line.ts';
import type { Tool } from '../domain/tool.ts';
import type { WorkshopProfile } from '../domain/workshop-profile.ts';
import type { TextKey, Translate } from '../i18n/translator.ts';

/** Everything the text is made of; what is null is not known, and leaves no line. `t` speaks the ticket's language, which may differ from the interface's. */
export type TicketTextFacts = {
  readonly content: DraftContent;
  readonly profile: WorkshopProfile | null;
  readonly product: Product | null;
  readonly tool: Tool | null;
  readonly evidence: readonly Pick<Evidence, 'name' | 'sizeBytes' | 'sha256'>[];
  /** The plate and the customer, where a person wants them in the text; else left out. */
  readonly own?: ShownWords | null;
  /** Printed so that people can spot a double by eye (ONCE-2); null for a text that no program sends. */
  readonly clientReference: string | null;
  readonly t: Translate;
};

const subjectMaxChars = 120;

type LabelledField =
  Extract<TextKey, `field.${string}`> extends `field.${infer Key}` ? Extract<Key, FieldKey> : never;

const vehicleFields: readonly LabelledField[] = [
  'vehicleMake',
  'vehicleModel',
  'vehicleEngine',
  'vehicleYear',
  'vehicleVin',
];
const ecuFields: readonly LabelledField[] = ['ecuMaker', 'ecuFamily', 'ecuHw', 'ecuSw'];
const workFields: readonly LabelledField[] = [
  'stage',
  'driverNumber',
  'softwareVersion',
  'firmwareVersion',
  'voltage',
];
const lossFields: readonly LabelledField[] = ['lossKind', 'lossDate', 'lossPlace', 'lossReportNumber'];

/** A line and what repairs it. */
const line = (text: string, at: TicketPlace | null = null): TicketLine => ({ text, at });

/** The place of one control of the form. */
const control = (
  section: Extract<TicketPlace, { kind: 'control' }>['section'],
  name: Extract<TicketPlace, { kind: 'control' }>['control'],
): TicketPlace => ({ kind: 'control', section, control: name });

/** Where a field is drawn that stands in the text under another heading than in the form. */
const drawnElsewhere: Readonly<Partial<Record<FieldKey, TicketPlace>>> = {
  stage: control('problem', 'stage'),
  softwareVersion: control('tool', 'softwareVersion'),
  firmwareVersion: control('tool', 'firmwareVersion'),
};

function lines(
  facts: TicketTextFacts,
  section: 'problem' | 'vehicle' | 'evidence',
  keys: readonly LabelledField[],
): TicketLine[] {
  return keys.flatMap((key) => {
    const text = fieldText(facts.content, key);
    return text === ''
      ? []
      : [line(`${facts.t(`field.${key}`)}: ${text}`, drawnElsewhere[key] ?? control(section, key))];
  });
}

function section(heading: string, body: readonly TicketLine[]): TicketLine[] {
  return body.length === 0 ? [] : [line(heading.toLocaleUpperCase()), ...body, line('')];
}

function customer({ profile, product, tool, content, t }: TicketTextFacts): TicketLine[] {
  const serial = tool?.serial ?? null;
  const own: TicketPlace = { kind: 'profile' };
  const ofTool = control('tool', 'tool');
  return [
    ...(profile === null
      ? []
      : [
          line(`${t('firstRun.customerCode')}: ${profile.customerCode}`, own),
          line(`${t('firstRun.company')}: ${profile.company}`, own),
        ]),
    ...(product === null
      ? []
      : [line(`${t('tools.product')}: ${productName(product, content.language)}`, ofTool)]),
    ...(serial === null ? [] : [line(`${t('tools.serial')}: ${serial}`, ofTool)]),
    ...(content.requestType === null
      ? []
      : [
          line(
            `${t('requestType.label')}: ${t(`requestType.${content.requestType}`)}`,
            control('tool', 'requestType'),
          ),
        ]),
  ];
}

function ownLines({ own, t }: TicketTextFacts): TicketLine[] {
  const known = own ?? { plate: '', customer: '' };
  return (['plate', 'customer'] as const).flatMap((name) => {
    const text = known[name].trim();
    return text === '' ? [] : [line(`${t(`own.${name}`)}: ${text}`)];
  });
}

function work(facts: TicketTextFacts): TicketLine[] {
  const mode = facts.content.fields.mode?.text ?? '';
  const known = facts.product?.modes.find((item) => item === mode);
  const modeLine =
    mode === ''
      ? []
      : [
          line(
            `${facts.t('field.mode')}: ${known === undefined ? mode : facts.t(`mode.${known}`)}`,
            control('vehicle', 'mode'),
          ),
        ];
  return [...modeLine, ...lines(facts, 'vehicle', workFields)];
}

function steps({ content, t }: TicketTextFacts, kind: 'done' | 'tried'): TicketLine[] {
  return content.steps
    .filter((step) => step.kind === kind && step.text.trim() !== '')
    .map((step, index) =>
      line(`${index + 1}. ${step.text.trim()}${step.failedHere ? ` <- ${t('draft.failedHere')}` : ''}`, {
        kind: 'item',
        section: 'steps',
        id: step.id,
      }),
    );
}

function subject(facts: TicketTextFacts): string {
  const first = fieldText(facts.content, 'problem').split('\n')[0]?.trim() ?? '';
  const type = facts.content.requestType;
  const about = first !== '' ? first : type === null ? '' : facts.t(`requestType.${type}`);
  return [
    ...[facts.product === null ? '' : productName(facts.product, facts.content.language), about]
      .filter((part) => part !== '')
      .join(' - '),
  ]
    .slice(0, subjectMaxChars)
    .join('');
}

function guides({ content }: TicketTextFacts): TicketLine[] {
  return content.guides
    .filter((guide) => guide.title.trim() !== '')
    .map((guide) =>
      line(`- ${guide.title.trim()}${guide.finding.trim() === '' ? '' : `: ${guide.finding.trim()}`}`, {
        kind: 'item',
        section: 'guides',
        id: guide.id,
      }),
    );
}

function problem(facts: TicketTextFacts): TicketLine[] {
  const said = fieldText(facts.content, 'problem');
  return [
    ...(said === '' ? [] : [line(said, control('problem', 'problem'))]),
    ...lines(facts, 'problem', ['errorText', 'noScreenshotReason']),
  ];
}

function attachments(facts: TicketTextFacts): TicketLine[] {
  return [
    ...facts.evidence.map((item) =>
      line(
        `- ${displayName(item.name)} (${item.sizeBytes} B, SHA-256 ${item.sha256})`,
        control('evidence', 'addFile'),
      ),
    ),
    ...lines(facts, 'evidence', ['noLogReason']),
  ];
}

/**
 * The words that leave the PC with where each is written: joined by line ends they are the body of `ticketText`, for the same facts.
 * A heading, an empty line and what nobody writes have no place.
 */
export function ticketLines(facts: TicketTextFacts): readonly TicketLine[] {
  const { t } = facts;
  const all = [
    ...section(t('ticketText.customer'), customer(facts)),
    ...section(t('section.problem'), problem(facts)),
    ...section(t('requestType.theft-or-loss'), lines(facts, 'problem', lossFields)),
    ...section(t('ticketText.vehicle'), [...ownLines(facts), ...lines(facts, 'vehicle', vehicleFields)]),
    ...section(t('ticketText.ecu'), lines(facts, 'vehicle', ecuFields)),
    ...section(t('ticketText.work'), work(facts)),
    ...section(t('draftCheck.stepsDone'), steps(facts, 'done')),
    ...section(t('draftCheck.stepsTried'), steps(facts, 'tried')),
    ...section(t('section.guides'), guides(facts)),
    ...section(t('ticketText.attachments'), attachments(facts)),
    ...(facts.clientReference === null
      ? []
      : [line(`${t('ticketText.reference')}: ${facts.clientReference}`)]),
  ];
  // A file's name that hides signs is told with them named, words of a person without them.
  const readable = all.map(({ text, at }) => line(readableText(text), at));
  return readable.at(-1)?.text === '' ? readable.slice(0, -1) : readable;
}

/**
 * The words that leave the PC, from the fields in one fixed order, so that a vendor who has read one has read all. Empty fields
 * leave no line; nothing is added that the person did not enter (R-INFO-9).
 * @param lines of the same facts, where they were made already
 */
export function ticketText(
  facts: TicketTextFacts,
  lines: readonly TicketLine[] = ticketLines(facts),
): TicketText {
  return {
    language: facts.content.language,
    subject: readableText(subject(facts)),
    body: lines
      .map(({ text }) => text)
      .join('\n')
      .trimEnd(),
  };
}
