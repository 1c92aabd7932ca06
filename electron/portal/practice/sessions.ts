import { createHash, timingSafeEqual } from 'node:crypto';

/** Session token to the epoch ms at which it ends. In memory on purpose: a restart asks for a new sign-in. */
export type Sessions = Map<string, number>;

export const sessionLifeMs = 12 * 60 * 60 * 1_000;

/** Compares in a time that tells nothing about where two secrets differ. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** True for `Bearer` with the portal's own token or with a session that has not ended. */
export function mayEnter(
  authorization: string | undefined,
  token: string,
  sessions: Sessions,
  nowMs: number,
): boolean {
  const given = /^Bearer (\S{1,4096})$/u.exec(authorization ?? '')?.[1];
  if (given === undefined) return false;
  return sameSecret(given, token) || (sessions.get(given) ?? 0) > nowMs;
}
