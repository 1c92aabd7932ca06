/**
 * Whose word a rule is: the vendor's, with the section of the terms that says it, or ours. `near`: the section ours was drawn from, null
 * where the terms say nothing of the kind. What is ours is never told as the vendor's.
 */
export type Origin =
  | { readonly kind: 'vendor'; readonly section: number }
  | { readonly kind: 'house'; readonly near: number | null };

/** `block` keeps a request here until it is met, `warn` lets through with a reason, `inform` only tells. */
export type Severity = 'block' | 'warn' | 'inform';

/** The vendor's own word, in that section of the terms. */
export const vendor = (section: number): Origin => ({ kind: 'vendor', section });

/** A rule of ours, drawn from a section that does not say it in so many words. */
export const house = (near: number): Origin => ({ kind: 'house', near });

/**
 * Every rule, in the order of the terms (docs/reference/terms.md; the sentences people see are in `shared/i18n`). What it asks of a draft
 * stands in `shared/rules/draft-checks.ts`, what it looks at beside one in `shared/rules/registry.ts`.
 */
export const ruleDefinitions = [
  { id: 'R-PROD-1', origin: vendor(1), severity: 'block' },
  { id: 'R-LANG-1', origin: vendor(2), severity: 'warn' },
  { id: 'R-ACCEPT-1', origin: vendor(1), severity: 'block' },
  { id: 'R-DOCS-1', origin: vendor(3), severity: 'block' },
  { id: 'R-TICKET-1', origin: vendor(2), severity: 'inform' },
  { id: 'R-TICKET-2', origin: vendor(2), severity: 'inform' },
  { id: 'R-TICKET-3', origin: vendor(2), severity: 'inform' },
  { id: 'R-TICKET-4', origin: vendor(2), severity: 'warn' },
  { id: 'R-TICKET-5', origin: vendor(2), severity: 'warn' },
  { id: 'R-INFO-1', origin: vendor(3), severity: 'block' },
  { id: 'R-INFO-2', origin: vendor(3), severity: 'block' },
  { id: 'R-INFO-3', origin: vendor(3), severity: 'block' },
  { id: 'R-INFO-4', origin: vendor(3), severity: 'block' },
  { id: 'R-INFO-5', origin: vendor(3), severity: 'block' },
  { id: 'R-INFO-6', origin: vendor(3), severity: 'block' },
  { id: 'R-INFO-7', origin: vendor(3), severity: 'warn' },
  { id: 'R-INFO-8', origin: vendor(3), severity: 'block' },
  { id: 'R-INFO-9', origin: vendor(3), severity: 'block' },
  { id: 'R-HOURS-1', origin: vendor(4), severity: 'inform' },
  { id: 'R-HOURS-2', origin: vendor(4), severity: 'inform' },
  { id: 'R-HOURS-3', origin: vendor(4), severity: 'inform' },
  { id: 'R-HOURS-4', origin: vendor(4), severity: 'inform' },
  { id: 'R-HOURS-5', origin: house(4), severity: 'inform' },
  { id: 'R-REMOTE-1', origin: vendor(5), severity: 'block' },
  { id: 'R-REMOTE-2', origin: vendor(5), severity: 'block' },
  { id: 'R-REMOTE-3', origin: vendor(5), severity: 'block' },
  { id: 'R-REMOTE-4', origin: vendor(5), severity: 'warn' },
  { id: 'R-REMOTE-5', origin: vendor(5), severity: 'block' },
  { id: 'R-REMOTE-6', origin: vendor(5), severity: 'inform' },
  { id: 'R-REMOTE-7', origin: vendor(5), severity: 'inform' },
  { id: 'R-REMOTE-8', origin: vendor(5), severity: 'inform' },
  { id: 'R-BACKUP-1', origin: vendor(6), severity: 'block' },
  { id: 'R-LIMIT-1', origin: vendor(7), severity: 'inform' },
  { id: 'R-LIMIT-2', origin: vendor(8), severity: 'inform' },
  { id: 'R-VERSION-1', origin: vendor(9), severity: 'warn' },
  { id: 'R-EXCL-1', origin: vendor(10), severity: 'warn' },
  { id: 'R-PRIVACY-1', origin: vendor(11), severity: 'inform' },
] as const satisfies readonly { readonly id: string; readonly origin: Origin; readonly severity: Severity }[];

export type RuleId = (typeof ruleDefinitions)[number]['id'];
export const ruleIds: readonly RuleId[] = ruleDefinitions.map(({ id }) => id);
