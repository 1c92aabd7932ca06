import type { Language } from '../domain/ids.ts';
import type { PortalState, PortalWhy } from '../domain/portal-state.ts';
import { italianMoment, pcMomentBeside } from './italian-time.ts';
import type { Translate } from './translator.ts';

/** What is needed to say a moment: the texts, their language, and now, in epoch milliseconds. */
export type Speech = { readonly t: Translate; readonly language: Language; readonly nowMs: number };

/** A moment of the portal's: Italian time first, this PC's beside it when it differs (R-HOURS-1). */
export function portalMomentAt(instant: string, { t, language, nowMs }: Speech): string {
  const [italian, here] = [italianMoment(instant, language, nowMs), pcMomentBeside(instant, language, nowMs)];
  return here === null ? italian : t('portal.bothTimes', { italian, here });
}

/** What a state follows from, in one sentence. */
export function portalWhy(why: PortalWhy, { t, language }: Pick<Speech, 't' | 'language'>): string {
  return why.kind === 'holiday'
    ? t('portalWhy.holiday', { name: why.name[language] })
    : t(`portalWhy.${why.kind}`);
}

/** The state with its end: "Staffed until 18:00". */
export function portalStateAt(state: PortalState, until: string | null, speech: Speech): string {
  return until === null
    ? speech.t(`portalState.${state}`)
    : speech.t('portalState.until', {
        state: speech.t(`portalState.${state}`),
        time: portalMomentAt(until, speech),
      });
}

/** What is known of the portal now, as far as a sentence says it. */
export type PortalSaid = {
  readonly state: PortalState;
  readonly until: string | null;
  readonly why: PortalWhy;
  readonly takes: boolean;
  readonly takesFrom: string | null;
};

/** The whole of it: state, end and reason, and that what is sent waits where an open portal would not tell it by itself. */
export function portalSentenceAt(
  { state, until, why, takes, takesFrom }: PortalSaid,
  speech: Speech,
): string {
  const said = `${portalStateAt(state, until, speech)}. ${portalWhy(why, speech)}`;
  if (takes || state !== 'unstaffed') return said;
  return `${said} ${takesFrom === null ? speech.t('portalHeld.open') : speech.t('portalHeld.until', { time: portalMomentAt(takesFrom, speech) })}`;
}
