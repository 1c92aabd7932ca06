import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appError, errorCodes } from '../../shared/domain/app-error.ts';
import {
  concernsAll,
  waitAfter,
  waitAfterFailures,
  noWait,
  type QueueWait,
} from '../../shared/flows/queue-wait.ts';
import { retryLimits } from '../../shared/flows/retry.ts';

const after = (codes: readonly Parameters<typeof appError>[0][]): QueueWait =>
  codes.reduce((wait, code) => waitAfter(wait, appError(code), null, 0.5), noWait);

test.each([
  ['portal.readOnly', 'R-HOURS-3'],
  ['portal.maintenance', 'R-HOURS-4'],
  ['portal.unauthorized', 'P1'],
] as const)('queue waits as a whole when one item met %s (%s)', (code, _rule) => {
  expect(after([code]).all?.reason.code).toBe(code);
});

test('queue waits as a whole when five failures of the portal came in a row', () => {
  const four = Array.from({ length: waitAfterFailures - 1 }, () => 'portal.serverFault' as const);
  expect(after(four).all).toBeNull();
  expect(after([...four, 'portal.timeout']).all?.reason.code).toBe('portal.timeout');
});

test('queue goes on when the failure is of one item alone', () => {
  expect(after(Array.from({ length: 20 }, () => 'portal.rejected' as const))).toEqual(noWait);
});

test('wait never lasts longer than the cap of a Retry-After when any failure came any number of times', () => {
  let held = 0;
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...errorCodes), { maxLength: 40 }),
      fc.option(fc.integer({ min: 0, max: 400 * 86_400_000 })),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (codes, retryAfterMs, random) => {
        let wait = noWait;
        for (const code of codes) {
          wait = waitAfter(wait, appError(code), retryAfterMs, random);
          if (wait.all !== null) {
            held += 1;
            expect(wait.all.waitMs).toBeLessThanOrEqual(retryLimits.retryAfterCapMs);
            expect(concernsAll(wait.all.reason)).toBe(true);
          }
        }
      },
    ),
  );
  expect(held).toBeGreaterThan(100);
});
