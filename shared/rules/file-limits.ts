import { type AppError, appError } from '../domain/app-error.ts';
import type { Evidence } from '../domain/evidence.ts';
import { evidenceLimits } from '../domain/evidence-limits.ts';
import type { LearntLimit } from '../domain/learnt-limit.ts';
import type { OutboxWork } from '../domain/outbox-item.ts';

/** What one request may carry: bytes a file, bytes together, number of files. */
export type FileLimits = { readonly fileBytes: number; readonly ticketBytes: number; readonly files: number };

/** Who says so: this program, the portal by what it announces, or a refusal of the portal. */
export type LimitOrigin = 'own' | 'announced' | 'learnt';

/** The limits with where they come from; `textBytes` null where no sending was ever refused for its words. */
export type KnownLimits = FileLimits & {
  readonly textBytes: number | null;
  readonly fileFrom: LimitOrigin;
  readonly ticketFrom: LimitOrigin;
};

/** What a portal says that it takes, in bytes and files. */
export type PortalLimits = {
  readonly attachmentBytes: number;
  readonly ticketBytes: number;
  readonly attachmentsPerTicket: number;
};

type Limit = { readonly bytes: number; readonly from: LimitOrigin };

/** The lowest counts; of equal ones the first. */
function lowest(...limits: readonly [Limit, ...(Limit | null)[]]): Limit {
  const [first, ...others] = limits;
  return others.reduce<Limit>((low, next) => (next !== null && next.bytes < low.bytes ? next : low), first);
}

/** Our own limits, or the portal's where it takes less, by its word (null: it has not said) or by what it refused. */
export function fileLimits(portal: PortalLimits | null, learnt: readonly LearntLimit[] = []): KnownLimits {
  const { fileBytes, ticketBytes, filesPerTicket } = evidenceLimits;
  const said = (bytes: number | undefined): Limit | null =>
    bytes === undefined ? null : { bytes, from: 'announced' };
  const found = (kind: LearntLimit['kind']): Limit | null => {
    const limit = learnt.find((one) => one.kind === kind);
    return limit === undefined ? null : { bytes: limit.bytes, from: 'learnt' };
  };
  const sum = lowest({ bytes: ticketBytes, from: 'own' }, said(portal?.ticketBytes), found('request'));
  const file = lowest({ bytes: fileBytes, from: 'own' }, said(portal?.attachmentBytes), found('file'));
  return {
    fileBytes: file.bytes,
    ticketBytes: sum.bytes,
    files: Math.min(filesPerTicket, portal?.attachmentsPerTicket ?? filesPerTicket),
    textBytes: found('text')?.bytes ?? null,
    fileFrom: file.from,
    ticketFrom: sum.from,
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

/** What of a request the portal has already. */
export type AlreadyThere = { readonly bytes: number; readonly files: number };

/**
 * What a refusal teaches about the portal that gave it, and nothing more than it says: so many bytes did not go, so the limit is below
 * them. Of a file beside others it is the sum that is known; as many files as the portal takes teach nothing of bytes. Null where the
 * refusal is no word of the portal's on a whole.
 */
export function limitTaught(
  { code, params }: AppError,
  work: OutboxWork['kind'],
  there: AlreadyThere,
  { files }: Pick<FileLimits, 'files'>,
): Pick<LearntLimit, 'kind' | 'bytes'> | null {
  const refused = params['refusedBytes'];
  if (typeof refused !== 'number' || refused < 2) return null;
  if (code === 'portal.textTooLarge') return { kind: 'text', bytes: refused - 1 };
  if (code !== 'portal.tooLarge' || work !== 'upload-attachment' || there.files >= files) return null;
  return there.bytes === 0
    ? { kind: 'file', bytes: refused - 1 }
    : { kind: 'request', bytes: there.bytes + refused - 1 };
}
