import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Forwarded } from './forward.ts';

const answerSchema = z.object({
  status: z.number().int(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
});

/**
 * What goes wrong with one request. `commits`: the portal carries the request out first, so that the wrong answer is a lie about
 * something that happened. Times in milliseconds, sizes in bytes.
 */
export const faultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** The connection is reset instead of an answer. */
  z.object({ kind: z.literal('reset'), commits: z.boolean() }),
  z.object({ kind: z.literal('silence'), commits: z.boolean() }),
  z.object({ kind: z.literal('delay'), ms: z.number() }),
  /** The portal gets the request twice; the client gets the second answer. */
  z.object({ kind: z.literal('duplicate') }),
  z.object({ kind: z.literal('answer'), commits: z.boolean(), answer: answerSchema }),
  /** The true answer, cut in the middle of its body. */
  z.object({ kind: z.literal('half-answer') }),
  /** Headers at once, then one byte at a time, for ever. */
  z.object({ kind: z.literal('drip'), commits: z.boolean(), everyMs: z.number() }),
  z.object({ kind: z.literal('huge'), commits: z.boolean(), bytes: z.number(), gzip: z.boolean() }),
  /** An upload's connection is reset after so many bytes of the chunk have reached the portal. */
  z.object({ kind: z.literal('cut-upload'), afterBytes: z.number() }),
]);
/** Beside those a test may change the true answer, after the portal did what it was asked. */
export type Fault =
  | z.infer<typeof faultSchema>
  | { readonly kind: 'rewrite'; readonly rewrite: (answer: Forwarded) => Forwarded };

/** `bytes`: size of the body as its header names it. */
export type FaultyRequest = {
  readonly method: string;
  readonly path: string;
  readonly count: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
};
export type FaultPlan = (request: FaultyRequest) => Fault;

export const noFault: Fault = { kind: 'none' };

const problem = (status: number, code: string): string =>
  JSON.stringify({ type: 'about:blank', title: code, status, code });

/** A problem of the contract. */
export function problemAnswer(
  status: number,
  code: string,
  headers: Record<string, string> = {},
  commits = false,
): Fault {
  return {
    kind: 'answer',
    commits,
    answer: {
      status,
      headers: { 'content-type': 'application/problem+json', ...headers },
      body: problem(status, code),
    },
  };
}

/** A page of somebody else: a captive portal, a proxy. */
export function pageAnswer(status: number, commits = false): Fault {
  return {
    kind: 'answer',
    commits,
    answer: {
      status,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!doctype html><title>Sign in to the network</title>',
    },
  };
}

export function jsonAnswer(body: string, commits = false): Fault {
  return {
    kind: 'answer',
    commits,
    answer: { status: 201, headers: { 'content-type': 'application/json' }, body },
  };
}

/** A small generator (mulberry32): the same seed gives the same schedule, so that a failing one can be walked again. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Faults that end at once, so that a thousand schedules can be walked; `share` of all creations (0 to 1) get one. */
export function seededFaults(seed: number, share: number): FaultPlan {
  const random = seededRandom(seed);
  const drawn: readonly Fault[] = [
    { kind: 'reset', commits: true },
    { kind: 'reset', commits: false },
    { kind: 'duplicate' },
    { kind: 'half-answer' },
    { kind: 'delay', ms: 2 },
    pageAnswer(200, true),
    pageAnswer(200),
    pageAnswer(302, true),
    problemAnswer(500, 'fault', {}, true),
    problemAnswer(500, 'fault'),
    problemAnswer(503, 'maintenance', { 'retry-after': '0' }),
    problemAnswer(429, 'rate-limited', { 'retry-after': '0' }),
    problemAnswer(409, 'key-in-progress'),
    jsonAnswer('{"number":"P-', true),
    jsonAnswer('{"__proto__":{"number":"P-000001"}}', true),
    jsonAnswer('"P-000001"', true),
  ];
  return ({ method, path }) => {
    if (method === 'GET' || path.endsWith('/session') || random() >= share) return noFault;
    return drawn[Math.floor(random() * drawn.length)] ?? noFault;
  };
}
