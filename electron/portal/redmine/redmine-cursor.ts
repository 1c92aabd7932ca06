/**
 * Where the news of a Redmine go on. It tells times to the second, and any number of issues may change within one, so the place is a
 * second and the last number seen in it, in the order of numbers: all that are lower have been seen. `sinceMs` is a whole second.
 */
export type NewsPlace = { readonly sinceMs: number; readonly lastId: number };

const shape = /^(\d{1,13}) (\d{1,15})(?: (\d{1,15}(?:,\d{1,15}){0,29}))?$/u;

/** Issues that are asked for again, the newest where there are more. */
export const mostAgain = 30;

/** The very beginning: before anything changed. */
export const newsBegin: NewsPlace = { sinceMs: 0, lastId: 0 };

/** Where the news go on, and the issues that were told without their conversation: these are asked for again. */
export type NewsCursor = { readonly place: NewsPlace; readonly again: readonly number[] };

/** What was kept as a place; what is none begins anew. */
export function placeOf(cursor: string | null): NewsCursor {
  const parts = shape.exec(cursor ?? '');
  if (parts === null) return { place: newsBegin, again: [] };
  const again = parts[3] === undefined ? [] : parts[3].split(',').map(Number);
  return { place: { sinceMs: Number(parts[1]), lastId: Number(parts[2]) }, again };
}

/** A place as it is kept. */
export function cursorOf({ sinceMs, lastId }: NewsPlace, again: readonly number[] = []): string {
  const ids = [...new Set(again)].slice(-mostAgain).join(',');
  return `${sinceMs} ${lastId}${ids === '' ? '' : ` ${ids}`}`;
}

export const isSamePlace = (one: NewsPlace, other: NewsPlace): boolean =>
  one.sinceMs === other.sinceMs && one.lastId === other.lastId;

/**
 * Where to go on once nothing more is to be read: behind the last issue where its second is over, else at the begin of the first second that is
 * not, for an issue may change twice in one and its second change comes under the same time. What is read twice by that is taken once.
 * @param settlingMs how long after it a second counts as over: its own changes may still be on their way into the store of the server
 */
export function restingPlace(reached: NewsPlace, nowMs: number, settlingMs: number): NewsPlace {
  const openMs = Math.floor((nowMs - settlingMs) / 1_000) * 1_000;
  return reached.sinceMs >= openMs ? { sinceMs: Math.max(0, openMs), lastId: 0 } : reached;
}
