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

/** Which text says until when: in Italian an hour of today wants another word than a day. */
const untilKey = (time: string): 'until' | 'untilHour' => (/^\d{1,2}:/u.test(time) ? 'untilHour' : 'until');

/** What a state follows from, in one sentence. */
export function portalWhy(why: PortalWhy, { t, language }: Pick<Speech, 't' | 'language'>): string {
  return why.kind === 'holiday'
    ? t('portalWhy.holiday', { name: why.name[language] })
    : t(`portalWhy.${why.kind}`);
}

/** The state with its end: "Staffed until 18:00". */
export function portalStateAt(state: PortalState, until: string | null, speech: Speech): string {
  if (until === null) return speech.t(`portalState.${state}`);
  const time = portalMomentAt(until, speech);
  return speech.t(`portalState.${untilKey(time)}`, { state: speech.t(`portalState.${state}`), time });
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
  if (takesFrom === null) return `${said} ${speech.t('portalHeld.open')}`;
  const time = portalMomentAt(takesFrom, speech);
  return `${said} ${speech.t(`portalHeld.${untilKey(time)}`, { time })}`;
}
