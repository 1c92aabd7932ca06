import { fieldText } from '../domain/draft.ts';
import { isIdentifierText } from '../domain/identifier-text.ts';
import { isForeignText } from '../text/text-language.ts';
import {
  hasText,
  hasStep,
  isFault,
  isLoss,
  isOnBench,
  isOnEcu,
  isWritten,
  namesVehicleOrEcu,
  partsOfProblem,
} from './draft-facts.ts';
import { house, notAsked, type RuleShape, said, vendor, whilePortalIs } from './rule-shape.ts';

const always = (): boolean => true;
const advised = (): 'advised' => 'advised';

/**
 * Every rule, in the order of the terms (docs/reference/terms.md; the sentences people see are in `shared/i18n`): whose word it is, what
 * it does, what it asks of a draft and what it looks at beside one. A further one is an entry here.
 */
export const ruleDefinitions = [
  {
    id: 'R-PROD-1',
    origin: vendor(1),
    severity: 'block',
    checks: [
      {
        id: 'tool',
        weight: 8,
        place: { section: 'tool', field: null, control: 'tool' },
        lookedAt: [{ kind: 'product' }],
        asks: always,
        isMet: (_content, { product }) => product !== null,
      },
      {
        id: 'requestType',
        origin: house(1),
        weight: 3,
        place: { section: 'tool', field: null, control: 'requestType' },
        lookedAt: [{ kind: 'requestType' }],
        asks: always,
        isMet: ({ requestType }) => requestType !== null,
      },
    ],
  },
  {
    id: 'R-LANG-1',
    origin: vendor(2),
    severity: 'warn',
    checks: [
      {
        // Named only when it is so: nobody needs to be told that Italian is Italian.
        id: 'textLanguage',
        weight: 2,
        place: { section: 'problem', field: 'problem', control: 'problem' },
        lookedAt: [{ kind: 'fields', keys: ['problem'] }],
        asks: (content) => isWritten(content) && isForeignText(fieldText(content, 'problem')),
        isMet: () => false,
        otherwise: advised,
      },
    ],
  },
  {
    id: 'R-ACCEPT-1',
    origin: vendor(1),
    severity: 'block',
    judge: ({ termsAccepted }) => said(termsAccepted),
  },
  {
    id: 'R-DOCS-1',
    origin: vendor(3),
    severity: 'block',
    checks: [
      {
        id: 'guides',
        weight: 3,
        place: { section: 'guides', field: null, control: 'addGuide' },
        lookedAt: [{ kind: 'guides' }],
        asks: (content) => !isLoss(content),
        isMet: (content) => content.guides.some((guide) => guide.title.trim() !== ''),
      },
    ],
  },
  { id: 'R-TICKET-1', origin: vendor(2), severity: 'inform' },
  { id: 'R-TICKET-2', origin: vendor(2), severity: 'inform' },
  { id: 'R-TICKET-3', origin: vendor(2), severity: 'inform' },
  {
    id: 'R-TICKET-4',
    origin: vendor(2),
    severity: 'warn',
    judge: ({ openDuplicates }) => said(openDuplicates.length === 0, ...openDuplicates),
  },
  {
    id: 'R-TICKET-5',
    origin: vendor(2),
    severity: 'warn',
    judge: ({ speaksOfTwo }) => said(!speaksOfTwo),
  },
  {
    id: 'R-INFO-1',
    origin: vendor(3),
    severity: 'block',
    checks: [
      {
        id: 'customerCode',
        weight: 8,
        place: { section: 'tool', field: null, control: null },
        lookedAt: [{ kind: 'customerCode' }],
        asks: always,
        isMet: (_content, { customerCode }) => customerCode !== null && isIdentifierText(customerCode),
      },
    ],
  },
  {
    id: 'R-INFO-2',
    origin: vendor(3),
    severity: 'block',
    checks: [
      {
        id: 'serial',
        weight: 8,
        place: { section: 'tool', field: null, control: 'tool' },
        lookedAt: [{ kind: 'serial' }],
        asks: (_content, { product }) => product?.hasSerial ?? true,
        isMet: (_content, { tool }) => isIdentifierText(tool?.serial ?? ''),
      },
    ],
  },
  {
    id: 'R-INFO-3',
    origin: vendor(3),
    severity: 'block',
    checks: [
      {
        id: 'vehicleOrEcu',
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
    ],
  },
  {
    id: 'R-INFO-4',
    origin: vendor(3),
    severity: 'block',
    checks: [
      {
        id: 'problemMissing',
        weight: 10,
        place: { section: 'problem', field: 'problem', control: 'problem' },
        lookedAt: [{ kind: 'fields', keys: ['problem'] }],
        asks: (content) => !isLoss(content),
        isMet: isWritten,
      },
      {
        id: 'problemNoSymptom',
        origin: house(3),
        weight: 8,
        place: { section: 'problem', field: 'problem', control: 'problem' },
        lookedAt: [{ kind: 'fields', keys: ['problem', 'errorText'] }],
        asks: isWritten,
        isMet: (content) => partsOfProblem(content).symptom,
      },
      {
        id: 'problemNoMoment',
        origin: house(3),
        weight: 4,
        place: { section: 'problem', field: 'problem', control: 'stage' },
        lookedAt: [{ kind: 'fields', keys: ['problem', 'stage'] }],
        asks: isWritten,
        isMet: (content) => partsOfProblem(content).moment,
        otherwise: advised,
      },
    ],
  },
  {
    id: 'R-INFO-5',
    origin: vendor(3),
    severity: 'block',
    checks: [
      {
        id: 'errorEvidence',
        weight: 9,
        place: { section: 'problem', field: 'errorText', control: 'errorText' },
        lookedAt: [
          { kind: 'fields', keys: ['errorText'] },
          { kind: 'files', of: 'image' },
        ],
        asks: isFault,
        isMet: (content, { evidenceKinds }) =>
          evidenceKinds.includes('image') ||
          hasText(content, 'errorText') ||
          hasText(content, 'noScreenshotReason'),
      },
    ],
  },
  {
    id: 'R-INFO-6',
    origin: vendor(3),
    severity: 'block',
    checks: [
      {
        id: 'stepsDone',
        weight: 8,
        place: { section: 'steps', field: null, control: 'addDone' },
        lookedAt: [{ kind: 'steps', of: 'done' }],
        asks: isFault,
        isMet: (content) => hasStep(content, 'done'),
      },
      {
        id: 'stepsTried',
        weight: 5,
        place: { section: 'steps', field: null, control: 'addTried' },
        lookedAt: [{ kind: 'steps', of: 'tried' }],
        asks: isFault,
        isMet: (content) => hasStep(content, 'tried'),
      },
    ],
  },
  {
    id: 'R-INFO-7',
    origin: vendor(3),
    severity: 'warn',
    checks: [
      {
        id: 'photos',
        weight: 3,
        place: { section: 'evidence', field: null, control: 'addFile' },
        lookedAt: [
          { kind: 'fields', keys: ['mode'] },
          { kind: 'files', of: 'image' },
        ],
        asks: (content) => isFault(content) && isOnBench(content),
        isMet: (_content, { evidenceKinds }) => evidenceKinds.includes('image'),
        otherwise: advised,
      },
    ],
  },
  {
    id: 'R-INFO-8',
    origin: vendor(3),
    severity: 'block',
    checks: [
      {
        id: 'log',
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
          hasText(content, 'noLogReason'),
      },
    ],
  },
  { id: 'R-INFO-9', origin: vendor(3), severity: 'block' },
  {
    id: 'R-HOURS-1',
    origin: vendor(4),
    severity: 'inform',
    judge: ({ portal }) => (portal === 'staffed' ? said(true, portal) : notAsked),
  },
  { id: 'R-HOURS-2', origin: vendor(4), severity: 'inform' },
  {
    id: 'R-HOURS-3',
    origin: vendor(4),
    severity: 'inform',
    judge: whilePortalIs('read-only'),
  },
  {
    id: 'R-HOURS-4',
    origin: vendor(4),
    severity: 'inform',
    judge: whilePortalIs('unreachable'),
  },
  {
    id: 'R-HOURS-5',
    origin: house(4),
    severity: 'inform',
    judge: whilePortalIs('unstaffed'),
  },
  { id: 'R-REMOTE-1', origin: vendor(5), severity: 'block' },
  { id: 'R-REMOTE-2', origin: vendor(5), severity: 'block' },
  { id: 'R-REMOTE-3', origin: vendor(5), severity: 'block' },
  { id: 'R-REMOTE-4', origin: vendor(5), severity: 'warn' },
  { id: 'R-REMOTE-5', origin: vendor(5), severity: 'block' },
  { id: 'R-REMOTE-6', origin: vendor(5), severity: 'inform' },
  { id: 'R-REMOTE-7', origin: vendor(5), severity: 'inform' },
  { id: 'R-REMOTE-8', origin: vendor(5), severity: 'inform' },
  { id: 'R-BACKUP-1', origin: vendor(6), severity: 'block' },
  { id: 'R-LIMIT-1', origin: vendor(7), severity: 'inform' },
  { id: 'R-LIMIT-2', origin: vendor(8), severity: 'inform' },
  {
    id: 'R-VERSION-1',
    origin: vendor(9),
    severity: 'warn',
    judge: ({ version: { status, installed, latest } }) =>
      status === 'cannot-tell'
        ? notAsked
        : said(status !== 'outdated', installed?.text ?? '', latest?.text ?? ''),
  },
  {
    id: 'R-EXCL-1',
    origin: vendor(10),
    severity: 'warn',
    checks: [
      {
        id: 'lossFacts',
        origin: house(10),
        weight: 10,
        place: { section: 'problem', field: 'lossDate', control: 'lossKind' },
        lookedAt: [{ kind: 'fields', keys: ['lossKind', 'lossDate', 'lossPlace'] }],
        asks: isLoss,
        isMet: (content) =>
          hasText(content, 'lossKind') && hasText(content, 'lossDate') && hasText(content, 'lossPlace'),
      },
      {
        id: 'lossReport',
        origin: house(10),
        weight: 3,
        place: { section: 'problem', field: 'lossReportNumber', control: 'lossReportNumber' },
        lookedAt: [{ kind: 'fields', keys: ['lossReportNumber'] }],
        asks: isLoss,
        isMet: (content) => hasText(content, 'lossReportNumber'),
        otherwise: advised,
      },
    ],
    judge: ({ causeIds }, ofChecks) =>
      ofChecks.answer === 'not-asked' ? said(causeIds.length === 0, ...causeIds) : ofChecks,
  },
  { id: 'R-PRIVACY-1', origin: vendor(11), severity: 'inform' },
] as const satisfies readonly RuleShape[];

type RuleDefinition = (typeof ruleDefinitions)[number];
export type RuleId = RuleDefinition['id'];
export type CheckId = Extract<RuleDefinition, { checks: unknown }>['checks'][number]['id'];
export const ruleIds: readonly RuleId[] = ruleDefinitions.map(({ id }) => id);
