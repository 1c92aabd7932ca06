import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appError, errorCodes } from '../../shared/domain/app-error.ts';
import { concernsAll, holdAfter, holdAfterFailures, noHold, type QueueHold } from '../../shared/flows/queue-hold.ts';
import { retryLimits } from '../../shared/flows/retry.ts';

const after = (codes: readonly Parameters<typeof appError>[0][]): QueueHold =>
  codes.reduce((hold, code) => holdAfter(hold, appError(code), null, 0.5), noHold);

test.each([
  ['portal.readOnly', 'R-HOURS-3'],
  ['portal.maintenance', 'R-HOURS-4'],
  ['portal.unauthorized', 'P1'],
] as const)('queue waits as a whole when one item met %s (%s)', (code, _rule) => {
  expect(after([code]).hold?.reason.code).toBe(code);
});

test('queue waits as a whole when five failures of the portal came in a row', () => {
  const four = Array.from({ length: holdAfterFailures - 1 }, () => 'portal.serverFault' as const);
  expect(after(four).hold).toBeNull();
  expect(after([...four, 'portal.timeout']).hold?.reason.code).toBe('portal.timeout');
});

test('queue goes on when the failure is of one item alone', () => {
  expect(after(Array.from({ length: 20 }, () => 'portal.rejected' as const))).toEqual(noHold);
});

test('hold never lasts longer than the cap of a Retry-After when any failure came any number of times', () => {
  let held = 0;
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...errorCodes), { maxLength: 40 }),
      fc.option(fc.integer({ min: 0, max: 400 * 86_400_000 })),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (codes, retryAfterMs, random) => {
        let hold = noHold;
        for (const code of codes) {
          hold = holdAfter(hold, appError(code), retryAfterMs, random);
          if (hold.hold !== null) {
            held += 1;
            expect(hold.hold.waitMs).toBeLessThanOrEqual(retryLimits.retryAfterCapMs);
            expect(concernsAll(hold.hold.reason)).toBe(true);
          }
        }
      },
    ),
  );
  expect(held).toBeGreaterThan(100);
});
