import type { z } from 'zod';
import { apiBase } from '../../../shared/portal/wire.ts';
import type { PortalOutcome } from '../port.ts';
import { lookUpOutcome, outcomeOf } from './answer-outcome.ts';
import type { Answer } from './http-client.ts';
import type { Repeat } from './outcome.ts';
import { serverInstant } from './retry-after.ts';
import type { SendAuthorized } from './sign-in.ts';

/** The three ways to ask a portal under its contract. None of them throws: a failure is an outcome. */
export type ContractRequests = {
  /** Reads what stands under a path; `isLenient` as the HTTP client means it. */
  readonly get: <T>(
    path: string,
    schema: z.ZodType<T>,
    turn?: AbortSignal,
    isLenient?: boolean,
  ) => Promise<PortalOutcome<T>>;
  /** Tells the portal something; `key` null where a repeat does no harm. An answer that is not `isOurs` confirms nothing. */
  readonly post: <T>(
    path: string,
    schema: z.ZodType<T>,
    body: object,
    key: string | null,
    isOurs: (value: T) => boolean,
    turn?: AbortSignal,
  ) => Promise<PortalOutcome<T>>;
  /** Looks for what was sent under our reference; null where the portal has nothing of it. */
  readonly find: <T extends { readonly clientReference: string }>(
    path: string,
    reference: string,
    schema: z.ZodType<T>,
    turn: AbortSignal | undefined,
  ) => Promise<PortalOutcome<T | null>>;
};

/** A refusal of the portal's own tells its time as well as a success does; a page of somebody else does not. */
function withTime<T>(outcome: PortalOutcome<T>, answer: Answer): PortalOutcome<T> {
  if (
    outcome.kind === 'done' ||
    outcome.error.code === 'portal.notTheApi' ||
    outcome.error.code === 'portal.proxyRefused'
  )
    return outcome;
  return { ...outcome, serverDate: serverInstant(answer.header('date')) };
}

/** The part of a request that ends it with the turn it belongs to. */
function during(turn: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return turn === undefined ? {} : { signal: turn };
}

/** @param nowMs wall clock in epoch milliseconds, for a Retry-After of a portal that sends no Date */
export function contractRequests(send: SendAuthorized, nowMs: () => number): ContractRequests {
  return {
    get: async (path, schema, turn, isLenient = false) => {
      const sent = await send(
        { method: 'GET', path: apiBase + path, headers: {}, body: null, isLenient, ...during(turn) },
        'repeatable',
      );
      return sent.kind === 'failed'
        ? sent.failure
        : withTime(outcomeOf(sent.answer, schema, 'repeatable', nowMs()), sent.answer);
    },
    post: async (path, schema, body, key, isOurs, turn) => {
      const repeat: Repeat = key === null ? 'repeatable' : 'once';
      const headers = {
        'Content-Type': 'application/json',
        ...(key === null ? {} : { 'Idempotency-Key': key }),
      };
      const sent = await send(
        { method: 'POST', path: apiBase + path, headers, body: JSON.stringify(body), ...during(turn) },
        repeat,
      );
      return sent.kind === 'failed'
        ? sent.failure
        : withTime(outcomeOf(sent.answer, schema, repeat, nowMs(), isOurs), sent.answer);
    },
    find: async (path, reference, schema, turn) => {
      const from = `${apiBase}/references${path}/${encodeURIComponent(reference)}`;
      const sent = await send(
        { method: 'GET', path: from, headers: {}, body: null, ...during(turn) },
        'repeatable',
      );
      return sent.kind === 'failed'
        ? sent.failure
        : lookUpOutcome(sent.answer, schema, nowMs(), (value) => value.clientReference === reference);
    },
  };
}
