import { createContext, useContext } from 'react';
import type { DraftSection } from '../../../shared/domain/draft-check.ts';
import type { CheckId } from '../../../shared/rules/rule-definitions.ts';
import { draftCheck } from '../../../shared/rules/draft-checks.ts';
import { controlFor } from '../../../shared/rules/form-controls.ts';
import type { DraftPlace } from '../../stores/app-store.ts';
import type { DraftFacts } from './draft-results.ts';

/** Id of the control a missing item is repaired with; null for the customer code, which is repaired in the settings. */
export function controlOf(check: CheckId, { content, product, files }: DraftFacts): string | null {
  const control = controlFor(draftCheck(check).place, content, {
    product,
    evidenceKinds: files.map((file) => file.kind),
  });
  return control === null ? null : `draft-${control}`;
}

/** Id of the control in which a line of the text is written. */
export function controlAt(place: DraftPlace): string {
  if (place.kind === 'control') return `draft-${place.control}`;
  return `${place.section === 'steps' ? 'step' : 'guide'}-${place.id}`;
}

/** Id of the control of the first thing a section lacks; null when it lacks nothing, or what is repaired elsewhere. */
export function firstLacking(section: DraftSection, facts: DraftFacts): string | null {
  const first = facts.results.find((item) => item.section === section && item.status === 'missing');
  return first === undefined ? null : controlOf(first.check, facts);
}

/** Puts the focus in a field where words are typed; a button or a list is left to the person. */
export function focusToType(id: string | null): void {
  const control = id === null ? null : document.getElementById(id);
  const isTyped =
    control instanceof HTMLTextAreaElement ||
    (control instanceof HTMLInputElement && control.type === 'text');
  if (isTyped) control.focus({ preventScroll: true });
}

/** Id of the card of a section. */
export const cardOf = (section: DraftSection): string => `section-${section}`;

export type EditorPlace = {
  readonly section: DraftSection;
  /** Opens a section; with the pointer, the field that lacks its words is ready to be typed in. */
  readonly open: (section: DraftSection, byPointer: boolean) => void;
  /** Opens the section of a missing item and puts the focus on its control. */
  readonly repair: (section: DraftSection, check: CheckId) => void;
};

export const EditorPlaceContext = createContext<EditorPlace | null>(null);

export function useEditorPlace(): EditorPlace {
  const place = useContext(EditorPlaceContext);
  if (place === null) throw new Error('outside the editor');
  return place;
}
