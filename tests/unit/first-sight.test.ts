import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { firstSight } from '../../electron/app/first-sight.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** When the first screen of a window with these questions was taken for shown. @param questions [asked, answered], milliseconds */
async function shownAt(questions: readonly (readonly [number, number])[]): Promise<number | null> {
  const sight = firstSight(300, 3_000);
  const beganMs = Date.now();
  let at: number | null = null;
  void sight.shown.then(() => {
    at = Date.now() - beganMs;
  });
  for (const [askedMs, answeredMs] of questions)
    setTimeout(() => {
      const answer = new Promise<void>((resolve, reject) =>
        setTimeout(answeredMs % 20 === 0 ? resolve : reject, answeredMs - askedMs),
      );
      // Whoever asked hears of a failure; here nobody did.
      answer.catch(() => undefined);
      sight.asked(answer);
    }, askedMs);
  await vi.advanceTimersByTimeAsync(20_000);
  return at;
}

test.each([
  [
    'questions that end',
    [
      [100, 110],
      [200, 260],
      [400, 410],
    ],
    710,
  ],
  ['one question that is answered late', [[100, 1_000]], 1_300],
  [
    'one that overtakes another',
    [
      [100, 900],
      [110, 120],
      [600, 610],
    ],
    1_200,
  ],
  ['no question', [], 3_000],
  ['a question that has no answer', [[100, 15_000]], 3_000],
  ['questions without end', Array.from({ length: 100 }, (_, nth) => [nth * 100, nth * 100 + 10]), 3_000],
] as const)('first screen stands after %s', async (_name, questions, at) => {
  expect(await shownAt(questions as readonly (readonly [number, number])[])).toBe(at);
});

test('first screen that stands leaves no timer behind, and a late question begins none', async () => {
  const sight = firstSight(300, 3_000);
  sight.asked(Promise.resolve());
  await vi.advanceTimersByTimeAsync(300);
  await sight.shown;
  expect(vi.getTimerCount()).toBe(0);
  sight.asked(Promise.resolve());
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
});
