import type { PortalState } from '../../shared/domain/portal-state.ts';
import { aheadWords, type ToldAhead } from '../../shared/i18n/ahead-words.ts';
import { type ClosedItem, closedWords } from '../../shared/i18n/closed-words.ts';
import {
  portalMomentAt,
  portalSentenceAt,
  portalStateAt,
  portalWhy,
} from '../../shared/i18n/portal-sentence.ts';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import { portalNowMs } from './portal-now.ts';
import type { Words } from '../words/translation.ts';

export { portalWhy };

const now = (words: Words): Words & { readonly nowMs: number } => ({ ...words, nowMs: portalNowMs() });

/** A moment of the portal's, said relative to now as it is when drawn. */
export function portalMoment(instant: string, words: Words): string {
  return portalMomentAt(instant, now(words));
}

/** The state with its end, as the chip says it: "Staffed until 18:00". */
export function portalStateWords(state: PortalState, until: string | null, words: Words): string {
  return portalStateAt(state, until, now(words));
}

/** The whole of it, for the sentence above the day line. */
export function portalSentence(
  status: Pick<PortalStatus, 'state' | 'until' | 'why' | 'takes' | 'takesFrom'>,
  words: Words,
): string {
  return portalSentenceAt(status, now(words));
}

/** What keeps the portal closed on a day to come. */
export function portalAhead(told: ToldAhead, words: Words): string {
  return aheadWords(told, now(words));
}

/** Why a closed portal keeps something here, and when it goes. */
export function portalClosed(item: ClosedItem, words: Words): string {
  return closedWords(item, now(words));
}
