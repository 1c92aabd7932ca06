import { createReadStream } from 'node:fs';
import { Upload } from 'tus-js-client';
import { apiBase } from '../../../shared/portal/wire.ts';
import type { ErrorCode } from '../../../shared/domain/app-error.ts';
import type { NewUpload } from '../port.ts';
import { problemOf, refusalOf } from './answer-outcome.ts';
import { type PortalFailure, refused } from './outcome.ts';
import type { SendAuthorized } from './sign-in.ts';
import { tusHttpStack, type UploadTrace } from './tus-http-stack.ts';
import { keptForm, ownAddress, uploadWatch } from './upload-protocol.ts';

export type TransferParts = {
  readonly origin: string;
  readonly send: SendAuthorized;
  readonly stallMs: number;
  readonly nowMs: () => number;
};

/**
 * How a transfer ended. `complete`: every byte is there. `address-gone`: the kept address leads nowhere any more; `address-refused`: it
 * is answered by something that lets nothing pass, with that failure; `address-faulty`: by a fault of the server, which may pass.
 * `piece-too-large`: something on the way takes smaller pieces only.
 * `copy-failed`: the copy gave no bytes or too few. `thrown`: our own side failed, of the disk mostly.
 */
export type TransferEnd =
  | { readonly kind: 'complete' | 'address-gone' | 'piece-too-large' | 'copy-failed' }
  | { readonly kind: 'address-refused' | 'address-faulty' | 'failed'; readonly failure: PortalFailure }
  | { readonly kind: 'thrown'; readonly error: unknown };

/** Answers that speak of who asks, or of the whole portal, whatever the address. */
const speaksOfAll: ReadonlySet<ErrorCode> = new Set([
  'portal.unauthorized',
  'portal.proxyRefused',
  'portal.rateLimited',
  'portal.readOnly',
  'portal.maintenance',
]);

/** How a refusal of a kept address is taken: whatever does not speak of the portal, the ticket or the file speaks of the address. */
function ofAddress(
  { answer, method }: NonNullable<UploadTrace['refusal']>,
  failure: PortalFailure,
): TransferEnd {
  const word = problemOf(answer)?.code;
  const isOfAll = speaksOfAll.has(failure.error.code) || answer.status === 503 || word === 'ticket-closed';
  if (isOfAll || (method === 'PATCH' && word === 'too-large')) return { kind: 'failed', failure };
  return {
    kind: answer.status >= 500 || answer.status === 408 ? 'address-faulty' : 'address-refused',
    failure,
  };
}

function endOf(trace: UploadTrace, isResumed: boolean, nowMs: number): TransferEnd {
  if (trace.refusal !== null) {
    const { answer, method } = trace.refusal;
    if (isResumed && (answer.status === 404 || answer.status === 410)) return { kind: 'address-gone' };
    if (method === 'PATCH' && answer.status === 413 && problemOf(answer)?.code !== 'too-large')
      return { kind: 'piece-too-large' };
    const failure = refusalOf(answer, 'repeatable', nowMs);
    return isResumed ? ofAddress(trace.refusal, failure) : { kind: 'failed', failure };
  }
  if (trace.stray !== null) {
    const failure = refused('portal.badAnswer', 'later');
    return isResumed ? { kind: 'address-refused', failure } : { kind: 'failed', failure };
  }
  if (trace.copyFailed) return { kind: 'copy-failed' };
  return { kind: 'failed', failure: trace.failure ?? refused('portal.badAnswer', 'later') };
}

/** Sends the missing bytes in pieces of `chunkBytes`, from the portal's own offset. Always ends, by its answers or the signal, and only when none of its requests is under way any more; never throws. */
export function transfer(
  parts: TransferParts,
  upload: NewUpload,
  resumeAddress: string | null,
  chunkBytes: number,
): Promise<TransferEnd> {
  const trace: UploadTrace = { failure: null, refusal: null, stray: null, copyFailed: false };
  const endpoint = `${parts.origin}${apiBase}/uploads`;
  const source = createReadStream(upload.file);
  const over = new AbortController();
  const requests = new Set<Promise<unknown>>();
  return new Promise((settle) => {
    let address = resumeAddress;
    const end = (how: TransferEnd): void => {
      if (over.signal.aborted) return;
      upload.signal.removeEventListener('abort', cancel);
      over.abort();
      source.destroy();
      void Promise.allSettled(requests).then(() => settle(how));
    };
    const stop = (how: TransferEnd): void => {
      end(how);
      task.abort(false).catch(() => undefined);
    };
    /** Runs our own side of a callback: what it throws must not be lost in the library. */
    const ours = (work: () => void): void => {
      if (over.signal.aborted) return;
      try {
        work();
      } catch (error) {
        stop({ kind: 'thrown', error });
      }
    };
    const cancel = (): void => stop({ kind: 'failed', failure: refused('cancelled', 'later') });
    source.once('error', () => stop({ kind: 'copy-failed' }));
    const task = new Upload(source, {
      // A resume gets no endpoint: without one the library does not start afresh when the question for the offset fails.
      endpoint: resumeAddress === null ? endpoint : null,
      uploadUrl: resumeAddress,
      chunkSize: chunkBytes,
      uploadSize: upload.sizeBytes,
      retryDelays: null,
      storeFingerprintForResuming: false,
      httpStack: tusHttpStack({
        ...parts,
        endpoint,
        sizeBytes: upload.sizeBytes,
        watch: uploadWatch(parts.origin, upload.sizeBytes),
        trace,
        over: over.signal,
        requests,
        onLastPiece: () =>
          ours(() =>
            address === null ? undefined : upload.onResumeUrl(keptForm({ address, isSent: true })),
          ),
        onConfirmed: (bytes) => ours(() => upload.onProgress(bytes, upload.sizeBytes)),
      }),
      metadata: {
        ticket: upload.number,
        reference: upload.clientReference,
        name: upload.name,
        sha256: upload.sha256,
        ...(upload.messageReference === null ? {} : { messageReference: upload.messageReference }),
      },
      onUploadUrlAvailable: () => {
        const known = address;
        address = ownAddress(parts.origin, task.url);
        ours(() => (address === null || address === known ? undefined : upload.onResumeUrl(address)));
      },
      onSuccess: () => end({ kind: 'complete' }),
      onError: () => end(endOf(trace, resumeAddress !== null, parts.nowMs())),
    });
    upload.signal.addEventListener('abort', cancel, { once: true });
    if (upload.signal.aborted) cancel();
    else task.start();
  });
}
