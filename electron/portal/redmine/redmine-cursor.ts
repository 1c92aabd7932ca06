/**
 * Where the news of a Redmine go on. It tells times to the second, and any number of issues may change within one, so the place is a
 * second and the last number seen in it, in the order of numbers: all that are lower have been seen. `sinceMs` is a whole second.
 */
export type NewsPlace = { readonly sinceMs: number; readonly lastId: number };

const shape = /^(\d{1,13}) (\d{1,15})$/u;

/** The very beginning: before anything changed. */
export const newsBegin: NewsPlace = { sinceMs: 0, lastId: 0 };

/** A kept cursor as a place; one that is none begins anew. */
export function placeOf(cursor: string | null): NewsPlace {
  const parts = shape.exec(cursor ?? '');
  return parts === null ? newsBegin : { sinceMs: Number(parts[1]), lastId: Number(parts[2]) };
}

/** A place as it is kept. */
export function cursorOf({ sinceMs, lastId }: NewsPlace): string {
  return `${sinceMs} ${lastId}`;
}

/** A second counts as over so long after it: its own changes may still be on their way into the store of the server. */
const settlingMs = 5_000;

/**
 * Where to go on once nothing more is to be read: behind the last issue where its second is over, else at the begin of the first second that is
 * not, for an issue may change twice in one and its second change comes under the same time. What is read twice by that is taken once.
 */
export function restingPlace(reached: NewsPlace, nowMs: number): NewsPlace {
  const openMs = Math.floor((nowMs - settlingMs) / 1_000) * 1_000;
  return reached.sinceMs >= openMs ? { sinceMs: Math.max(0, openMs), lastId: 0 } : reached;
}
