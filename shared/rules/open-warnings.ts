import type { LikelyCause } from '../domain/exclusion-pack.ts';
import type { RuleId } from './rule-definitions.ts';
import type { CheckResult } from './draft-checks.ts';
import type { VersionCheck } from '../domain/vendor-version.ts';
import type { Waiver } from '../domain/waiver.ts';
import type { TicketState } from '../domain/ticket.ts';

/** One soft warning: the rule, and what it is about in the words a waiver is kept under. None blocks. */
export type Warning = { readonly ruleId: RuleId; readonly about: string };

/** What the warnings of a draft rest on. */
export type WarnedFacts = {
  readonly results: readonly CheckResult[];
  readonly version: VersionCheck;
  readonly causes: readonly Pick<LikelyCause, 'id'>[];
  readonly duplicates: {
    readonly found: readonly { readonly ticketId: string; readonly state: TicketState }[];
    readonly split: unknown;
  };
};

/** What a waiver of "two problems in one text" is kept under; the text itself may still be edited. */
export const twoProblems = 'two-problems';

/** Every soft warning of a draft, in the order of the review. A closed duplicate may hold the answer, but asks for nothing. */
export function warningsOf({ results, version, causes, duplicates }: WarnedFacts): readonly Warning[] {
  return [
    ...results
      .filter((result) => result.status === 'advised')
      .map((result): Warning => ({ ruleId: result.ruleId, about: result.check })),
    ...duplicates.found
      .filter((duplicate) => duplicate.state !== 'closed')
      .map((duplicate): Warning => ({ ruleId: 'R-TICKET-4', about: duplicate.ticketId })),
    ...(duplicates.split === null ? [] : [{ ruleId: 'R-TICKET-5', about: twoProblems } as const]),
    ...(version.status === 'outdated' && version.installed !== null
      ? [{ ruleId: 'R-VERSION-1', about: version.installed.text } as const]
      : []),
    ...causes.map((cause): Warning => ({ ruleId: 'R-EXCL-1', about: cause.id })),
  ];
}

/** The reason kept for a warning, or null. */
export function reasonFor({ ruleId, about }: Warning, waivers: readonly Waiver[]): string | null {
  return waivers.find((waiver) => waiver.ruleId === ruleId && waiver.about === about)?.reason ?? null;
}

/** The warnings nobody gave a reason for. */
export function unanswered(warnings: readonly Warning[], waivers: readonly Waiver[]): readonly Warning[] {
  return warnings.filter((warning) => reasonFor(warning, waivers) === null);
}
