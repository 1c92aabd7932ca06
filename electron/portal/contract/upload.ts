import { setTimeout as wait } from 'node:timers/promises';
import { copyError, copyRetry, type FrozenState, frozenState } from '../../evidence/frozen-state.ts';
import type { AttachmentReceipt, NewUpload, PortalOutcome } from '../port.ts';
import { transferMs } from '../portal-times.ts';
import { mapDone, type PortalFailure, refused } from './outcome.ts';
import { type UploadMemory, uploadMemory } from './upload-memory.ts';
import { keptForm, leastChunkBytes, type ResumePoint, resumePoint } from './upload-protocol.ts';
import { transfer, type TransferParts } from './upload-transfer.ts';

export type UploadParts = TransferParts & {
  /** Bytes of one PATCH: the portal's limit or ours, whichever is lower. */
  readonly chunkBytes: (turn: AbortSignal) => Promise<number>;
  readonly find: (reference: string, turn: AbortSignal) => Promise<PortalOutcome<AttachmentReceipt | null>>;
  /** Longest time everything that is done for one file may take at a stretch, in milliseconds of running time; left out, that of a transfer. */
  readonly turnMs?: number;
  /** What was seen of earlier tries; left out, there were none. */
  readonly memory?: UploadMemory;
  /** Something on the way takes pieces of at most so many bytes. */
  readonly onSmallerPieces?: (bytes: number) => void;
};

/** A portal checks a complete file before it books it; asked again after these pauses, in ms, before the next turn asks. */
const bookingPausesMs = [250, 1_000, 3_000] as const;

function copyRefusal(state: Exclude<FrozenState, 'intact'>, { name }: NewUpload): PortalFailure {
  const error = copyError(state, name);
  return { kind: 'refused', error, retry: copyRetry(error), retryAfterMs: null };
}

/** Which part of a receipt speaks of another file or another ticket, or null. */
function contradiction(
  receipt: AttachmentReceipt,
  upload: NewUpload,
): 'number' | 'sizeBytes' | 'sha256' | null {
  if (receipt.sha256 !== upload.sha256) return 'sha256';
  if (receipt.number !== upload.number) return 'number';
  return receipt.sizeBytes === upload.sizeBytes ? null : 'sizeBytes';
}

/** An address that lets nothing pass says nothing of the file: it is never a reason to give the file up. */
function later(failure: PortalFailure): PortalFailure {
  return failure.kind === 'refused' ? { ...failure, retry: 'later' } : failure;
}

/** A portal that takes no piece of a file, or not even its announcement, says how much is too much; what lies on the way speaks of pieces. */
function ofWholeFile(failure: PortalFailure, { sizeBytes }: NewUpload): PortalFailure {
  const { error } = failure;
  return error.code === 'portal.tooLarge'
    ? { ...failure, error: { ...error, params: { ...error.params, refusedBytes: sizeBytes } } }
    : failure;
}

/** Why a turn was cut short. */
function cutShort({ signal }: NewUpload): PortalFailure {
  return refused(signal.aborted ? 'cancelled' : 'portal.timeout', 'later');
}

/**
 * Brings one frozen file to a ticket, from where an earlier try stopped. `done` only after the portal named the file under our
 * reference, on that ticket, with the same size and SHA-256. Every doubt is `refused`, `later`, for a repeat begins with the question
 * whether the portal has the file already; the bytes go a second time only when their first address is gone or given up, and a file
 * whose last byte may have arrived only after two absent look-ups apart. No retry in here: the outbox decides when. Ends with the turn
 * at the latest, and nothing of it is asked or sent after that.
 * @throws what `onResumeUrl` or `onProgress` threw
 */
export async function uploadAttachment(
  parts: UploadParts,
  upload: NewUpload,
): Promise<PortalOutcome<AttachmentReceipt>> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), parts.turnMs ?? transferMs);
  const turn = AbortSignal.any([upload.signal, deadline.signal]);
  try {
    const outcome = await takeTurn(parts, { ...upload, signal: turn });
    return outcome.kind !== 'done' && turn.aborted ? cutShort(upload) : outcome;
  } finally {
    clearTimeout(timer);
  }
}

async function takeTurn(parts: UploadParts, upload: NewUpload): Promise<PortalOutcome<AttachmentReceipt>> {
  const { clientReference, signal: turn } = upload;
  const memory = parts.memory ?? uploadMemory();
  if (turn.aborted) return refused('cancelled', 'later');
  const state = await frozenState(upload.file, upload);
  if (state !== 'intact') return copyRefusal(state, upload);
  /** Null: the portal does not have it. */
  const booked = async (): Promise<PortalOutcome<AttachmentReceipt> | null> => {
    const found = await parts.find(clientReference, turn);
    if (found.kind !== 'done') return found;
    const receipt = found.value;
    if (receipt === null) return null;
    const field = contradiction(receipt, upload);
    if (field !== null)
      return refused('portal.conflict', memory.contradicted(clientReference) ? 'never' : 'later', { field });
    memory.forget(clientReference);
    return mapDone(found, () => receipt);
  };
  /** The portal has every byte; what it does with them is its own affair, and nothing is sent again for it. */
  const awaitBooking = async (): Promise<PortalOutcome<AttachmentReceipt>> => {
    for (const pauseMs of [0, ...bookingPausesMs]) {
      await wait(pauseMs, undefined, { signal: turn }).catch(() => undefined);
      if (turn.aborted) return refused('cancelled', 'later');
      const confirmed = await booked();
      if (confirmed !== null) return confirmed;
    }
    return refused('portal.notBooked', memory.unbooked(clientReference) ? 'never' : 'later');
  };

  const already = await booked();
  if (already !== null) return already;
  let from = resumePoint(parts.origin, upload.resumeUrl);
  let chunkBytes = await parts.chunkBytes(turn);
  const keeping: NewUpload = {
    ...upload,
    onResumeUrl: (kept) => {
      from = resumePoint(parts.origin, kept);
      upload.onResumeUrl(kept);
    },
  };
  /** True when nothing keeps the file from being announced afresh: its last byte was never under way, or it was absent twice. */
  const mayGoAnew = (at: ResumePoint | null): boolean => {
    if (at?.isSent !== true || memory.absent(clientReference, at.isAbsent)) return true;
    // A restart must not make it begin to wait anew.
    if (at.isAbsent !== true) upload.onResumeUrl(keptForm({ ...at, isAbsent: true }));
    return false;
  };
  for (;;) {
    if (turn.aborted) return refused('cancelled', 'later');
    const at = from;
    if (at?.address === null) {
      if (!mayGoAnew(at)) return refused('portal.notBooked', 'later');
      memory.forget(clientReference);
      from = null;
      continue;
    }
    const end = await transfer(parts, keeping, at?.address ?? null, chunkBytes);
    switch (end.kind) {
      case 'complete':
        return awaitBooking();
      case 'copy-failed': {
        const now = await frozenState(upload.file, upload);
        return copyRefusal(now === 'intact' ? 'unreadable-now' : now, upload);
      }
      case 'thrown':
        throw end.error;
      case 'failed':
        return ofWholeFile(end.failure, upload);
      case 'piece-too-large':
        if (chunkBytes <= leastChunkBytes) return refused('portal.tooLarge', 'never', { status: 413 });
        chunkBytes = Math.max(leastChunkBytes, Math.floor(chunkBytes / 2));
        parts.onSmallerPieces?.(chunkBytes);
        continue;
      case 'address-gone':
        if (!mayGoAnew(at)) return refused('portal.notBooked', 'later');
        break;
      case 'address-refused':
      case 'address-faulty': {
        const isGivenUp = memory.refused(clientReference, end.kind === 'address-faulty');
        if (!isGivenUp || !mayGoAnew(at)) return later(end.failure);
        break;
      }
    }
    memory.forget(clientReference);
    from = null;
  }
}
