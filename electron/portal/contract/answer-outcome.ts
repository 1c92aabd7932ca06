import type { z } from 'zod';
import type { AppError, ErrorCode } from '../../../shared/domain/app-error.ts';
import { jsonOf } from '../../../shared/domain/json-of.ts';
import {
  messageRequestSchema,
  privateMessageRequestSchema,
  problemSchema,
  sessionRequestSchema,
  ticketRequestSchema,
  uploadMetadataSchema,
  type WireProblem,
} from '../../../shared/portal/wire.ts';
import { mendedJson } from '../../../shared/portal/mended-json.ts';
import { utcTimes } from '../../../shared/portal/utc-times.ts';
import type { PortalOutcome } from '../port.ts';
import type { Answer } from './http-client.ts';
import { inDoubt, type PortalFailure, refused, type Repeat } from './outcome.ts';
import { retryAfterMs, serverInstant } from './retry-after.ts';

/** `doubt` stands for answers behind which the request may have been carried out. */
type Meaning = { readonly code: ErrorCode; readonly fate: 'never' | 'later' | 'doubt' };

/** Statuses that say by themselves that nothing was processed, whoever answered: the portal or something on the way to it. */
const plainWords: Readonly<Record<number, Meaning>> = {
  401: { code: 'portal.unauthorized', fate: 'later' },
  407: { code: 'portal.proxyRefused', fate: 'later' },
  413: { code: 'portal.tooLarge', fate: 'never' },
  423: { code: 'portal.conflict', fate: 'later' },
  425: { code: 'portal.rateLimited', fate: 'later' },
  429: { code: 'portal.rateLimited', fate: 'later' },
  503: { code: 'portal.serverFault', fate: 'later' },
  511: { code: 'portal.notTheApi', fate: 'later' },
};

/** What the contract's own word means; null where the status says more. */
function ofProblem(problem: WireProblem): Meaning | null {
  switch (problem.code) {
    case 'read-only':
      return { code: 'portal.readOnly', fate: 'later' };
    case 'maintenance':
      return { code: 'portal.maintenance', fate: 'later' };
    case 'ticket-closed':
      return { code: 'portal.rejected', fate: 'never' };
    case 'no-route':
      return { code: 'portal.notTheApi', fate: 'later' };
    case 'key-in-progress':
      return { code: 'portal.conflict', fate: 'doubt' };
    // Our own reference is there already under a key the portal has forgotten: the look-up will find it.
    case 'key-reused':
      return { code: 'portal.conflict', fate: problem.field === undefined ? 'never' : 'doubt' };
    default:
      return null;
  }
}

function meaningOf(status: number, problem: WireProblem | null): Meaning {
  const said = (problem === null ? null : ofProblem(problem)) ?? plainWords[status];
  if (said !== undefined) return said;
  if (status === 408) return { code: 'portal.timeout', fate: 'doubt' };
  if (status >= 500) return { code: 'portal.serverFault', fate: 'doubt' };
  if (status === 409) return { code: 'portal.conflict', fate: 'doubt' };
  // The contract has no redirects and always gives problem details: somebody else answered, perhaps after passing the request on
  // (FINDING-8).
  if (status < 400 || problem === null) return { code: 'portal.notTheApi', fate: 'doubt' };
  if (status === 403) return { code: 'portal.forbidden', fate: 'never' };
  if (status === 404) return { code: 'portal.notFound', fate: 'never' };
  return { code: 'portal.rejected', fate: 'never' };
}

/** Objects and lists of one answer; a page of news in full has not a tenth of them. */
const mostParts = 200_000;

/** An answer as JSON with its times in UTC; undefined where it is none, or made of so many parts that reading them alone would make the program stand. */
function read({ text, isLenient = false }: Answer): unknown {
  if (text === null) return undefined;
  let parts = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '{' || text[index] === '[') parts += 1;
    if (parts > mostParts) return undefined;
  }
  const value = jsonOf(text);
  return utcTimes(value === undefined && isLenient ? jsonOf(mendedJson(text)) : value);
}

/** The contract's problem details in an answer; null when it holds none, or some that speak of another status. */
export function problemOf(answer: Answer): WireProblem | null {
  const parsed = problemSchema.safeParse(read(answer));
  return parsed.success && parsed.data.status === answer.status ? parsed.data : null;
}

/** Every field this program ever sends, by the names of the contract. */
const ownFields: ReadonlySet<string> = new Set([
  ...[
    sessionRequestSchema,
    ticketRequestSchema,
    messageRequestSchema,
    privateMessageRequestSchema,
    uploadMetadataSchema,
  ].flatMap(({ shape }) => Object.keys(shape)),
  ...Object.keys(ticketRequestSchema.shape.terms.shape).map((name) => `terms.${name}`),
]);

/**
 * What of a problem is kept with the failure: it lies in the store and in what is exported, so it is said in our own words alone. A field
 * is one of those we send, a reason one of the contract, an end an instant written anew; whatever else stands there is left behind.
 */
function ownWords({ field, code, until }: WireProblem): AppError['params'] {
  const endMs = until === undefined ? Number.NaN : Date.parse(until);
  return {
    ...(field !== undefined && ownFields.has(field) ? { field } : {}),
    ...(code === undefined ? {} : { reason: code }),
    ...(Number.isNaN(endMs) ? {} : { until: new Date(endMs).toISOString() }),
  };
}

/** How long an answer asks to be left alone, in milliseconds; null where it asks for nothing (P2). */
function askedRestMs({ header }: Answer, nowMs: number): number | null {
  return retryAfterMs(header('retry-after'), serverInstant(header('date')), nowMs);
}

/** A status outside 200-299 as an outcome: one table for every request of the contract (P1 to P3). */
export function refusalOf(answer: Answer, repeat: Repeat, nowMs: number): PortalFailure {
  const problem = problemOf(answer);
  const { code, fate } = meaningOf(answer.status, problem);
  const params: AppError['params'] = {
    status: answer.status,
    ...(problem === null ? {} : ownWords(problem)),
  };
  if (fate === 'never') return refused(code, fate, params);
  const waitMs = askedRestMs(answer, nowMs);
  return fate === 'doubt' ? inDoubt(code, repeat, params, waitMs) : refused(code, fate, params, waitMs);
}

/**
 * An answer as an outcome. Success is believed only when the body is JSON of the schema and `isOurs` recognises it; anything else
 * where the contract has JSON is somebody else's page (FINDING-11, P6).
 */
export function outcomeOf<T>(
  answer: Answer,
  schema: z.ZodType<T>,
  repeat: Repeat,
  nowMs: number,
  isOurs: (value: T) => boolean = () => true,
): PortalOutcome<T> {
  if (answer.status < 200 || answer.status > 299) return refusalOf(answer, repeat, nowMs);
  const params = { status: answer.status };
  const waitMs = askedRestMs(answer, nowMs);
  if (!/^application\/json\b/iu.test(answer.header('content-type') ?? ''))
    return inDoubt('portal.notTheApi', repeat, params, waitMs);
  const parsed = schema.safeParse(read(answer));
  if (!parsed.success || !isOurs(parsed.data)) return inDoubt('portal.badAnswer', repeat, params, waitMs);
  return { kind: 'done', value: parsed.data, serverDate: serverInstant(answer.header('date')) };
}

/** As `outcomeOf` for a look-up: the portal's own `not-found` is an answer; any other 404 is not, for it must never license a second send. */
export function lookUpOutcome<T>(
  answer: Answer,
  schema: z.ZodType<T>,
  nowMs: number,
  isOurs: (value: T) => boolean,
): PortalOutcome<T | null> {
  if (answer.status === 404 && problemOf(answer)?.code === 'not-found')
    return { kind: 'done', value: null, serverDate: serverInstant(answer.header('date')) };
  return answer.status === 404
    ? refused('portal.notTheApi', 'later', { status: 404 }, askedRestMs(answer, nowMs))
    : outcomeOf(answer, schema, 'repeatable', nowMs, isOurs);
}
