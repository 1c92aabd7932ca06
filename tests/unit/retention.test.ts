import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceIdSchema, sha256Schema } from '../../shared/domain/ids.ts';
import {
  filesThatMayGo,
  type FileUse,
  type KeptFile,
  keptFilesSchema,
} from '../../shared/rules/retention.ts';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-11-24T12:00:00.000Z');
const idOf = (index: number) =>
  evidenceIdSchema.parse(`0b6f0c1e-6f4e-4c39-9a53-${String(index).padStart(12, '0')}`);
const file = (index: number, bytes: number): KeptFile => ({
  id: idOf(index),
  sha256: sha256Schema.parse(String(bytes).padStart(64, '0')),
});
const use = (index: number, closedDaysAgo: number | null): FileUse => ({
  id: idOf(index),
  closedAtMs: closedDaysAgo === null ? null : nowMs - closedDaysAgo * dayMs,
});

test.each([
  ['30-days', 30, []],
  ['30-days', 30.1, [0]],
  ['30-days', null, []],
  ['30-days', -400, []],
  ['6-months', 183, []],
  ['6-months', 184, [0]],
  ['6-months', 31, []],
  ['until-erased', 10_000, []],
] as const)('R-PRIVACY-1: with "%s", a file of a request closed %s days ago: %j goes', (chosen, closedDaysAgo, going) => {
  expect(filesThatMayGo([file(0, 0)], [use(0, closedDaysAgo)], chosen, nowMs)).toEqual(
    going.map(() => file(0, 0)),
  );
});

test('R-PRIVACY-1: a file that no place names stays', () => {
  expect(filesThatMayGo([file(0, 0)], [], '30-days', nowMs)).toEqual([]);
});

describe('R-PRIVACY-1 whatever files and uses there are', () => {
  const world = fc.record({
    files: fc.array(fc.nat(4), { maxLength: 8 }).map((bytes) => bytes.map((of, index) => file(index, of))),
    uses: fc
      .array(fc.tuple(fc.nat(9), fc.option(fc.integer({ min: -400, max: 400 }))), { maxLength: 20 })
      .map((list) => list.map(([index, days]) => use(index, days))),
    chosen: fc.constantFrom(...keptFilesSchema.options),
  });
  const isOver = (one: FileUse, days: number): boolean =>
    one.closedAtMs !== null && nowMs - one.closedAtMs > days * dayMs;

  test('no bytes go that a use within the period, a use still open, or a file nobody named lies on', () => {
    let went = 0;
    fc.assert(
      fc.property(world, ({ files, uses, chosen }) => {
        const days = { 'until-erased': Number.POSITIVE_INFINITY, '30-days': 30, '6-months': 183 }[chosen];
        for (const gone of filesThatMayGo(files, uses, chosen, nowMs)) {
          went += 1;
          for (const other of files.filter((one) => one.sha256 === gone.sha256)) {
            const named = uses.filter((one) => one.id === other.id);
            expect(named.length > 0 && named.every((one) => isOver(one, days))).toBe(true);
          }
        }
      }),
      { numRuns: 2_000 },
    );
    expect(went).toBeGreaterThan(100);
  });

  test('what may go goes with every file on the same bytes, and nothing may go a second time', () => {
    fc.assert(
      fc.property(world, ({ files, uses, chosen }) => {
        const gone = filesThatMayGo(files, uses, chosen, nowMs);
        const left = files.filter((one) => !gone.includes(one));
        expect(left.some((one) => gone.some((other) => other.sha256 === one.sha256))).toBe(false);
        expect(filesThatMayGo(left, uses, chosen, nowMs)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('one more use never lets more go', () => {
    fc.assert(
      fc.property(world, fc.nat(7), ({ files, uses, chosen }, index) => {
        const before = new Set(filesThatMayGo(files, uses, chosen, nowMs));
        expect(
          filesThatMayGo(files, [...uses, use(index, null)], chosen, nowMs).every((one) => before.has(one)),
        ).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
