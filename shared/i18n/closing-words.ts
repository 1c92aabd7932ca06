import { displayName } from '../domain/display-name.ts';
import type { OutboxWork } from '../domain/outbox-item.ts';
import type { Translate } from './translator.ts';
import { shortened } from './tray-words.ts';

/** One thing that does not go while the program is closed. */
export type LeftBehind = {
  readonly work: Pick<OutboxWork, 'kind'>;
  readonly title: string;
  readonly number: string | null;
  readonly fileName: string | null;
};

/** A question of the system's own, for moments without a window: what it says, the answer that goes on, and the one that changes nothing. */
export type BoxWords = {
  readonly message: string;
  readonly detail: string;
  readonly goOn: string;
  readonly stay: string;
};

/** A box of the system grows with its text and has no bar to roll it. */
const mostNamed = 8;
/** Titles are a person's and names are a disk's. */
const titleUnits = 80;
/** Cut before it is looked at: what is drawn is far less. */
const readUnits = 4 * titleUnits;

function shownName(text: string): string {
  return shortened(displayName(text.slice(0, readUnits)), titleUnits);
}

function named({ work, title, number, fileName }: LeftBehind, t: Translate): string {
  const what = t(`outboxWork.${work.kind}`, { name: shownName(fileName ?? '') });
  const which = [number ?? '', shownName(title)].filter((part) => part !== '').join(' · ');
  return which === '' ? `• ${what}` : `• ${what}: ${which}`;
}

function list(things: readonly LeftBehind[], t: Translate): readonly string[] {
  const rest = things.length - mostNamed;
  return [
    ...things.slice(0, mostNamed).map((thing) => named(thing, t)),
    ...(rest > 0 ? [t('closing.more', { count: rest })] : []),
  ];
}

/** Said once: the program goes on without its window, why, and how to end it for good. */
export function staysWords(moving: number, isSessionLive: boolean, t: Translate): BoxWords {
  return {
    message: t('closing.stays'),
    detail: [
      ...(isSessionLive ? [t('closing.sessionGoesOn')] : []),
      ...(moving > 0 ? [t('closing.queueGoesOn', { count: moving })] : []),
      t('closing.howToEnd', { quit: t('tray.quit') }),
    ].join('\n\n'),
    goOn: t('closing.closeWindow'),
    stay: t('closing.keepOpen'),
  };
}

/** Said where the system has no tray: the program ends with its window, and what does not go then. */
export function noTrayWords(things: readonly LeftBehind[], t: Translate): BoxWords {
  return {
    message: t('closing.noTray'),
    detail: [t('closing.leftBehind', { count: things.length }), ...list(things, t)].join('\n'),
    goOn: t('closing.quit'),
    stay: t('closing.keepOpen'),
  };
}

/** What ending the program for good leaves undone; null where that is nothing. @param operator of the session under way */
export function quitWords(
  things: readonly LeftBehind[],
  operator: string | null,
  t: Translate,
): BoxWords | null {
  if (things.length === 0 && operator === null) return null;
  return {
    message: t('closing.quitAsked'),
    detail: [
      ...(operator === null ? [] : [t('closing.sessionUnwatched', { operator: shownName(operator) })]),
      ...(things.length === 0 ? [] : [t('closing.leftBehind', { count: things.length }), ...list(things, t)]),
    ].join('\n'),
    goOn: t('closing.quit'),
    stay: t('closing.stay'),
  };
}
