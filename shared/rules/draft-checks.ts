import { type DraftSection, draftSections } from '../domain/draft-check.ts';
import type { FieldKey } from '../domain/draft.ts';
import { type CheckId, ruleDefinitions, type RuleId } from './rule-definitions.ts';
import type { CheckShape, Origin, RuleShape } from './rule-shape.ts';

/** One thing a rule asks of a draft, with its rule and whose word it is. */
export type DraftCheck = CheckShape & {
  readonly id: CheckId;
  readonly ruleId: RuleId;
  readonly origin: Origin;
};

/** What one check came to on one draft. `missing` blocks sending; `advised` does not; `met` is shown as done. */
export type CheckResult = {
  readonly ruleId: RuleId;
  readonly check: CheckId;
  readonly status: 'met' | 'missing' | 'advised';
  readonly section: DraftSection;
  readonly field: FieldKey | null;
};

type Defined = Omit<RuleShape, 'id' | 'checks'> & {
  readonly id: RuleId;
  readonly checks?: readonly (CheckShape & { readonly id: CheckId })[];
};
const defined: readonly Defined[] = ruleDefinitions;

/** Everything that is asked of a draft, in the order of the form and, within a section, of the terms. */
export const draftChecks: readonly DraftCheck[] = defined
  .flatMap(({ id: ruleId, origin, checks = [] }) =>
    checks.map((check): DraftCheck => ({ origin, ...check, ruleId })),
  )
  .toSorted((a, b) => draftSections.indexOf(a.place.section) - draftSections.indexOf(b.place.section));

export const checkIds: readonly CheckId[] = draftChecks.map(({ id }) => id);

const byId = new Map(draftChecks.map((check) => [check.id, check]));

/** What a check asks. @throws Error for one nobody defined, which a test rules out */
export function draftCheck(id: CheckId): DraftCheck {
  const check = byId.get(id);
  if (check === undefined) throw new Error(`no check is ${id}`);
  return check;
}
