import { Readable } from 'node:stream';
import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import type { Answer } from './http-client.ts';
import type { PortalFailure } from './outcome.ts';
import type { SendAuthorized } from './sign-in.ts';
import { ownAddress, type Stray, uploadOffset, type UploadWatch } from './upload-protocol.ts';

/** Below 1 KB/s over the stall time a transfer counts as dead (P8). */
const minBytesPerSecond = 1_024;

/**
 * The last thing that went wrong, in our own words: the upload library's errors quote the request. `copyFailed`: the file could not be
 * read as announced. `stray`: a success that is none of the protocol's.
 */
export type UploadTrace = {
  failure: PortalFailure | null;
  refusal: { readonly answer: Answer; readonly method: string } | null;
  stray: Stray | null;
  copyFailed: boolean;
};

export type TusStackParts = {
  readonly origin: string;
  /** Where uploads are announced, absolute. */
  readonly endpoint: string;
  readonly send: SendAuthorized;
  /** Milliseconds without enough bytes after which a piece is given up. */
  readonly stallMs: number;
  readonly sizeBytes: number;
  readonly watch: UploadWatch;
  readonly trace: UploadTrace;
  /** Aborted when the transfer is over: nothing is sent after that. */
  readonly over: AbortSignal;
  /** What is under way right now. */
  readonly requests: Set<Promise<unknown>>;
  /** The last piece is about to leave: from now on every byte may be on the portal. */
  readonly onLastPiece: () => void;
  /** How far the portal says it has come, after each answer that tells so. In bytes. */
  readonly onConfirmed: (bytes: number) => void;
};

function asResponse(answer: Answer): HttpResponse {
  return {
    getStatus: () => answer.status,
    getHeader: (name) => answer.header(name.toLowerCase()) ?? undefined,
    getBody: () => answer.text ?? '',
    getUnderlyingObject: () => null,
  };
}

/** One chunk as bytes: a stream could be read only once, and a session that ended meanwhile needs a second try. Null: cut short or unreadable. */
async function bytesOf(body: Readable): Promise<Buffer | null> {
  const announcedBytes: unknown = Reflect.get(body, 'size');
  const parts: Buffer[] = [];
  try {
    for await (const part of body) parts.push(Buffer.from(part));
  } catch {
    return null;
  }
  const bytes = Buffer.concat(parts);
  return bytes.length === announcedBytes ? bytes : null;
}

/**
 * Lets the upload library speak through our own client: one origin, the same limits, the session never on a foreign address. What the
 * portal answers is judged here, before the library builds on it; whatever is wrong becomes a request that failed, never an exception
 * where the library listens to none.
 */
export function tusHttpStack(parts: TusStackParts): HttpStack {
  const { origin, endpoint, send, stallMs, sizeBytes, watch, trace, over, requests } = parts;
  const strayOf = (method: string, { header }: Answer, from: number, bytes: number): Stray | null => {
    if (method === 'POST') return watch.created(header);
    return method === 'HEAD' ? watch.asked(header) : watch.sent(header, from, bytes);
  };
  const createRequest = (method: string, address: string): HttpRequest => {
    const target = address === endpoint ? endpoint : ownAddress(origin, address);
    const headers: Record<string, string> = {};
    const abort = new AbortController();
    const exchange = async (body: unknown): Promise<HttpResponse> => {
      if (target === null) {
        trace.stray = 'location';
        throw new Error('foreign upload address');
      }
      const bytes = body instanceof Readable ? await bytesOf(body) : null;
      if (body instanceof Readable && bytes === null) {
        trace.copyFailed = true;
        throw new Error('copy failed');
      }
      if (over.aborted) throw new Error('over');
      const from = Number(headers['Upload-Offset'] ?? 0);
      if (bytes !== null && from + bytes.length === sizeBytes) parts.onLastPiece();
      let sentBytes = 0;
      let markBytes = 0;
      const stall = setInterval(() => {
        if (
          bytes !== null &&
          sentBytes < bytes.length &&
          sentBytes - markBytes < (minBytesPerSecond * stallMs) / 1_000
        )
          abort.abort();
        markBytes = sentBytes;
      }, stallMs);
      try {
        const url = new URL(target);
        const sent = await send(
          {
            method,
            path: url.pathname + url.search,
            headers: bytes === null ? headers : { ...headers, 'Content-Length': String(bytes.length) },
            body: bytes,
            signal: AbortSignal.any([abort.signal, over]),
            onSent: (loaded) => {
              sentBytes = loaded;
            },
          },
          'repeatable',
        );
        trace.failure = sent.kind === 'failed' ? sent.failure : null;
        if (sent.kind === 'failed') throw new Error(sent.failure.error.code);
        const isSuccess = sent.answer.status >= 200 && sent.answer.status < 300;
        trace.refusal = isSuccess ? null : { answer: sent.answer, method };
        trace.stray = isSuccess ? strayOf(method, sent.answer, from, bytes?.length ?? 0) : null;
        if (trace.stray !== null) throw new Error(`stray ${trace.stray}`);
        if (isSuccess)
          parts.onConfirmed(
            method === 'POST' ? 0 : (uploadOffset(sent.answer.header('upload-offset'), sizeBytes) ?? from),
          );
        return asResponse(sent.answer);
      } finally {
        clearInterval(stall);
      }
    };
    return {
      getMethod: () => method,
      getURL: () => address,
      setHeader: (name, value) => {
        headers[name] = value;
      },
      getHeader: (name) => headers[name],
      // What the line took in is no news: it may be lost in any buffer on the way.
      setProgressHandler: () => undefined,
      send: (body: unknown) => {
        const sent = exchange(body);
        requests.add(sent);
        const ended = (): void => void requests.delete(sent);
        sent.then(ended, ended);
        return sent;
      },
      abort: async () => abort.abort(),
      getUnderlyingObject: () => null,
    };
  };
  return { createRequest, getName: () => 'portal' };
}
