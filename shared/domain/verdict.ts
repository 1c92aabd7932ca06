import type { FieldKey } from './draft.ts';

/** Part of the form that a verdict points to; the interface opens it and puts the focus on the field. */
export const draftSections = ['tool', 'problem', 'evidence', 'vehicle', 'steps', 'guides'] as const;
export type DraftSection = (typeof draftSections)[number];

export const infoRuleIds = [
  'R-INFO-1',
  'R-INFO-2',
  'R-INFO-3',
  'R-INFO-4',
  'R-INFO-5',
  'R-INFO-6',
  'R-INFO-7',
  'R-INFO-8',
  'R-DOCS-1',
  'R-PROD-1',
  'R-EXCL-1',
  'R-LANG-1',
] as const;
export type InfoRuleId = (typeof infoRuleIds)[number];

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
  readonly ruleId: InfoRuleId;
  readonly finding: Finding;
  readonly status: 'met' | 'missing' | 'advised';
  readonly section: DraftSection;
  readonly field: FieldKey | null;
};
