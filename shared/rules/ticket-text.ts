import { displayName } from '../domain/display-name.ts';
import { type DraftContent, type FieldKey, fieldText } from '../domain/draft.ts';
import type { Evidence } from '../domain/evidence.ts';
import { productName } from '../domain/product-name.ts';
import { readableText } from '../domain/readable-text.ts';
import type { ShownWords } from '../domain/own-words.ts';
import type { Product } from '../domain/product.ts';
import type { TicketText } from '../domain/ticket.ts';
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

function lines(facts: TicketTextFacts, keys: readonly LabelledField[]): string[] {
  return keys.flatMap((key) => {
    const text = fieldText(facts.content, key);
    return text === '' ? [] : [`${facts.t(`field.${key}`)}: ${text}`];
  });
}

function section(heading: string, body: readonly string[]): string[] {
  return body.length === 0 ? [] : [heading.toLocaleUpperCase(), ...body, ''];
}

function customer({ profile, product, tool, content, t }: TicketTextFacts): string[] {
  const serial = tool?.serial ?? null;
  return [
    ...(profile === null
      ? []
      : [
          `${t('firstRun.customerCode')}: ${profile.customerCode}`,
          `${t('firstRun.company')}: ${profile.company}`,
        ]),
    ...(product === null ? [] : [`${t('tools.product')}: ${productName(product, content.language)}`]),
    ...(serial === null ? [] : [`${t('tools.serial')}: ${serial}`]),
    ...(content.requestType === null
      ? []
      : [`${t('requestType.label')}: ${t(`requestType.${content.requestType}`)}`]),
  ];
}

function ownLines({ own, t }: TicketTextFacts): string[] {
  const known = own ?? { plate: '', customer: '' };
  return (['plate', 'customer'] as const).flatMap((name) => {
    const text = known[name].trim();
    return text === '' ? [] : [`${t(`own.${name}`)}: ${text}`];
  });
}

function work(facts: TicketTextFacts): string[] {
  const mode = facts.content.fields.mode?.text ?? '';
  const known = facts.product?.modes.find((item) => item === mode);
  const modeLine =
    mode === '' ? [] : [`${facts.t('field.mode')}: ${known === undefined ? mode : facts.t(`mode.${known}`)}`];
  return [...modeLine, ...lines(facts, workFields)];
}

function steps({ content, t }: TicketTextFacts, kind: 'done' | 'tried'): string[] {
  return content.steps
    .filter((step) => step.kind === kind && step.text.trim() !== '')
    .map(
      (step, index) =>
        `${index + 1}. ${step.text.trim()}${step.failedHere ? ` <- ${t('draft.failedHere')}` : ''}`,
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

/**
 * The words that leave the PC, from the fields in one fixed order, so that a vendor who has read one has read all. Empty fields
 * leave no line; nothing is added that the person did not enter (R-INFO-9).
 */
export function ticketText(facts: TicketTextFacts): TicketText {
  const { content, evidence, t } = facts;
  const guides = content.guides
    .filter((guide) => guide.title.trim() !== '')
    .map(
      (guide) => `- ${guide.title.trim()}${guide.finding.trim() === '' ? '' : `: ${guide.finding.trim()}`}`,
    );
  const noLog = fieldText(content, 'noLogReason');
  const body = [
    ...section(t('ticketText.customer'), customer(facts)),
    ...section(
      t('section.problem'),
      [fieldText(content, 'problem'), ...lines(facts, ['errorText', 'noScreenshotReason'])].filter(
        (line) => line !== '',
      ),
    ),
    ...section(t('requestType.theft-or-loss'), lines(facts, lossFields)),
    ...section(t('ticketText.vehicle'), [...ownLines(facts), ...lines(facts, vehicleFields)]),
    ...section(t('ticketText.ecu'), lines(facts, ecuFields)),
    ...section(t('ticketText.work'), work(facts)),
    ...section(t('draftCheck.stepsDone'), steps(facts, 'done')),
    ...section(t('draftCheck.stepsTried'), steps(facts, 'tried')),
    ...section(t('section.guides'), guides),
    ...section(t('ticketText.attachments'), [
      ...evidence.map((item) => `- ${displayName(item.name)} (${item.sizeBytes} B, SHA-256 ${item.sha256})`),
      ...(noLog === '' ? [] : [`${t('field.noLogReason')}: ${noLog}`]),
    ]),
    ...(facts.clientReference === null ? [] : [`${t('ticketText.reference')}: ${facts.clientReference}`]),
  ];
  return {
    language: content.language,
    subject: readableText(subject(facts)),
    // A file's name that hides signs is told with them named, words of a person without them.
    body: readableText(body.join('\n').trimEnd()),
  };
}
