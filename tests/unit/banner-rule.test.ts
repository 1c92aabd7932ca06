import { isInForce } from '../../shared/rules/announcements.ts';
import { describe, expect, test } from 'vitest';
import { bannerLine, bannerOrder, type BannerFact, mayBePutAway } from '../../renderer/app/banner-rule.ts';

const none: ReadonlySet<string> = new Set();
const fact = (kind: BannerFact['kind'], key: string = kind): BannerFact => ({ kind, key });

describe('line above the screen', () => {
  const rows: readonly {
    readonly when: string;
    readonly facts: readonly BannerFact[];
    readonly away?: readonly string[];
    readonly first: string | null;
    readonly others: readonly string[];
  }[] = [
    { when: 'nothing is in force', facts: [], first: null, others: [] },
    { when: 'one thing is', facts: [fact('practice')], first: 'practice', others: [] },
    {
      when: 'a closure holds on the practice portal',
      facts: [fact('practice'), fact('closure', 'a')],
      first: 'a',
      others: ['practice'],
    },
    {
      when: 'two of one kind are in force, which stay in the order they came in',
      facts: [fact('closure', 'a'), fact('closure', 'b'), fact('terms')],
      first: 'terms',
      others: ['a', 'b'],
    },
    {
      when: 'one of two closures was put away',
      facts: [fact('closure', 'a'), fact('closure', 'b'), fact('practice')],
      away: ['a'],
      first: 'b',
      others: ['practice'],
    },
    {
      when: 'all that may be was put away',
      facts: [fact('practice')],
      away: ['practice'],
      first: null,
      others: [],
    },
    {
      when: 'what wants an act is named among what was put away',
      facts: [fact('store-damaged'), fact('terms')],
      away: ['store-damaged', 'terms'],
      first: 'store-damaged',
      others: ['terms'],
    },
    {
      when: 'the store is damaged and everything else is in force too',
      facts: bannerOrder.map((kind) => fact(kind)).toReversed(),
      first: 'store-read-only',
      others: bannerOrder.slice(1),
    },
  ];
  for (const { when, facts, away = [], first, others } of rows)
    test(`banner shows one line when ${when}`, () => {
      const line = bannerLine(facts, new Set(away));
      expect(line.first?.key ?? null).toBe(first);
      expect(line.others.map((other) => other.key)).toEqual(others);
    });

  test('no two facts are lost or doubled, whatever is in force', () => {
    let tried = 0;
    for (let mask = 0; mask < 2 ** bannerOrder.length; mask += 7) {
      const facts = bannerOrder.filter((_, index) => (mask & (1 << index)) !== 0).map((kind) => fact(kind));
      const { first, others } = bannerLine(facts, none);
      expect(first === null ? [] : [first, ...others]).toEqual(facts);
      tried += 1;
    }
    expect(tried).toBeGreaterThan(4_000);
  });

  test('only what the chip of the portal goes on saying may be put away', () => {
    expect(bannerOrder.filter((kind) => mayBePutAway(fact(kind)))).toEqual([
      'closure',
      'maintenance',
      'practice',
    ]);
  });
});

describe('notice in force', () => {
  const nowMs = Date.parse('2026-12-07T10:00:00.000Z');
  for (const [when, kind, startsAt, endsAt, expected] of [
    ['it has begun and not ended', 'closure', '2026-12-07T09:00:00.000Z', '2026-12-07T11:00:00.000Z', true],
    [
      'it begins at this instant',
      'maintenance',
      '2026-12-07T10:00:00.000Z',
      '2026-12-07T11:00:00.000Z',
      true,
    ],
    ['it ends at this instant', 'closure', '2026-12-07T09:00:00.000Z', '2026-12-07T10:00:00.000Z', false],
    ['its end is open', 'closure', '2026-12-07T09:00:00.000Z', null, true],
    ['it is ten days ahead', 'maintenance', '2026-12-17T09:00:00.000Z', '2026-12-17T11:00:00.000Z', false],
    ['it ends before it begins', 'closure', '2026-12-07T09:00:00.000Z', '2026-12-06T09:00:00.000Z', false],
    ['it changes nothing', 'info', '2026-12-07T09:00:00.000Z', null, false],
  ] as const)
    test(`notice is ${expected ? '' : 'not '}in force when ${when}`, () => {
      expect(isInForce({ kind, startsAt, endsAt }, nowMs)).toBe(expected);
    });
});
