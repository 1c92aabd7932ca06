import { environmentInTests } from '../../platform/failpoint.ts';
import type { RunningPractice } from '../portal-transport.ts';

/**
 * A practice portal that outlives the program, so that a test can kill the program and look at the portal's journal. Null in every
 * build for people.
 */
export function practiceForTests(): Promise<RunningPractice> | null {
  const url = environmentInTests('PRACTICE_URL');
  const token = environmentInTests('PRACTICE_TOKEN');
  return url === null || token === null ? null : Promise.resolve({ url, token, stop: async () => undefined });
}
