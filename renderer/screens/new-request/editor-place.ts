import { createContext, useContext } from 'react';
import type { DraftSection, CheckId } from '../../../shared/domain/draft-check.ts';
import { draftCheck } from '../../../shared/rules/draft-checks.ts';
import { controlFor } from '../../../shared/rules/form-controls.ts';
import type { DraftFacts } from './draft-results.ts';

/** Id of the control a missing item is repaired with; null for the customer code, which is repaired in the settings. */
export function controlOf(check: CheckId, { content, product, files }: DraftFacts): string | null {
  const control = controlFor(draftCheck(check).place, content, {
    product,
    evidenceKinds: files.map((file) => file.kind),
  });
  return control === null ? null : `draft-${control}`;
}

/** Id of the card of a section. */
export const cardOf = (section: DraftSection): string => `section-${section}`;

export type EditorPlace = {
  readonly section: DraftSection;
  readonly open: (section: DraftSection) => void;
  /** Opens the section of a missing item and puts the focus on its control. */
  readonly repair: (section: DraftSection, check: CheckId) => void;
};

export const EditorPlaceContext = createContext<EditorPlace | null>(null);

export function useEditorPlace(): EditorPlace {
  const place = useContext(EditorPlaceContext);
  if (place === null) throw new Error('outside the editor');
  return place;
}
