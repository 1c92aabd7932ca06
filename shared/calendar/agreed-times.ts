/** When the PC's clock and the portal's were found to agree, oldest first, in epoch milliseconds. */
export type AgreedTimes = readonly number[];

/** Lengths in steps of `stepMs`, a day: how far back contacts count, over how long they must agree, how often one is kept, and how old the last may be. */
const lengths = { window: 14, span: 2, apart: 0.25, fresh: 1 } as const;
const fewest = 3;

function counted(times: AgreedTimes, nowMs: number, stepMs: number): AgreedTimes {
  return times.filter((ms) => ms <= nowMs && ms >= nowMs - lengths.window * stepMs);
}

/** The times with one more contact; the same list when the last one is too near to say anything new. */
export function withAgreed(times: AgreedTimes, nowMs: number, stepMs: number): AgreedTimes {
  const kept = counted(times, nowMs, stepMs);
  const last = kept.at(-1);
  if (last !== undefined && nowMs - last < lengths.apart * stepMs)
    return kept.length === times.length ? times : kept;
  return [...kept, nowMs];
}

/**
 * Whether the time may decide about what does not come back: PC and portal agreed on several contacts, over days, and lately. Both of them
 * wrong at once, as after a start with a lost clock on a network that lost its own, is not believed before it held for as long.
 */
export function isTimeBorneOut(times: AgreedTimes, nowMs: number, stepMs: number): boolean {
  const kept = counted(times, nowMs, stepMs);
  const [first, last] = [kept[0], kept.at(-1)];
  if (first === undefined || last === undefined || kept.length < fewest) return false;
  return last - first >= lengths.span * stepMs && nowMs - last <= lengths.fresh * stepMs;
}
