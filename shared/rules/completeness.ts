import { type DraftContent, fieldText } from '../domain/draft.ts';
import type { EvidenceKind } from '../domain/evidence.ts';
import { isIdentifierText } from '../domain/identifier-text.ts';
import type { Product } from '../domain/product.ts';
import type { Tool } from '../domain/tool.ts';
import type { Finding, InfoRuleId, Verdict } from '../domain/verdict.ts';
import { problemParts } from '../text/problem-text.ts';
import { isForeignText } from '../text/text-language.ts';

/** What the rules look at besides the draft itself. */
export type CompletenessFacts = {
  readonly customerCode: string | null;
  readonly product: Product | null;
  readonly tool: Tool | null;
  readonly evidenceKinds: readonly EvidenceKind[];
};

const where: Record<Finding, Pick<Verdict, 'section' | 'field'>> = {
  customerCode: { section: 'tool', field: null },
  requestType: { section: 'tool', field: null },
  tool: { section: 'tool', field: null },
  serial: { section: 'tool', field: null },
  vehicleOrEcu: { section: 'vehicle', field: 'vehicleMake' },
  problemMissing: { section: 'problem', field: 'problem' },
  problemNoSymptom: { section: 'problem', field: 'problem' },
  problemNoMoment: { section: 'problem', field: 'problem' },
  errorEvidence: { section: 'problem', field: 'errorText' },
  stepsDone: { section: 'steps', field: null },
  stepsTried: { section: 'steps', field: null },
  photos: { section: 'evidence', field: null },
  log: { section: 'evidence', field: 'noLogReason' },
  guides: { section: 'guides', field: null },
  lossFacts: { section: 'problem', field: 'lossDate' },
  textLanguage: { section: 'problem', field: 'problem' },
  lossReport: { section: 'problem', field: 'lossReportNumber' },
};

function verdict(ruleId: InfoRuleId, finding: Finding, met: boolean, otherwise: 'missing' | 'advised' = 'missing'): Verdict {
  return { ruleId, finding, status: met ? 'met' : otherwise, ...where[finding] };
}

const benchModes = new Set(['bench', 'boot', 'bdm', 'jtag', 'tricore']);

/** R-INFO-3: at least one of vehicle and ECU, each by description and identification. */
function namesVehicleOrEcu(content: DraftContent): boolean {
  const has = (key: Parameters<typeof fieldText>[1]): boolean => fieldText(content, key) !== '';
  const vehicle = has('vehicleVin') || (has('vehicleMake') && has('vehicleModel'));
  const ecu = has('ecuHw') || has('ecuSw') || (has('ecuMaker') && has('ecuFamily'));
  return vehicle || ecu;
}

function identity(content: DraftContent, facts: CompletenessFacts): Verdict[] {
  const needsSerial = facts.product?.hasSerial ?? true;
  const verdicts = [
    verdict('R-INFO-1', 'customerCode', facts.customerCode !== null && isIdentifierText(facts.customerCode)),
    verdict('R-PROD-1', 'tool', facts.product !== null),
    verdict('R-PROD-1', 'requestType', content.requestType !== null),
  ];
  return needsSerial ? [...verdicts, verdict('R-INFO-2', 'serial', isIdentifierText(facts.tool?.serial ?? ''))] : verdicts;
}

/** Theft or loss has its own short form (R-EXCL-1): what, when, where; the police report number is advised. */
function lossVerdicts(content: DraftContent): Verdict[] {
  const facts = ['lossKind', 'lossDate', 'lossPlace'] as const;
  return [
    verdict(
      'R-EXCL-1',
      'lossFacts',
      facts.every((key) => fieldText(content, key) !== ''),
    ),
    verdict('R-EXCL-1', 'lossReport', fieldText(content, 'lossReportNumber') !== '', 'advised'),
  ];
}

function problemVerdicts(content: DraftContent): Verdict[] {
  const parts = problemParts(fieldText(content, 'problem'), {
    stage: fieldText(content, 'stage'),
    errorText: fieldText(content, 'errorText'),
  });
  if (!parts.written) return [verdict('R-INFO-4', 'problemMissing', false)];
  // Named only when it is so: nobody needs to be told that Italian is Italian (R-LANG-1 warns, it never blocks).
  const foreign = isForeignText(fieldText(content, 'problem')) ? [verdict('R-LANG-1', 'textLanguage', false, 'advised')] : [];
  return [
    ...foreign,
    verdict('R-INFO-4', 'problemMissing', true),
    verdict('R-INFO-4', 'problemNoSymptom', parts.symptom),
    verdict('R-INFO-4', 'problemNoMoment', parts.moment, 'advised'),
  ];
}

function faultVerdicts(content: DraftContent, facts: CompletenessFacts): Verdict[] {
  const onEcu = content.requestType === 'read-failure' || content.requestType === 'write-failure' || content.requestType === 'recognition';
  const done = content.steps.some((step) => step.kind === 'done' && step.text.trim() !== '');
  const tried = content.steps.some((step) => step.kind === 'tried' && step.text.trim() !== '');
  const hasErrorEvidence = facts.evidenceKinds.includes('image') || fieldText(content, 'errorText') !== '';
  const hasLog =
    facts.evidenceKinds.includes('log') || facts.evidenceKinds.includes('protected-package') || fieldText(content, 'noLogReason') !== '';
  const verdicts = [
    verdict('R-INFO-3', 'vehicleOrEcu', namesVehicleOrEcu(content), onEcu ? 'missing' : 'advised'),
    verdict('R-INFO-5', 'errorEvidence', hasErrorEvidence || fieldText(content, 'noScreenshotReason') !== ''),
    verdict('R-INFO-6', 'stepsDone', done),
    verdict('R-INFO-6', 'stepsTried', tried),
  ];
  if (benchModes.has(fieldText(content, 'mode')))
    verdicts.push(verdict('R-INFO-7', 'photos', facts.evidenceKinds.includes('image'), 'advised'));
  if (facts.product?.hasToolLog ?? false) verdicts.push(verdict('R-INFO-8', 'log', hasLog));
  return verdicts;
}

/**
 * Judges a draft by section 3 of the terms (R-INFO-1 to R-INFO-8, R-DOCS-1, R-EXCL-1), in the order of the form.
 * A question or an account matter is not asked for error text, LOG and steps; theft or loss has its short form.
 */
export function completeness(content: DraftContent, facts: CompletenessFacts): readonly Verdict[] {
  const base = identity(content, facts);
  if (content.requestType === 'theft-or-loss') return [...base, ...lossVerdicts(content)];
  const guides = verdict(
    'R-DOCS-1',
    'guides',
    content.guides.some((guide) => guide.title.trim() !== ''),
  );
  if (content.requestType === 'question' || content.requestType === 'account') return [...base, ...problemVerdicts(content), guides];
  return [...base, ...problemVerdicts(content), ...faultVerdicts(content, facts), guides];
}

/** True when nothing that the vendor demands is missing. */
export function isComplete(verdicts: readonly Verdict[]): boolean {
  return verdicts.every((item) => item.status !== 'missing');
}
