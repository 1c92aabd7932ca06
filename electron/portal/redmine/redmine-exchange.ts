import type { z } from 'zod';
import { AppFault } from '../../../shared/domain/app-error.ts';
import { outcomeOf, refusalOf } from '../contract/answer-outcome.ts';
import type { Answer, HttpRequest, SendHttp } from '../contract/http-client.ts';
import { type PortalFailure, refused, type Repeat } from '../contract/outcome.ts';
import { serverInstant } from '../contract/retry-after.ts';
import { toSafeFailure } from '../contract/to-safe-error.ts';
import type { PortalOutcome } from '../port.ts';
import { errorsSchema } from './redmine-answers.ts';

/** Asked for each request; null where nobody gave a key; may throw an AppFault of the keychain. */
export type KeySource = () => Promise<string | null>;

export type RedmineAsk = {
  /** Read to the letter: something is decided by what is there and what is not. */
  readonly get: <T>(path: string, schema: z.ZodType<T>, turn?: AbortSignal) => Promise<PortalOutcome<T>>;
  /** Read as far as it can be, where nothing is decided by it. */
  readonly hear: RedmineAsk['get'];
  readonly post: <T>(
    path: string,
    body: object,
    schema: z.ZodType<T>,
    isOurs: (value: T) => boolean,
    turn?: AbortSignal,
  ) => Promise<PortalOutcome<T>>;
  /** The server answers a change with nothing: what became of it is seen by reading it back. */
  readonly put: (
    path: string,
    body: object,
    repeat: Repeat,
    turn?: AbortSignal,
  ) => Promise<PortalOutcome<null>>;
  /** One request as it is, with the key; for files. */
  readonly send: (request: HttpRequest, repeat: Repeat) => Promise<Answer | PortalFailure>;
  readonly failureOf: (answer: Answer, repeat: Repeat) => PortalFailure;
  /** What a good answer says. */
  readonly read: <T>(answer: Answer, schema: z.ZodType<T>) => PortalOutcome<T>;
};

export function isFailure(sent: Answer | PortalFailure): sent is PortalFailure {
  return 'kind' in sent;
}

/** A refusal of the server's own says so without a word: somebody else's page has some. */
const isBare = ({ text }: Answer): boolean => text !== null && text.trim() === '';

/** What an answer outside 200-299 means: one table for every request (P1 to P3). The server's words are not kept: they may repeat ours. */
function failureOf(answer: Answer, repeat: Repeat, nowMs: number): PortalFailure {
  const params = { status: answer.status };
  const isJudged =
    answer.status === 422 &&
    outcomeOf({ ...answer, status: 200 }, errorsSchema, 'repeatable', nowMs).kind === 'done';
  const told = isJudged
    ? refused('portal.rejected', 'never', params)
    : answer.status === 403 && isBare(answer)
      ? refused('portal.forbidden', 'never', params)
      : answer.status === 404 && isBare(answer)
        ? refused('portal.notFound', 'never', params)
        : refusalOf(answer, repeat, nowMs);
  const failure =
    told.error.code === 'portal.unauthorized' ? refused('portal.keyRefused', 'later', params) : told;
  const isOwn = failure.error.code !== 'portal.notTheApi' && failure.error.code !== 'portal.proxyRefused';
  return isOwn ? { ...failure, serverDate: serverInstant(answer.header('date')) } : failure;
}

/**
 * Every request to a Redmine: the key goes in a header, to that one origin, and nothing of an error but its code comes back. None of the
 * ways throws, and nothing is sent twice in here.
 */
export function redmineExchange(http: SendHttp, key: KeySource, nowMs: () => number): RedmineAsk {
  const send: RedmineAsk['send'] = async (request, repeat) => {
    let known: string | null;
    try {
      known = await key();
    } catch (error) {
      // A keychain that does not answer is a reason to wait, not to forget what was to be sent (DAMAGE-4).
      if (!(error instanceof AppFault)) throw error;
      return refused(error.error.code, 'later');
    }
    // What cannot stand in a header is no key of this server's.
    if (known === null || !/^[\x21-\x7e]{1,200}$/u.test(known)) return refused('portal.keyRefused', 'later');
    if (request.signal?.aborted === true) return refused('cancelled', 'later');
    try {
      return await http({ ...request, headers: { ...request.headers, 'X-Redmine-API-Key': known } });
    } catch (error) {
      return toSafeFailure(error, repeat);
    }
  };
  const during = (turn: AbortSignal | undefined): { readonly signal?: AbortSignal } =>
    turn === undefined ? {} : { signal: turn };
  const isGood = ({ status }: Answer): boolean => status >= 200 && status <= 299;
  const json = { 'Content-Type': 'application/json' };
  const reading =
    (isLenient: boolean): RedmineAsk['get'] =>
    async (path, schema, turn) => {
      const sent = await send(
        { method: 'GET', path, headers: {}, body: null, isLenient, ...during(turn) },
        'repeatable',
      );
      if (isFailure(sent)) return sent;
      return isGood(sent)
        ? outcomeOf(sent, schema, 'repeatable', nowMs())
        : failureOf(sent, 'repeatable', nowMs());
    };
  return {
    send,
    failureOf: (answer, repeat) => failureOf(answer, repeat, nowMs()),
    read: (answer, schema) => outcomeOf(answer, schema, 'repeatable', nowMs()),
    get: reading(false),
    hear: reading(true),
    post: async (path, body, schema, isOurs, turn) => {
      const sent = await send(
        { method: 'POST', path, headers: json, body: JSON.stringify(body), ...during(turn) },
        'once',
      );
      if (isFailure(sent)) return sent;
      return isGood(sent)
        ? outcomeOf(sent, schema, 'once', nowMs(), isOurs)
        : failureOf(sent, 'once', nowMs());
    },
    put: async (path, body, repeat, turn) => {
      const sent = await send(
        { method: 'PUT', path, headers: json, body: JSON.stringify(body), ...during(turn) },
        repeat,
      );
      if (isFailure(sent)) return sent;
      return isGood(sent)
        ? { kind: 'done', value: null, serverDate: serverInstant(sent.header('date')) }
        : failureOf(sent, repeat, nowMs());
    },
  };
}
