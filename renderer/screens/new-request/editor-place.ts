import { createContext, useContext } from 'react';
import type { DraftSection, Finding } from '../../../shared/domain/verdict.ts';

/** Id of the control a missing item is repaired with; the customer code is repaired in the settings. */
export const controlOf: Record<Finding, string | null> = {
  customerCode: null,
  requestType: 'draft-requestType',
  tool: 'draft-tool',
  serial: 'draft-tool',
  vehicleOrEcu: 'draft-vehicleMake',
  problemMissing: 'draft-problem',
  problemNoSymptom: 'draft-problem',
  problemNoMoment: 'draft-stage',
  errorEvidence: 'draft-errorText',
  stepsDone: 'draft-addDone',
  stepsTried: 'draft-addTried',
  photos: 'draft-addFile',
  log: 'draft-noLogReason',
  guides: 'draft-addGuide',
  lossFacts: 'draft-lossKind',
  lossReport: 'draft-lossReportNumber',
  textLanguage: 'draft-problem',
};

/** Id of the card of a section. */
export const cardOf = (section: DraftSection): string => `section-${section}`;

export type EditorPlace = {
  readonly section: DraftSection;
  readonly open: (section: DraftSection) => void;
  /** Opens the section of a missing item and puts the focus on its control. */
  readonly repair: (section: DraftSection, finding: Finding) => void;
};

export const EditorPlaceContext = createContext<EditorPlace | null>(null);

export function useEditorPlace(): EditorPlace {
  const place = useContext(EditorPlaceContext);
  if (place === null) throw new Error('outside the editor');
  return place;
}
