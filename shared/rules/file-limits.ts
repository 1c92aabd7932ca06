import { type AppError, appError } from '../domain/app-error.ts';
import type { Evidence } from '../domain/evidence.ts';
import { evidenceLimits } from '../domain/evidence-limits.ts';

/** What one request may carry: bytes a file, bytes together, number of files. */
export type FileLimits = { readonly fileBytes: number; readonly ticketBytes: number; readonly files: number };

/** What a portal says that it takes, in bytes and files. */
export type PortalLimits = {
  readonly attachmentBytes: number;
  readonly ticketBytes: number;
  readonly attachmentsPerTicket: number;
};

/** Our own limits, or the portal's where it takes less; null: the portal has not said. */
export function fileLimits(portal: PortalLimits | null): FileLimits {
  const { fileBytes, ticketBytes, filesPerTicket } = evidenceLimits;
  if (portal === null) return { fileBytes, ticketBytes, files: filesPerTicket };
  return {
    fileBytes: Math.min(fileBytes, portal.attachmentBytes),
    ticketBytes: Math.min(ticketBytes, portal.ticketBytes),
    files: Math.min(filesPerTicket, portal.attachmentsPerTicket),
  };
}

/** Why these files cannot go with one request, the most telling reason first; null when they can. Names the file where it is one. */
export function fileProblem(
  files: readonly Pick<Evidence, 'name' | 'sizeBytes'>[],
  limits: FileLimits,
): AppError | null {
  if (files.length > limits.files)
    return appError('evidence.tooMany', { count: files.length, limit: limits.files });
  const large = files.find((file) => file.sizeBytes > limits.fileBytes);
  if (large !== undefined)
    return appError('evidence.tooLarge', {
      name: large.name,
      sizeBytes: large.sizeBytes,
      limitBytes: limits.fileBytes,
    });
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return sizeBytes > limits.ticketBytes
    ? appError('evidence.ticketTooLarge', { sizeBytes, limitBytes: limits.ticketBytes })
    : null;
}
