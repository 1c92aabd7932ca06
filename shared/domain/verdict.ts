import type { FieldKey } from './draft.ts';
import type { RuleId } from './rule-id.ts';

/** Part of the form that a verdict points to; the interface opens it and puts the focus on the field. */
export const draftSections = ['tool', 'problem', 'evidence', 'vehicle', 'steps', 'guides'] as const;
export type DraftSection = (typeof draftSections)[number];

/** A control of the form that a verdict leads to: a field, or what adds something to a list. */
export type DraftControl = FieldKey | 'tool' | 'requestType' | 'addDone' | 'addTried' | 'addFile' | 'addGuide';

/** What exactly is missing, as the tail of a text id (`verdict.<finding>`). */
export const findings = [
  'customerCode',
  'requestType',
  'tool',
  'serial',
  'vehicleOrEcu',
  'problemMissing',
  'problemNoSymptom',
  'problemNoMoment',
  'errorEvidence',
  'stepsDone',
  'stepsTried',
  'photos',
  'log',
  'guides',
  'lossFacts',
  'lossReport',
  'textLanguage',
] as const;
export type Finding = (typeof findings)[number];

/** A rule's answer about a draft. `missing` blocks sending; `advised` does not; `met` is shown as done. */
export type Verdict = {
  readonly ruleId: RuleId;
  readonly finding: Finding;
  readonly status: 'met' | 'missing' | 'advised';
  readonly section: DraftSection;
  readonly field: FieldKey | null;
};
