import type { IncomingHttpHeaders } from 'node:http';
import axios, { type AxiosRequestConfig } from 'axios';
import { z } from 'zod';
import { timingMs } from '../../platform/failpoint.ts';
import { transferMs } from '../portal-times.ts';
import { type HttpProxy, wayOut } from './http-proxy.ts';
import { portalAgents } from './portal-agents.ts';

/** Times in milliseconds, sizes in bytes (BOUND-HTTP). `idleMs`: silence on the line; `totalMs`: the whole of a request. */
export type HttpLimits = {
  readonly connectMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
  readonly chunkTotalMs: number;
  /** Everything that is asked and sent for one file at a stretch. */
  readonly uploadTurnMs: number;
  readonly chunkBytes: number;
  readonly maxAnswerBytes: number;
};

export const defaultHttpLimits: HttpLimits = {
  connectMs: 10_000,
  idleMs: timingMs('IDLE_MS', 30_000),
  totalMs: 60_000,
  chunkTotalMs: 120_000,
  uploadTurnMs: transferMs,
  chunkBytes: 4 * 1024 * 1024,
  maxAnswerBytes: 5_000_000,
};

const bodySlackBytes = 64 * 1024;

export type HttpRequest = {
  readonly method: string;
  /** Below the origin, starting with `/`; parts that came from outside are already encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
  /** The answer is read as far as it can be: only where nothing is decided by what is believed of it. */
  readonly isLenient?: boolean;
  readonly signal?: AbortSignal;
  readonly onSent?: (sentBytes: number) => void;
  /** A file that goes or comes in one piece: how many bytes it may have, and how long it may take in milliseconds. */
  readonly large?: { readonly bytes: number; readonly totalMs: number };
};

/**
 * What came back, before anything in it is believed. Header names are lower-case; `text` is null where the bytes are not UTF-8. Of a lenient
 * one, bytes that are not are U+FFFD, and what is nearly JSON is mended.
 */
export type Answer = {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly text: string | null;
  readonly isLenient?: boolean;
  /** As they came, for what is no text. */
  readonly bytes?: Buffer;
};

/** Sends one request; throws what the library throws, which only `toSafeError` may look at. */
export type SendHttp = (request: HttpRequest) => Promise<Answer>;

const bytesSchema = z.instanceof(Buffer);

function decoded(data: unknown, isLenient: boolean): string | null {
  const bytes = bytesSchema.safeParse(data);
  if (!bytes.success) return null;
  try {
    // A mark of the byte order before the text is no part of it (RFC 8259, 8.1).
    return new TextDecoder('utf-8', { fatal: !isLenient }).decode(bytes.data);
  } catch {
    return null;
  }
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}

/**
 * Speaks to one origin only, with every limit of FINDING-7 to FINDING-11 set: no redirects, no absolute paths, no proxy but the given one,
 * capped answers, and a deadline for the whole request beside the one for silence. Nothing is ever sent twice in here: a kept connection
 * that breaks before an answer is the caller's doubt to settle. Through a proxy the encryption still ends at the portal.
 * `leaving` ends whatever is under way: the program is being closed.
 */
export function httpClient(
  origin: string,
  limits: HttpLimits,
  proxy: HttpProxy | null = null,
  leaving?: AbortSignal,
): SendHttp {
  const through = wayOut(origin, proxy);
  const client = axios.create({
    ...portalAgents(limits.connectMs),
    baseURL: origin,
    allowAbsoluteUrls: false,
    adapter: 'http',
    maxRedirects: 0,
    proxy:
      through === null
        ? false
        : {
            protocol: 'http',
            host: through.host,
            port: through.port,
            ...(through.login === null
              ? {}
              : { auth: { username: through.login.user, password: through.login.password } }),
          },
    timeout: limits.idleMs,
    maxContentLength: limits.maxAnswerBytes,
    maxBodyLength: limits.chunkBytes + bodySlackBytes,
    responseType: 'arraybuffer',
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
  });
  return async (request) => {
    const deadline = new AbortController();
    const cancel = (): void => deadline.abort();
    const { large } = request;
    const ownMs = Buffer.isBuffer(request.body) ? limits.chunkTotalMs : limits.totalMs;
    const timer = setTimeout(cancel, large?.totalMs ?? ownMs);
    for (const signal of [request.signal, leaving]) {
      signal?.addEventListener('abort', cancel, { once: true });
      if (signal?.aborted === true) cancel();
    }
    const config: AxiosRequestConfig = {
      method: request.method,
      url: request.path,
      // `false` keeps the library from naming a content type where there is no content.
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(request.body === null ? { 'Content-Type': false } : {}),
        ...request.headers,
      },
      data: request.body ?? undefined,
      signal: deadline.signal,
      ...(large === undefined
        ? {}
        : { maxBodyLength: large.bytes + bodySlackBytes, maxContentLength: large.bytes + bodySlackBytes }),
      ...(request.onSent === undefined ? {} : { onUploadProgress: ({ loaded }) => request.onSent?.(loaded) }),
    };
    try {
      const response = await client.request<unknown>(config);
      const headers = response.headers as IncomingHttpHeaders;
      const { isLenient = false } = request;
      return {
        status: response.status,
        header: (name) => headerOf(headers, name),
        text: decoded(response.data, isLenient),
        isLenient,
        ...(Buffer.isBuffer(response.data) ? { bytes: response.data } : {}),
      };
    } finally {
      clearTimeout(timer);
      for (const signal of [request.signal, leaving]) signal?.removeEventListener('abort', cancel);
    }
  };
}
