/**
 * What may stand in the one line above a screen, what matters most first: data at risk, what waits for the person alone, what makes all
 * else read wrongly, what is told once, what the portal announces and is in force, and last what holds for days.
 */
export const bannerOrder = [
  'store-read-only',
  'store-damaged',
  'backup-failed',
  'profile-unreadable',
  'requests-unreadable',
  'parts-unreadable',
  'parts-missing',
  'terms',
  'elsewhere',
  'clock',
  'store-restored',
  'news',
  'closure',
  'maintenance',
  'practice',
] as const;
export type BannerKind = (typeof bannerOrder)[number];

/** What may be put away until the next start: the chip of the portal goes on saying it. What wants an act stays until it is done. */
const putAway: ReadonlySet<BannerKind> = new Set(['closure', 'maintenance', 'practice']);

/** One thing that a banner could say; `key` tells it from others of its kind. */
export type BannerFact = { readonly kind: BannerKind; readonly key: string };

/** True where a person may put it away until the next start. */
export function mayBePutAway({ kind }: BannerFact): boolean {
  return putAway.has(kind);
}

/** What stands in the line, and what stands behind it in the order in which it opens. What was put away, by its key, is in neither. */
export function bannerLine<Fact extends BannerFact>(
  facts: readonly Fact[],
  away: ReadonlySet<string>,
): { readonly first: Fact | null; readonly others: readonly Fact[] } {
  const [first = null, ...others] = facts
    .filter((fact) => !(mayBePutAway(fact) && away.has(fact.key)))
    .toSorted((a, b) => bannerOrder.indexOf(a.kind) - bannerOrder.indexOf(b.kind));
  return { first, others };
}
