import { type DraftContent, type FieldKey, fieldText } from '../domain/draft.ts';
import type { EvidenceKind } from '../domain/evidence.ts';
import { isIdentifierText } from '../domain/identifier-text.ts';
import type { Product } from '../domain/product.ts';
import { house, type Origin, type RuleId, vendor } from '../domain/rule-id.ts';
import type { Tool } from '../domain/tool.ts';
import type { DraftControl, DraftSection, CheckId } from '../domain/draft-check.ts';
import type { TextKey } from '../i18n/translator.ts';
import { problemParts } from '../text/problem-text.ts';
import { isForeignText } from '../text/text-language.ts';

/** What the rules look at besides the draft itself. */
export type CompletenessFacts = {
  readonly customerCode: string | null;
  readonly product: Product | null;
  readonly tool: Tool | null;
  readonly evidenceKinds: readonly EvidenceKind[];
};

/** Fields the form shows, each with its text id. */
export type ShownField =
  Extract<TextKey, `field.${string}`> extends `field.${infer K}` ? Extract<K, FieldKey> : never;

/** What an answer rests on, as whoever asks "Why?" is shown it, each with the value it has. `filled`: those of them that are written. */
export type LookedAt =
  | { readonly kind: 'fields' | 'filled'; readonly keys: readonly ShownField[] }
  | { readonly kind: 'files'; readonly of: EvidenceKind }
  | { readonly kind: 'steps'; readonly of: 'done' | 'tried' }
  | { readonly kind: 'customerCode' | 'requestType' | 'product' | 'serial' | 'guides' };

/** Where a check is repaired; a control that is null stands in the settings. */
export type CheckPlace = {
  readonly section: DraftSection;
  readonly field: FieldKey | null;
  readonly control: DraftControl | null;
};

/** One thing a rule asks of a draft: everything that is said of it, in one place. */
export type DraftCheck = {
  readonly id: CheckId;
  readonly ruleId: RuleId;
  readonly origin: Origin;
  /** How much it counts in the score: what an operator cannot begin without weighs most, what is merely kind least. */
  readonly weight: number;
  readonly place: CheckPlace;
  readonly lookedAt: readonly LookedAt[];
  /** The products and the kinds of request it holds for. */
  readonly asks: (content: DraftContent, facts: CompletenessFacts) => boolean;
  readonly isMet: (content: DraftContent, facts: CompletenessFacts) => boolean;
  /** What it is while it is not met; left out, `missing`: nothing is sent without it. */
  readonly otherwise?: (content: DraftContent) => 'missing' | 'advised';
};

const has = (content: DraftContent, key: FieldKey): boolean => fieldText(content, key) !== '';
const always = (): boolean => true;
const advised = (): 'advised' => 'advised';
const isLoss = ({ requestType }: DraftContent): boolean => requestType === 'theft-or-loss';
/** A question or an account matter: it is asked for no error text, LOG and steps. */
export const isPlainRequest = ({ requestType }: DraftContent): boolean =>
  requestType === 'question' || requestType === 'account';
/** Theft or loss has its short form. */
const isFault = (content: DraftContent): boolean => !isLoss(content) && !isPlainRequest(content);
const isOnEcu = ({ requestType }: DraftContent): boolean =>
  requestType === 'read-failure' || requestType === 'write-failure' || requestType === 'recognition';
const hasStep = (content: DraftContent, kind: 'done' | 'tried'): boolean =>
  content.steps.some((step) => step.kind === kind && step.text.trim() !== '');
const benchModes = new Set(['bench', 'boot', 'bdm', 'jtag', 'tricore']);

const problemOf = (content: DraftContent): ReturnType<typeof problemParts> =>
  problemParts(fieldText(content, 'problem'), {
    stage: fieldText(content, 'stage'),
    errorText: fieldText(content, 'errorText'),
  });
const isWritten = (content: DraftContent): boolean => !isLoss(content) && problemOf(content).written;

/** R-INFO-3: at least one of vehicle and ECU, each by description and identification. */
function namesVehicleOrEcu(content: DraftContent): boolean {
  const vehicle = has(content, 'vehicleVin') || (has(content, 'vehicleMake') && has(content, 'vehicleModel'));
  const ecu =
    has(content, 'ecuHw') || has(content, 'ecuSw') || (has(content, 'ecuMaker') && has(content, 'ecuFamily'));
  return vehicle || ecu;
}

/** Everything that is asked of a draft, in the order of the form. A further one is an entry here, its texts and its tests. */
export const draftChecks: readonly DraftCheck[] = [
  {
    id: 'customerCode',
    ruleId: 'R-INFO-1',
    origin: vendor(3),
    weight: 8,
    place: { section: 'tool', field: null, control: null },
    lookedAt: [{ kind: 'customerCode' }],
    asks: always,
    isMet: (_content, { customerCode }) => customerCode !== null && isIdentifierText(customerCode),
  },
  {
    id: 'tool',
    ruleId: 'R-PROD-1',
    origin: vendor(1),
    weight: 8,
    place: { section: 'tool', field: null, control: 'tool' },
    lookedAt: [{ kind: 'product' }],
    asks: always,
    isMet: (_content, { product }) => product !== null,
  },
  {
    id: 'requestType',
    ruleId: 'R-PROD-1',
    origin: house(1),
    weight: 3,
    place: { section: 'tool', field: null, control: 'requestType' },
    lookedAt: [{ kind: 'requestType' }],
    asks: always,
    isMet: ({ requestType }) => requestType !== null,
  },
  {
    id: 'serial',
    ruleId: 'R-INFO-2',
    origin: vendor(3),
    weight: 8,
    place: { section: 'tool', field: null, control: 'tool' },
    lookedAt: [{ kind: 'serial' }],
    asks: (_content, { product }) => product?.hasSerial ?? true,
    isMet: (_content, { tool }) => isIdentifierText(tool?.serial ?? ''),
  },
  {
    id: 'lossFacts',
    ruleId: 'R-EXCL-1',
    origin: house(10),
    weight: 10,
    place: { section: 'problem', field: 'lossDate', control: 'lossKind' },
    lookedAt: [{ kind: 'fields', keys: ['lossKind', 'lossDate', 'lossPlace'] }],
    asks: isLoss,
    isMet: (content) => has(content, 'lossKind') && has(content, 'lossDate') && has(content, 'lossPlace'),
  },
  {
    id: 'lossReport',
    ruleId: 'R-EXCL-1',
    origin: house(10),
    weight: 3,
    place: { section: 'problem', field: 'lossReportNumber', control: 'lossReportNumber' },
    lookedAt: [{ kind: 'fields', keys: ['lossReportNumber'] }],
    asks: isLoss,
    isMet: (content) => has(content, 'lossReportNumber'),
    otherwise: advised,
  },
  {
    // Named only when it is so: nobody needs to be told that Italian is Italian.
    id: 'textLanguage',
    ruleId: 'R-LANG-1',
    origin: vendor(2),
    weight: 2,
    place: { section: 'problem', field: 'problem', control: 'problem' },
    lookedAt: [{ kind: 'fields', keys: ['problem'] }],
    asks: (content) => isWritten(content) && isForeignText(fieldText(content, 'problem')),
    isMet: () => false,
    otherwise: advised,
  },
  {
    id: 'problemMissing',
    ruleId: 'R-INFO-4',
    origin: vendor(3),
    weight: 10,
    place: { section: 'problem', field: 'problem', control: 'problem' },
    lookedAt: [{ kind: 'fields', keys: ['problem'] }],
    asks: (content) => !isLoss(content),
    isMet: isWritten,
  },
  {
    id: 'problemNoSymptom',
    ruleId: 'R-INFO-4',
    origin: house(3),
    weight: 8,
    place: { section: 'problem', field: 'problem', control: 'problem' },
    lookedAt: [{ kind: 'fields', keys: ['problem', 'errorText'] }],
    asks: isWritten,
    isMet: (content) => problemOf(content).symptom,
  },
  {
    id: 'problemNoMoment',
    ruleId: 'R-INFO-4',
    origin: house(3),
    weight: 4,
    place: { section: 'problem', field: 'problem', control: 'stage' },
    lookedAt: [{ kind: 'fields', keys: ['problem', 'stage'] }],
    asks: isWritten,
    isMet: (content) => problemOf(content).moment,
    otherwise: advised,
  },
  {
    id: 'vehicleOrEcu',
    ruleId: 'R-INFO-3',
    origin: vendor(3),
    weight: 10,
    place: { section: 'vehicle', field: 'vehicleMake', control: 'vehicleMake' },
    lookedAt: [
      {
        kind: 'filled',
        keys: ['vehicleMake', 'vehicleModel', 'vehicleVin', 'ecuMaker', 'ecuFamily', 'ecuHw', 'ecuSw'],
      },
    ],
    asks: isFault,
    isMet: namesVehicleOrEcu,
    otherwise: (content) => (isOnEcu(content) ? 'missing' : 'advised'),
  },
  {
    id: 'errorEvidence',
    ruleId: 'R-INFO-5',
    origin: vendor(3),
    weight: 9,
    place: { section: 'problem', field: 'errorText', control: 'errorText' },
    lookedAt: [
      { kind: 'fields', keys: ['errorText'] },
      { kind: 'files', of: 'image' },
    ],
    asks: isFault,
    isMet: (content, { evidenceKinds }) =>
      evidenceKinds.includes('image') || has(content, 'errorText') || has(content, 'noScreenshotReason'),
  },
  {
    id: 'stepsDone',
    ruleId: 'R-INFO-6',
    origin: vendor(3),
    weight: 8,
    place: { section: 'steps', field: null, control: 'addDone' },
    lookedAt: [{ kind: 'steps', of: 'done' }],
    asks: isFault,
    isMet: (content) => hasStep(content, 'done'),
  },
  {
    id: 'stepsTried',
    ruleId: 'R-INFO-6',
    origin: vendor(3),
    weight: 5,
    place: { section: 'steps', field: null, control: 'addTried' },
    lookedAt: [{ kind: 'steps', of: 'tried' }],
    asks: isFault,
    isMet: (content) => hasStep(content, 'tried'),
  },
  {
    id: 'photos',
    ruleId: 'R-INFO-7',
    origin: vendor(3),
    weight: 3,
    place: { section: 'evidence', field: null, control: 'addFile' },
    lookedAt: [
      { kind: 'fields', keys: ['mode'] },
      { kind: 'files', of: 'image' },
    ],
    asks: (content) => isFault(content) && benchModes.has(fieldText(content, 'mode')),
    isMet: (_content, { evidenceKinds }) => evidenceKinds.includes('image'),
    otherwise: advised,
  },
  {
    id: 'log',
    ruleId: 'R-INFO-8',
    origin: vendor(3),
    weight: 9,
    place: { section: 'evidence', field: 'noLogReason', control: 'noLogReason' },
    lookedAt: [
      { kind: 'files', of: 'log' },
      { kind: 'fields', keys: ['noLogReason'] },
    ],
    asks: (content, { product }) => isFault(content) && (product?.hasToolLog ?? false),
    isMet: (content, { evidenceKinds }) =>
      evidenceKinds.includes('log') ||
      evidenceKinds.includes('protected-package') ||
      has(content, 'noLogReason'),
  },
  {
    id: 'guides',
    ruleId: 'R-DOCS-1',
    origin: vendor(3),
    weight: 3,
    place: { section: 'guides', field: null, control: 'addGuide' },
    lookedAt: [{ kind: 'guides' }],
    asks: (content) => !isLoss(content),
    isMet: (content) => content.guides.some((guide) => guide.title.trim() !== ''),
  },
];

const byId = new Map(draftChecks.map((check) => [check.id, check]));

/** What a check asks. @throws Error for one nobody defined, which a test rules out */
export function draftCheck(id: CheckId): DraftCheck {
  const check = byId.get(id);
  if (check === undefined) throw new Error(`no check is ${id}`);
  return check;
}
