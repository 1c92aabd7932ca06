import type { FieldKey } from './draft.ts';
import type { RuleId } from './rule-id.ts';

/** Part of the form that a check points to; the interface opens it and puts the focus on the field. */
export const draftSections = ['tool', 'problem', 'evidence', 'vehicle', 'steps', 'guides'] as const;
export type DraftSection = (typeof draftSections)[number];

/** A control of the form that a check leads to: a field, or what adds something to a list. */
export type DraftControl =
  | FieldKey
  | 'tool'
  | 'requestType'
  | 'addDone'
  | 'addTried'
  | 'addFile'
  | 'addGuide';

/** One thing a rule asks of a draft, as the tail of a text id (`draftCheck.<id>`). */
export const checkIds = [
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
export type CheckId = (typeof checkIds)[number];

/** What one check came to on one draft. `missing` blocks sending; `advised` does not; `met` is shown as done. */
export type CheckResult = {
  readonly ruleId: RuleId;
  readonly check: CheckId;
  readonly status: 'met' | 'missing' | 'advised';
  readonly section: DraftSection;
  readonly field: FieldKey | null;
};
