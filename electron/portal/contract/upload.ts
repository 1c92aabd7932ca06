import { createReadStream } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Upload } from 'tus-js-client';
import { apiBase } from '../../../shared/portal/wire.ts';
import { copyError, copyRetry, type FrozenState, frozenState } from '../../evidence/frozen-state.ts';
import type { AttachmentReceipt, NewUpload, PortalOutcome } from '../port.ts';
import { refusalOf } from './answer-outcome.ts';
import { mapDone, type PortalFailure, refused } from './outcome.ts';
import type { SendAuthorized } from './sign-in.ts';
import { tusHttpStack, type UploadTrace } from './tus-http-stack.ts';

export type UploadParts = {
  readonly origin: string;
  readonly send: SendAuthorized;
  readonly stallMs: number;
  /** Bytes of one PATCH: the portal's limit or ours, whichever is lower. */
  readonly chunkBytes: () => Promise<number>;
  readonly find: (reference: string) => Promise<PortalOutcome<AttachmentReceipt | null>>;
  readonly nowMs: () => number;
};

/** A portal checks a complete file before it books it; asked again after these pauses, in ms, before the bytes are sent afresh. */
const bookingPausesMs = [250, 1_000, 3_000] as const;

/** How a transfer ended: every byte is there, the kept address leads nowhere any more, the copy gave no bytes or too few, or a failure. */
type TransferEnd = 'complete' | 'address-gone' | 'copy-failed' | PortalFailure;

/** Only an address of our portal is followed; one kept from elsewhere would carry the session away. */
function ownAddress(origin: string, address: string | null): string | null {
  if (address === null || !URL.canParse(address, origin)) return null;
  const url = new URL(address, origin);
  return url.origin === origin && url.pathname.startsWith(`${apiBase}/uploads/`) ? url.href : null;
}

/** Sends the missing bytes, from the portal's own offset. */
async function transfer(parts: UploadParts, upload: NewUpload, resumeUrl: string | null): Promise<TransferEnd> {
  const trace: UploadTrace = { failure: null, refusal: null, copyFailed: false };
  const chunkBytes = await parts.chunkBytes();
  const source = createReadStream(upload.file);
  return new Promise((settle) => {
    const end = (how: TransferEnd): void => {
      upload.signal.removeEventListener('abort', cancel);
      source.destroy();
      settle(how);
    };
    const cancel = (): void => {
      void task
        .abort(false)
        .catch(() => undefined)
        .then(() => end(refused('cancelled', 'later')));
    };
    const failure = (): TransferEnd => {
      if (trace.refusal !== null) {
        const gone = resumeUrl !== null && (trace.refusal.status === 404 || trace.refusal.status === 410);
        return gone ? 'address-gone' : refusalOf(trace.refusal, 'repeatable', parts.nowMs());
      }
      if (trace.copyFailed) return 'copy-failed';
      return trace.failure ?? refused('portal.badAnswer', 'later');
    };
    source.once('error', () => end('copy-failed'));
    const task = new Upload(source, {
      // A resume gets no endpoint: without one the library does not start afresh when the question for the offset fails.
      endpoint: resumeUrl === null ? `${parts.origin}${apiBase}/uploads` : null,
      uploadUrl: resumeUrl,
      chunkSize: chunkBytes,
      uploadSize: upload.sizeBytes,
      retryDelays: null,
      storeFingerprintForResuming: false,
      httpStack: tusHttpStack(parts.origin, parts.send, parts.stallMs, trace),
      metadata: {
        ticket: upload.number,
        reference: upload.clientReference,
        name: upload.name,
        sha256: upload.sha256,
        ...(upload.messageReference === null ? {} : { messageReference: upload.messageReference }),
      },
      onUploadUrlAvailable: () => {
        const url = ownAddress(parts.origin, task.url);
        if (url !== null) upload.onResumeUrl(url);
      },
      onProgress: (sentBytes) => upload.onProgress(sentBytes, upload.sizeBytes),
      onSuccess: () => end('complete'),
      onError: () => end(failure()),
    });
    upload.signal.addEventListener('abort', cancel, { once: true });
    if (upload.signal.aborted) cancel();
    else task.start();
  });
}

function copyRefusal(state: Exclude<FrozenState, 'intact'>, { name }: NewUpload): PortalFailure {
  const error = copyError(state, name);
  return { kind: 'refused', error, retry: copyRetry(error), retryAfterMs: null };
}

/**
 * Brings one frozen file to a ticket, from where an earlier try stopped. `done` only after the portal named the file under our
 * reference with the same SHA-256. Every doubt is `refused`, `later`, for a repeat begins with the question whether the portal has
 * the file already. No retry in here: the outbox decides when.
 */
export async function uploadAttachment(parts: UploadParts, upload: NewUpload): Promise<PortalOutcome<AttachmentReceipt>> {
  if (upload.signal.aborted) return refused('cancelled', 'later');
  const state = await frozenState(upload.file, upload);
  if (state !== 'intact') return copyRefusal(state, upload);
  /** Null: the portal does not have it. */
  const booked = async (): Promise<PortalOutcome<AttachmentReceipt> | null> => {
    const found = await parts.find(upload.clientReference);
    if (found.kind !== 'done') return found;
    const receipt = found.value;
    if (receipt === null) return null;
    return receipt.sha256 === upload.sha256 ? mapDone(found, () => receipt) : refused('portal.conflict', 'never', { field: 'sha256' });
  };
  const already = await booked();
  if (already !== null) return already;
  const kept = ownAddress(parts.origin, upload.resumeUrl);
  for (const from of kept === null ? [null] : [kept, null]) {
    const end = await transfer(parts, upload, from);
    if (end === 'address-gone') continue;
    if (end === 'copy-failed') {
      const now = await frozenState(upload.file, upload);
      return copyRefusal(now === 'intact' ? 'unreadable-now' : now, upload);
    }
    if (end !== 'complete') return end;
    for (const pauseMs of [0, ...bookingPausesMs]) {
      await wait(pauseMs);
      const confirmed = await booked();
      if (confirmed !== null) return confirmed;
    }
  }
  return refused('portal.badAnswer', 'later', { field: 'reference' });
}
