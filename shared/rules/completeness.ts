import type { DraftContent, RequestType } from '../domain/draft.ts';
import { type DraftSection, draftSections } from '../domain/draft-check.ts';
import { type CheckResult, draftChecks } from './draft-checks.ts';
import type { CompletenessFacts } from './rule-shape.ts';

/**
 * Judges a draft by section 3 of the terms (R-INFO-1 to R-INFO-8, R-DOCS-1, R-EXCL-1), in the order of the form. What is asked, of whom
 * and where it is repaired stands in `draft-checks.ts`.
 */
export function completeness(content: DraftContent, facts: CompletenessFacts): readonly CheckResult[] {
  return draftChecks
    .filter(({ asks }) => asks(content, facts))
    .map(({ id, ruleId, place: { section, field }, isMet, otherwise }) => ({
      ruleId,
      check: id,
      status: isMet(content, facts) ? 'met' : (otherwise?.(content) ?? 'missing'),
      section,
      field,
    }));
}

/** True when nothing that the vendor demands is missing. */
export function isComplete(results: readonly CheckResult[]): boolean {
  return results.every((item) => item.status !== 'missing');
}

const shortForm: readonly DraftSection[] = ['tool', 'problem', 'evidence'];

/** The sections on screen; theft or loss has its own short form (R-EXCL-1). */
export function shownSections(type: RequestType | null): readonly DraftSection[] {
  return type === 'theft-or-loss' ? shortForm : draftSections;
}
