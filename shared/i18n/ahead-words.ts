import { displayName } from '../domain/display-name.ts';
import type { PortalWhy } from '../domain/portal-state.ts';
import { italianDay, italianHour } from './italian-time.ts';
import { portalMomentAt, type Speech } from './portal-sentence.ts';

/** A holiday, a closure or maintenance still to come, as the window and the tray are told of it. */
export type ToldAhead = {
  readonly from: string;
  readonly to: string | null;
  readonly why: PortalWhy;
  readonly title: { readonly it: string; readonly en: string } | null;
};

/** Whole days by their names alone, everything else to the minute; an end nobody announced is said to be open. */
function whenWords({ from, to }: ToldAhead, speech: Speech): string {
  const { t, language } = speech;
  if (to === null) return t('ahead.since', { from: portalMomentAt(from, speech) });
  const isMidnight = (instant: string): boolean => italianHour(instant, 'en') === '00:00';
  if (!isMidnight(from) || !isMidnight(to))
    return t('ahead.between', { from: portalMomentAt(from, speech), to: portalMomentAt(to, speech) });
  const [first, last] = [
    italianDay(from, language),
    italianDay(new Date(Date.parse(to) - 1).toISOString(), language),
  ];
  return first === last ? first : t('ahead.between', { from: first, to: last });
}

/** "mar 8 dic: festa nazionale, Immacolata Concezione": when, what, and what it is called (R-HOURS-2). */
export function aheadWords(told: ToldAhead, speech: Speech): string {
  const { t, language } = speech;
  const { why, title } = told;
  const when = whenWords(told, speech);
  if (why.kind === 'holiday') return t('ahead.holiday', { when, name: why.name[language] });
  const what = t(why.kind === 'maintenance' ? 'ahead.maintenance' : 'ahead.closure', { when });
  const name = displayName(title?.[language] ?? '').trim();
  return name === '' ? what : t('ahead.titled', { what, name });
}
