import type { Page } from '@playwright/test';

/**
 * Resolves once nothing on the page is on the move: no transition runs, and everything stood in the same place for 12 frames on end.
 * Fails by the test's own limit where something never stops.
 */
export async function still(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let last = '';
        let same = 0;
        const look = (): void => {
          const now = [...document.querySelectorAll('main *, [role="dialog"] *, [role="alertdialog"] *')]
            .map((item) => {
              const { top, left, width, height } = item.getBoundingClientRect();
              return `${top} ${left} ${width} ${height}`;
            })
            .join();
          const isMoving = document.getAnimations().some(({ playState, effect }) => {
            const ends = effect?.getComputedTiming().endTime;
            return playState === 'running' && Number.isFinite(Number(ends));
          });
          same = now === last && !isMoving ? same + 1 : 0;
          last = now;
          if (same >= 12) resolve();
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );
}
