/** Longest time one transfer of a file goes on at a stretch, in milliseconds; the next one goes on where it stopped, after others had their turn. */
export const transferMs = 20 * 60_000;

/** Longest time one exchange with a portal may take whatever hangs, in milliseconds: sign-in and request, each tried twice, end before it. */
export const exchangeMs = 5 * 60_000;
