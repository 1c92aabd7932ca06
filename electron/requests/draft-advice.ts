import type { Draft } from '../../shared/domain/draft.ts';
import type { RuleId } from '../../shared/rules/rule-definitions.ts';
import { judged } from '../../shared/rules/registry.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { PortalState } from '../../shared/domain/portal-state.ts';
import type { Product } from '../../shared/domain/product.ts';
import type { ExclusionPack } from '../../shared/domain/exclusion-pack.ts';
import type { PcCheck } from '../../shared/domain/pc-check.ts';
import type { LatestVersions } from '../../shared/domain/vendor-version.ts';
import type { Realm } from '../../shared/domain/portal-kind.ts';
import type { DraftAdvice } from '../../shared/ipc/advice-views.ts';
import { completeness } from '../../shared/rules/completeness.ts';
import { completenessScore } from '../../shared/rules/completeness-score.ts';
import { likelyCauses } from '../../shared/rules/triage.ts';
import { unanswered, type Warning, warningsOf } from '../../shared/rules/open-warnings.ts';
import { versionCheck } from '../../shared/rules/vendor-version.ts';
import { duplicateRadar } from './duplicate-radar.ts';
import type { Clock } from '../platform/clock.ts';
import type { AskedBackRepository } from '../store/asked-back-repository.ts';
import type { ProfileRepository } from '../store/profile-repository.ts';
import type { WaiverRepository } from '../store/waiver-repository.ts';
import type { ProblemIndex } from '../store/problem-index.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { ToolRepository } from '../store/tool-repository.ts';

export type DraftAdviceParts = {
  readonly tools: ToolRepository;
  /** The newest versions the portal in use named; null: it never did. */
  readonly latestVersions: () => LatestVersions | null;
  readonly clock: Clock;
  readonly profile: ProfileRepository;
  readonly products: readonly Product[];
  readonly shownEvidence: (ids: Draft['content']['evidenceIds']) => readonly Evidence[];
  readonly askedBack: AskedBackRepository;
  readonly waivers: WaiverRepository;
  readonly problems: ProblemIndex;
  readonly realm: () => Realm;
  readonly termsAccepted: () => boolean;
  readonly portalState: () => PortalState;
  readonly exclusions: () => ExclusionPack;
  readonly pcChecks: () => Promise<readonly PcCheck[]>;
};

export type DraftAdviser = {
  /** What the rules say at once; what rests on this PC follows as soon as it has been looked at. */
  readonly advise: (draft: Draft) => DraftAdvice;
  /** Looks at this PC, or answers with a look that is still fresh. */
  readonly lookAtPc: () => Promise<readonly PcCheck[]>;
  /** Soft warnings that stand without a reason, as the person sees them (R-INFO-9: recorded when the request leaves). */
  readonly standing: (draft: Draft) => readonly Warning[];
};

/** How long an answer of the PC checks holds, in milliseconds: the person goes back and forth between form and review. */
const checksHoldMs = 20_000;

/** Brings together what the rules say of a draft beside its gaps (R-VERSION-1, R-EXCL-1, R-TICKET-4). Reads; stores and sends nothing. */
export function draftAdvice(parts: DraftAdviceParts): DraftAdviser {
  let look: Promise<readonly PcCheck[]> | null = null;
  let looked: readonly PcCheck[] | null = null;
  let lookedAtMs = 0;
  const lookAtPc = (): Promise<readonly PcCheck[]> => {
    if (look !== null && parts.clock.monotonicMs() - lookedAtMs <= checksHoldMs) return look;
    lookedAtMs = parts.clock.monotonicMs();
    // What was found before may have been put right since: nothing is said of it until it is seen again.
    looked = null;
    const started = parts.pcChecks().then((checks) => {
      if (look === started) looked = checks;
      return checks;
    });
    look = started;
    return started;
  };
  const radar = duplicateRadar(parts.problems);
  const gather = (draft: Draft) => {
    const { content } = draft;
    const { toolId } = content;
    const tool = toolId === null ? null : readRowOrNull(() => parts.tools.find(toolId));
    const product = parts.products.find((item) => item.id === content.productId) ?? null;
    const results = completeness(content, {
      customerCode: parts.profile.profile()?.customerCode ?? null,
      product,
      tool,
      evidenceKinds: parts.shownEvidence(content.evidenceIds).map((file) => file.kind),
    });
    return {
      results,
      version: versionCheck(content, tool, parts.latestVersions()),
      duplicates: radar(draft, tool?.serial ?? '', parts.realm()),
      causes: likelyCauses(content, parts.exclusions(), looked ?? []),
      waivers: parts.waivers.ofTicket(draft.id),
    };
  };
  return {
    lookAtPc,
    standing: (draft) => {
      const facts = gather(draft);
      return unanswered(warningsOf(facts), facts.waivers);
    },
    advise: (draft) => {
      const { content } = draft;
      const facts = gather(draft);
      const { results, version, duplicates, causes, waivers } = facts;
      const openDuplicates = duplicates.found
        .filter((duplicate) => duplicate.state !== 'closed')
        .map((duplicate) => duplicate.number ?? duplicate.title);
      const rules = judged({
        results,
        version,
        causeIds: causes.map((cause) => cause.id),
        openDuplicates,
        speaksOfTwo: duplicates.split !== null,
        termsAccepted: parts.termsAccepted(),
        portal: parts.portalState(),
      });
      return {
        rules: rules.map((rule) => ({ ...rule, lookedAt: [...rule.lookedAt] })),
        completeness: completenessScore(
          results,
          parts.askedBack.counts(content.productId ?? '', content.requestType ?? ''),
        ),
        waivers: [...waivers],
        unanswered: [...unanswered(warningsOf(facts), waivers)],
        version,
        pcChecks: looked === null ? null : [...looked],
        duplicates,
        causes: [...causes],
      };
    },
  };
}

/**
 * Rules whose soft warnings stand without a reason; null where that could not be looked at: a search index that is damaged warns of
 * nothing, and must hold no request back either.
 */
export function standingRules(
  adviser: Pick<DraftAdviser, 'standing'>,
  log: (error: unknown) => string,
): (draft: Draft) => readonly RuleId[] | null {
  return (draft) => {
    try {
      return adviser.standing(draft).map((warning) => warning.ruleId);
    } catch (fault) {
      log(fault);
      return null;
    }
  };
}
