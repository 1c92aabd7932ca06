import type { FieldKey } from './draft.ts';

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
