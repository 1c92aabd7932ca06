import type { PortalState, PortalWhy } from '../domain/portal-state.ts';
import type { RuleId } from './rule-definitions.ts';

const ofState: Readonly<Record<PortalState, RuleId | null>> = {
  staffed: 'R-HOURS-1',
  unstaffed: 'R-HOURS-5',
  'read-only': 'R-HOURS-3',
  unreachable: 'R-HOURS-4',
  unknown: null,
};

/** The rule a state of the portal follows from; null where it follows from none: the practice portal keeps no hours, and an unknown state has no reason. */
export function portalRule(state: PortalState, why: PortalWhy): RuleId | null {
  return why.kind === 'always' ? null : ofState[state];
}
