import type { DraftContent, FieldKey } from '../domain/draft.ts';
import type { DraftControl, DraftSection } from '../domain/draft-check.ts';
import type { EvidenceKind } from '../domain/evidence.ts';
import type { PortalState } from '../domain/portal-state.ts';
import type { Product } from '../domain/product.ts';
import type { Tool } from '../domain/tool.ts';
import type { VersionCheck } from '../domain/vendor-version.ts';
import type { TextKey } from '../i18n/translator.ts';

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

/** A rule of ours, drawn from a section that does not say it in so many words; null where the terms say nothing of the kind. */
export const house = (near: number | null): Origin => ({ kind: 'house', near });

/** What the rules look at besides the draft itself. */
export type CompletenessFacts = {
  readonly customerCode: string | null;
  readonly product: Product | null;
  readonly tool: Tool | null;
  readonly evidenceKinds: readonly EvidenceKind[];
};

/** Fields the form shows, each with its text id. */
export type ShownField =
  Extract<TextKey, `field.${string}`> extends `field.${infer K}` ? Extract<K, FieldKey> : never;

/** What an answer rests on, as whoever asks "Why?" is shown it, each with the value it has. `filled`: those of them that are written. */
export type LookedAt =
  | { readonly kind: 'fields' | 'filled'; readonly keys: readonly ShownField[] }
  | { readonly kind: 'files'; readonly of: EvidenceKind }
  | { readonly kind: 'steps'; readonly of: 'done' | 'tried' }
  | { readonly kind: 'customerCode' | 'requestType' | 'product' | 'serial' | 'guides' };

/** Where a check is repaired; a control that is null stands in the settings. */
export type CheckPlace = {
  readonly section: DraftSection;
  readonly field: FieldKey | null;
  readonly control: DraftControl | null;
};

/** One thing a rule asks of a draft: everything that is said of it, in one place. */
export type CheckShape = {
  /** The tail of its text id (`draftCheck.<id>`). */
  readonly id: string;
  /** Whose word it is where that differs from its rule's. */
  readonly origin?: Origin;
  /** How much it counts in the score: what an operator cannot begin without weighs most, what is merely kind least. */
  readonly weight: number;
  readonly place: CheckPlace;
  readonly lookedAt: readonly LookedAt[];
  /** The products and the kinds of request it holds for. */
  readonly asks: (content: DraftContent, facts: CompletenessFacts) => boolean;
  readonly isMet: (content: DraftContent, facts: CompletenessFacts) => boolean;
  /** What it is while it is not met; left out, `missing`: nothing is sent without it. */
  readonly otherwise?: (content: DraftContent) => 'missing' | 'advised';
};

/** What the rules look at, as plain data: a draft, what is known of the portal, and what stands in the store beside it. */
export type RuleFacts = {
  readonly results: readonly {
    readonly ruleId: string;
    readonly check: string;
    readonly status: 'met' | 'missing' | 'advised';
  }[];
  readonly version: VersionCheck;
  readonly causeIds: readonly string[];
  /** Names of the open requests that seem to be about the same problem. */
  readonly openDuplicates: readonly string[];
  readonly speaksOfTwo: boolean;
  readonly termsAccepted: boolean;
  readonly portal: PortalState;
};

/** `not-asked`: the rule has nothing to say about this draft. `lookedAt` names what the answer rests on: checks, states, numbers. */
export type RuleAnswer = {
  readonly answer: 'met' | 'not-met' | 'not-asked';
  readonly lookedAt: readonly string[];
};

/** One rule of the terms or of the house: everything that is said of it, its sentences for people apart. */
export type RuleShape = {
  readonly id: string;
  readonly origin: Origin;
  readonly severity: Severity;
  /** What it asks of a draft. */
  readonly checks?: readonly CheckShape[];
  /** Where it looks at more than its own checks, whose answer it is given; left out, it is met when each of them is. */
  readonly judge?: (facts: RuleFacts, ofChecks: RuleAnswer) => RuleAnswer;
};

/** A rule that has nothing to say. */
export const notAsked: RuleAnswer = { answer: 'not-asked', lookedAt: [] };

/** The answer of a rule, with what it rests on. */
export const said = (met: boolean, ...lookedAt: readonly string[]): RuleAnswer => ({
  answer: met ? 'met' : 'not-met',
  lookedAt,
});

/** Told only while the portal stands so; what stands in its way is no fault of the draft. */
export const whilePortalIs =
  (state: PortalState): ((facts: RuleFacts) => RuleAnswer) =>
  ({ portal }) =>
    portal === state ? said(false, portal) : notAsked;
