import type { PortalState, PortalWhy } from '../../shared/domain/portal-state.ts';
import { italianMoment, pcMomentBeside } from '../../shared/i18n/italian-time.ts';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import type { Words } from './translation.ts';

/** A moment of the portal's: Italian time first, this PC's beside it when it differs (R-HOURS-1). */
export function portalMoment(instant: string, { t, language }: Words): string {
  const [italian, here] = [italianMoment(instant, language, Date.now()), pcMomentBeside(instant, language, Date.now())];
  return here === null ? italian : t('portal.bothTimes', { italian, here });
}

/** What a state follows from, in one sentence. */
export function portalWhy(why: PortalWhy, { t, language }: Words): string {
  return why.kind === 'holiday' ? t('portalWhy.holiday', { name: why.name[language] }) : t(`portalWhy.${why.kind}`);
}

/** The state with its end, as the chip says it: "Staffed until 18:00". */
export function portalStateWords(state: PortalState, until: string | null, words: Words): string {
  return until === null ? words.t(`portalState.${state}`) : words.t('portalState.until', { state: words.t(`portalState.${state}`), time: portalMoment(until, words) });
}

/** The whole of it, for the sentence above the day line. */
export function portalSentence({ state, until, why }: Pick<PortalStatus, 'state' | 'until' | 'why'>, words: Words): string {
  return `${portalStateWords(state, until, words)}. ${portalWhy(why, words)}`;
}
