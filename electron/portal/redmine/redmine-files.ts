import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { copyError, copyRetry, frozenState } from '../../evidence/frozen-state.ts';
import type { HttpLimits } from '../contract/http-client.ts';
import { type PortalFailure, refused } from '../contract/outcome.ts';
import type { AttachmentReceipt, NewUpload, PortalOutcome } from '../port.ts';
import { type RedmineFile, tokenSchema, uploadSchema } from './redmine-answers.ts';
import { isFailure, type RedmineAsk } from './redmine-exchange.ts';
import { foundIn, issueOf, issuePath } from './redmine-issue.ts';
import { partedReference, withReference } from './reference-line.ts';

/** Largest file that goes to such a server, in bytes (BOUND-REDMINE): it goes in one piece and is held in memory meanwhile. */
export const mostFileBytes = 200 * 1024 * 1024;

const stopped = ({ signal }: NewUpload): PortalFailure =>
  refused(signal.aborted ? 'cancelled' : 'portal.timeout', 'later');

/** The whole copy with its size and hash compared (A6), or why it cannot be sent. */
async function frozenBytes(upload: NewUpload): Promise<Buffer | PortalFailure> {
  const state = await frozenState(upload.file, upload);
  if (state !== 'intact') {
    const error = copyError(state, upload.name);
    return { kind: 'refused', error, retry: copyRetry(error), retryAfterMs: null };
  }
  const bytes = await readFile(upload.file).catch(() => null);
  const isSame = bytes !== null && createHash('sha256').update(bytes).digest('hex') === upload.sha256;
  return isSame
    ? bytes
    : {
        kind: 'refused',
        error: copyError('unreadable-now', upload.name),
        retry: 'later',
        retryAfterMs: null,
      };
}

/** The receipt of a file that hangs there, where it comes back as it left. */
async function proven(
  ask: RedmineAsk,
  file: RedmineFile,
  upload: NewUpload,
  totalMs: number,
  now: () => string,
): Promise<PortalOutcome<AttachmentReceipt>> {
  if (file.filesize === null) return refused('portal.badAnswer', 'later', { field: 'sizeBytes' });
  if (file.filesize !== upload.sizeBytes) return refused('portal.conflict', 'never', { field: 'sizeBytes' });
  const sent = await ask.send(
    {
      method: 'GET',
      path: `/attachments/download/${file.id}`,
      headers: { Accept: '*/*' },
      body: null,
      signal: upload.signal,
      large: { bytes: upload.sizeBytes, totalMs },
    },
    'repeatable',
  );
  if (isFailure(sent)) return sent;
  if (sent.status !== 200 || sent.bytes === undefined) return ask.failureOf(sent, 'repeatable');
  if (createHash('sha256').update(sent.bytes).digest('hex') !== upload.sha256)
    return refused('portal.conflict', 'never', { field: 'sha256' });
  const { number, clientReference, name, sizeBytes, sha256 } = upload;
  const receivedAt = file.created_on ?? now();
  return {
    kind: 'done',
    value: { number, clientReference, name, sizeBytes, sha256, receivedAt },
    serverDate: null,
  };
}

/**
 * Brings one frozen file to an issue: handed in for a token, hung on the issue by it, read back whole and compared. A token can be used
 * once, so a second try with the same one hangs nothing on twice; it is kept before it is used. Bytes are not resumed.
 */
export function redmineFiles(
  ask: RedmineAsk,
  limits: HttpLimits,
  now: () => string,
): (upload: NewUpload) => Promise<PortalOutcome<AttachmentReceipt>> {
  const totalMs = limits.uploadTurnMs;

  /** Null: the issue can be read and the file does not hang on it. */
  const hung = async (upload: NewUpload): Promise<PortalOutcome<AttachmentReceipt> | null> => {
    const issue = await issueOf(ask.get, upload.number, ['attachments'], upload.signal);
    const file = foundIn(
      issue,
      ({ attachments }) => attachments,
      ({ description }) => partedReference(description).reference === upload.clientReference.toLowerCase(),
    );
    if (file.kind !== 'done') return file;
    return file.value === null ? null : proven(ask, file.value, upload, totalMs, now);
  };

  const give = async (
    upload: NewUpload,
    bytes: Buffer,
    onSent: (sentBytes: number) => void,
  ): Promise<string | PortalFailure> => {
    const sent = await ask.send(
      {
        method: 'POST',
        path: `/uploads.json?filename=${encodeURIComponent(upload.name)}`,
        headers: { 'Content-Type': 'application/octet-stream' },
        body: bytes,
        signal: upload.signal,
        onSent,
        large: { bytes: bytes.length, totalMs },
      },
      'repeatable',
    );
    if (isFailure(sent)) return sent;
    if (sent.status !== 201) return ask.failureOf(sent, 'repeatable');
    const token = ask.read(sent, uploadSchema);
    return token.kind === 'done' ? token.value : token;
  };

  const handIn = async (upload: NewUpload, bytes: Buffer): Promise<string | PortalFailure> => {
    const handed = await give(upload, bytes, (sentBytes) =>
      upload.onProgress(Math.min(sentBytes, bytes.length), bytes.length),
    );
    if (typeof handed === 'string') return handed;
    const tooLarge = refused('portal.tooLarge', 'never', {
      ...handed.error.params,
      refusedBytes: upload.sizeBytes,
    });
    if (handed.error.code === 'portal.tooLarge') return tooLarge;
    if (handed.error.code !== 'portal.rejected') return handed;
    // Refused for its size or for its name, which the server tells in words of its own language alone: one byte of the same name tells them apart.
    const tried = await give(upload, bytes.subarray(0, 1), () => undefined);
    if (typeof tried === 'string') return bytes.length > 1 ? tooLarge : handed;
    return tried.error.code === 'portal.rejected' ? handed : tried;
  };

  /** Whether the server took the token; refused it is used up or forgotten. */
  const hang = async (upload: NewUpload, token: string): Promise<PortalFailure | 'taken' | 'refused'> => {
    const description = withReference('', upload.clientReference);
    const put = await ask.put(
      issuePath(upload.number),
      { issue: { uploads: [{ token, filename: upload.name, description }] } },
      'repeatable',
      upload.signal,
    );
    if (put.kind === 'done') return 'taken';
    return put.error.code === 'portal.rejected' ? 'refused' : put;
  };

  const takeTurn = async (upload: NewUpload): Promise<PortalOutcome<AttachmentReceipt>> => {
    if (upload.signal.aborted) return refused('cancelled', 'later');
    if (upload.sizeBytes > mostFileBytes)
      return refused('portal.tooLarge', 'never', { refusedBytes: upload.sizeBytes });
    const already = await hung(upload);
    if (already !== null) return already;
    const bytes = await frozenBytes(upload);
    if ('kind' in bytes) return bytes;
    let token = tokenSchema.safeParse(upload.resumeUrl).data ?? null;
    for (const isLast of [false, true]) {
      const isFresh = token === null;
      if (token === null) {
        const handed = await handIn(upload, bytes);
        if (typeof handed !== 'string') return handed;
        token = handed;
        upload.onResumeUrl(token);
      }
      const end = await hang(upload, token);
      if (typeof end !== 'string') return end;
      const there = await hung(upload);
      if (there !== null) return there;
      // Taken and not there: this user may not add files, which the server does not say, or passes over a token that was used up.
      if ((end === 'taken' && isFresh) || isLast) return refused('portal.forbidden', 'never');
      token = null;
    }
    return refused('portal.forbidden', 'never');
  };

  return async (upload) => {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), totalMs);
    const signal = AbortSignal.any([upload.signal, deadline.signal]);
    try {
      const outcome = await takeTurn({ ...upload, signal });
      return outcome.kind !== 'done' && signal.aborted ? stopped(upload) : outcome;
    } finally {
      clearTimeout(timer);
    }
  };
}
