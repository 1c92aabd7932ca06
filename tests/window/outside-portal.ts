import { expect, type Page } from '@playwright/test';
import { call, type OutsidePortal } from '../faults/killed-app.ts';
import { type Launched, launch } from './launch.ts';
import { firstRun } from './workshop.ts';

/** The program on a practice portal that is a process of its own, asked for news often; @param dataFolder where it worked before */
export function launchOn(
  { url, token }: Pick<OutsidePortal, 'url' | 'token'>,
  dataFolder?: string,
): Promise<Launched> {
  return launch({
    ...(dataFolder === undefined ? {} : { dataFolder }),
    env: { PRACTICE_URL: url, PRACTICE_TOKEN: token, SYNC_MS: '300', ABSENT_GAP_MS: '200' },
  });
}

/** The first run is over, the terms are accepted, and the portal answers. */
export async function settledIn(page: Page): Promise<void> {
  await firstRun(page);
  const terms = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
  await expect(page.getByRole('button', { name: 'Portale: Portale di prova' })).toBeVisible();
}
