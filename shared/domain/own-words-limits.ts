/** Longest each may be, in characters. */
export const ownWordsMost = { plate: 20, customer: 120, note: 4_000 } as const;

export const noOwnWords = { plate: '', customer: '', note: '' };
