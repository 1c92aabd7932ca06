import { Readable } from 'node:stream';
import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import type { Answer } from './http-client.ts';
import type { PortalFailure } from './outcome.ts';
import type { SendAuthorized } from './sign-in.ts';

/** Below 1 KB/s over the stall time a transfer counts as dead (P8). */
const minBytesPerSecond = 1_024;

/** The last thing that went wrong, in our own words: the upload library's errors quote the request. `copyFailed`: the file could not be read as announced. */
export type UploadTrace = { failure: PortalFailure | null; refusal: Answer | null; copyFailed: boolean };

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

/** Lets the upload library speak through our own client: one origin, the same limits, the session never on a foreign address. */
export function tusHttpStack(origin: string, send: SendAuthorized, stallMs: number, trace: UploadTrace): HttpStack {
  const createRequest = (method: string, address: string): HttpRequest => {
    const url = new URL(address, origin);
    if (url.origin !== origin) throw new Error('foreign upload address');
    const headers: Record<string, string> = {};
    const abort = new AbortController();
    let onSent: (sentBytes: number) => void = () => undefined;
    return {
      getMethod: () => method,
      getURL: () => url.href,
      setHeader: (name, value) => {
        headers[name] = value;
      },
      getHeader: (name) => headers[name],
      setProgressHandler: (handler) => {
        onSent = handler;
      },
      send: async (body: unknown) => {
        const bytes = body instanceof Readable ? await bytesOf(body) : null;
        if (body instanceof Readable && bytes === null) {
          trace.copyFailed = true;
          throw new Error('copy failed');
        }
        let sentBytes = 0;
        let markBytes = 0;
        const watch = setInterval(() => {
          if (bytes !== null && sentBytes < bytes.length && sentBytes - markBytes < (minBytesPerSecond * stallMs) / 1_000) abort.abort();
          markBytes = sentBytes;
        }, stallMs);
        try {
          const sent = await send(
            {
              method,
              path: url.pathname + url.search,
              headers: bytes === null ? headers : { ...headers, 'Content-Length': String(bytes.length) },
              body: bytes,
              signal: abort.signal,
              onSent: (loaded) => {
                sentBytes = loaded;
                onSent(loaded);
              },
            },
            'repeatable',
          );
          trace.failure = sent.kind === 'failed' ? sent.failure : null;
          trace.refusal = sent.kind === 'answer' && sent.answer.status >= 300 ? sent.answer : null;
          if (sent.kind === 'failed') throw new Error(sent.failure.error.code);
          return asResponse(sent.answer);
        } finally {
          clearInterval(watch);
        }
      },
      abort: async () => abort.abort(),
      getUnderlyingObject: () => null,
    };
  };
  return { createRequest, getName: () => 'portal' };
}
