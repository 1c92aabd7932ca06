import type { Draft } from '../../shared/domain/draft.ts';
import type { ExclusionPack } from '../../shared/domain/exclusion-pack.ts';
import type { PcCheck } from '../../shared/domain/pc-check.ts';
import type { Realm } from '../../shared/domain/ticket.ts';
import type { DraftAdvice } from '../../shared/ipc/advice-views.ts';
import { likelyCauses } from '../../shared/rules/triage.ts';
import { versionCheck } from '../../shared/rules/vendor-version.ts';
import { duplicateRadar } from './duplicate-radar.ts';
import type { Clock } from '../platform/clock.ts';
import type { PortalRepository } from '../store/portal-repository.ts';
import type { ProblemIndex } from '../store/problem-index.ts';
import type { ToolRepository } from '../store/tool-repository.ts';

export type DraftAdviceParts = {
  readonly tools: ToolRepository;
  readonly portals: PortalRepository;
  readonly portalKey: () => string;
  readonly clock: Clock;
  readonly problems: ProblemIndex;
  readonly realm: () => Realm;
  readonly exclusions: () => ExclusionPack;
  readonly pcChecks: () => Promise<readonly PcCheck[]>;
};

export type DraftAdviser = (draft: Draft) => Promise<DraftAdvice>;

/** How long an answer of the PC checks holds, in milliseconds: the person goes back and forth between form and review. */
const checksHoldMs = 20_000;

/** Brings together what the rules say of a draft beside its gaps (R-VERSION-1, R-EXCL-1, R-TICKET-4). Reads; stores and sends nothing. */
export function draftAdvice(parts: DraftAdviceParts): DraftAdviser {
  let checks: Promise<readonly PcCheck[]> | null = null;
  let checkedAtMs = 0;
  const pcChecks = (): Promise<readonly PcCheck[]> => {
    if (checks === null || parts.clock.monotonicMs() - checkedAtMs > checksHoldMs) {
      checkedAtMs = parts.clock.monotonicMs();
      checks = parts.pcChecks();
    }
    return checks;
  };
  const radar = duplicateRadar(parts.problems);
  return async (draft) => {
    const { content } = draft;
    const looked = await pcChecks();
    const tool = content.toolId === null ? null : parts.tools.find(content.toolId);
    return {
      version: versionCheck(content, tool, parts.portals.latestVersions(parts.portalKey())),
      pcChecks: [...looked],
      duplicates: radar(draft, tool?.serial ?? '', parts.realm()),
      causes: [...likelyCauses(content, parts.exclusions(), looked)],
    };
  };
}
