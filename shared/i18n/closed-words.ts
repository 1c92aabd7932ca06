import type { PortalWhy } from '../domain/portal-state.ts';
import { portalMomentAt, portalWhy, type Speech } from './portal-sentence.ts';

/** What is known of something that a closed portal keeps here: why, when it goes, and how many go before it. */
export type ClosedItem = {
  readonly why: PortalWhy;
  /** Null where no end is known. */
  readonly goesAt: string | null;
  readonly before: number;
};

/** The reason and the time in one sentence each; every screen and the tray say these words of the same item (R-HOURS-3, R-HOURS-4). */
export function closedWords({ why, goesAt, before }: ClosedItem, speech: Speech): string {
  const { t } = speech;
  return [
    portalWhy(why, speech),
    goesAt === null
      ? t('outboxWhy.whenOpen')
      : t('outboxWhy.leavesAt', { time: portalMomentAt(goesAt, speech) }),
    ...(before === 0 ? [] : [t('outboxWhy.before', { count: before })]),
  ].join(' ');
}
