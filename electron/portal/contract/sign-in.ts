import { createHash } from 'node:crypto';
import { AppFault } from '../../../shared/domain/app-error.ts';
import { apiBase, sessionSchema } from '../../../shared/portal/wire.ts';
import type { PortalOutcome } from '../port.ts';
import { outcomeOf } from './answer-outcome.ts';
import type { Answer, HttpRequest, SendHttp } from './http-client.ts';
import { mapDone, type PortalFailure, refused, type Repeat } from './outcome.ts';
import { toSafeFailure } from './to-safe-error.ts';

export type PortalCredentials = { readonly user: string; readonly password: string };
/** Asked only when a session is needed; null when the person has not signed in; may throw an AppFault of the keychain. */
export type CredentialSource = () => Promise<PortalCredentials | null>;

export type Authorized =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly failure: PortalFailure };
export type SendAuthorized = (request: HttpRequest, repeat: Repeat) => Promise<Authorized>;

// When it ends is the portal's affair: a 401 says so.
const tokenSchema = sessionSchema.pick({ token: true });

/** Milliseconds; either way, so that a PC clock set back does not make it longer. */
const refusedForMs = 15 * 60_000;

function digestOf({ user, password }: PortalCredentials): string {
  return createHash('sha256')
    .update(JSON.stringify([user, password]))
    .digest('base64');
}

/**
 * Puts a session on every request. A 401 leads to one new sign-in and one more try, never more (P1). Credentials the portal has
 * refused are not offered again for 15 minutes, unless they change: a queue full of requests must not lock the account, and a
 * portal that was wrong about them must not shut the person out for ever.
 */
export function signedIn(send: SendHttp, credentials: CredentialSource, nowMs: () => number): SendAuthorized {
  let session: string | null = null;
  let opening: Promise<PortalFailure | null> | null = null;
  let refusal: { readonly digest: string; readonly atMs: number } | null = null;

  const open = async (): Promise<PortalFailure | null> => {
    let known: PortalCredentials | null;
    try {
      known = await credentials();
    } catch (error) {
      // A keychain that does not answer is a reason to wait, not to forget what was to be sent (DAMAGE-4).
      if (!(error instanceof AppFault)) throw error;
      return refused(error.error.code, 'later');
    }
    if (known === null) return refused('portal.unauthorized', 'later');
    const digest = digestOf(known);
    if (refusal?.digest === digest && Math.abs(nowMs() - refusal.atMs) < refusedForMs)
      return refused('portal.unauthorized', 'later');
    let outcome: PortalOutcome<string>;
    try {
      const answer = await send({
        method: 'POST',
        path: `${apiBase}/session`,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ user: known.user, password: known.password }),
      });
      // The request itself has not left: whatever became of the sign-in, it may be tried again.
      outcome = mapDone(outcomeOf(answer, tokenSchema, 'repeatable', nowMs()), (value) => value.token);
    } catch (error) {
      return toSafeFailure(error, 'repeatable');
    }
    refusal =
      outcome.kind === 'refused' && outcome.error.code === 'portal.unauthorized'
        ? { digest, atMs: nowMs() }
        : null;
    if (outcome.kind !== 'done') return outcome;
    session = outcome.value;
    return null;
  };
  /** Several requests at once share one sign-in; one that another request already renewed is used as it is. */
  const renew = (stale: string | null): Promise<PortalFailure | null> => {
    if (session !== stale) return Promise.resolve(null);
    opening ??= open().finally(() => {
      opening = null;
    });
    return opening;
  };
  const once = async (request: HttpRequest, repeat: Repeat): Promise<Authorized> => {
    // Given up while the session was being opened: nothing of it has left, and nothing does.
    if (request.signal?.aborted === true) return { kind: 'failed', failure: refused('cancelled', 'later') };
    try {
      return {
        kind: 'answer',
        answer: await send({
          ...request,
          headers: { ...request.headers, Authorization: `Bearer ${session ?? ''}` },
        }),
      };
    } catch (error) {
      return { kind: 'failed', failure: toSafeFailure(error, repeat) };
    }
  };
  return async (request, repeat) => {
    const first = session === null ? await renew(null) : null;
    if (first !== null) return { kind: 'failed', failure: first };
    const used = session;
    const sent = await once(request, repeat);
    if (sent.kind === 'failed' || sent.answer.status !== 401) return sent;
    const failure = await renew(used);
    return failure === null ? once(request, repeat) : { kind: 'failed', failure };
  };
}
