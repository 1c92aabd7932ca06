import { perhapsDoneMark } from '../../../shared/domain/outbox-item.ts';
import { apiBase } from '../../../shared/portal/wire.ts';

/**
 * Where an earlier try stopped. `isSent`: the last piece was under way, so every byte may be on the portal; `address` is null where only
 * a store that is gone knew it. `isAbsent`: after that the address was gone and a look-up knew of no file, once so far.
 */
export type ResumePoint = {
  readonly address: string | null;
  readonly isSent: boolean;
  readonly isAbsent?: boolean;
};

/** One of the marks stands behind an address that is kept; a fragment is never sent. */
const absentMark = '#absent';

/** Pieces never become smaller than this, whatever a portal or a gateway says: each costs a request. In bytes. */
export const leastChunkBytes = 64 * 1024;

/** Pieces of which the portal took next to nothing, before a transfer that creeps is ended. */
const shortAnswersAllowed = 2;

/**
 * The address of an upload as `Location` or a kept value names it, absolute, relative ones as seen from where uploads are announced; null for everything that is none of this portal's own:
 * another scheme, host or path, a script, nothing. Followed anywhere else, it would carry the session away.
 */
export function ownAddress(origin: string, address: string | null): string | null {
  const base = `${origin}${apiBase}/uploads`;
  if (address === null || address.trim() === '' || !URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  url.hash = '';
  const isOwn =
    url.origin === origin &&
    url.username === '' &&
    url.password === '' &&
    url.pathname.startsWith(`${apiBase}/uploads/`);
  return isOwn && url.pathname.length > `${apiBase}/uploads/`.length ? url.href : null;
}

/** What was kept, or null where it is nothing this portal could have said. */
export function resumePoint(origin: string, kept: string | null): ResumePoint | null {
  const address = ownAddress(origin, kept);
  const isAbsent = kept?.endsWith(absentMark) === true;
  const isSent = isAbsent || kept?.endsWith(perhapsDoneMark) === true;
  if (address === null && !isSent) return null;
  return isAbsent ? { address, isSent, isAbsent } : { address, isSent };
}

/** The form in which a resume point is kept. */
export function keptForm({ address, isSent, isAbsent = false }: ResumePoint): string {
  return (address ?? '') + (isAbsent ? absentMark : isSent ? perhapsDoneMark : '');
}

/** An `Upload-Offset` of tus 1.0: decimal digits and nothing else, no further than the file goes; null otherwise. In bytes. */
export function uploadOffset(header: string | null, sizeBytes: number): number | null {
  if (header === null || !/^\d{1,15}$/u.test(header)) return null;
  const offset = Number(header);
  return offset <= sizeBytes ? offset : null;
}

/** Reads one header of an answer by its lower-case name. */
type HeaderOf = (name: string) => string | null;

/** What of a successful answer is not as tus 1.0 has it: nothing may be built on it. */
export type Stray = 'location' | 'offset';

export type UploadWatch = {
  readonly created: (header: HeaderOf) => Stray | null;
  readonly asked: (header: HeaderOf) => Stray | null;
  /** @param from offset at which the piece of so many bytes began */
  readonly sent: (header: HeaderOf, from: number, bytes: number) => Stray | null;
};

/**
 * Looks at each success of one transfer before the upload library does, which believes whatever stands there. A portal may take a
 * piece in part, as long as that is half of it or as much as the smallest piece; less is gone on with twice and no more, so that the
 * number of requests is bounded by the size of the file.
 */
export function uploadWatch(origin: string, sizeBytes: number): UploadWatch {
  let shortAnswers = 0;
  return {
    created: (header) => (ownAddress(origin, header('location')) === null ? 'location' : null),
    asked: (header) => {
      const length = header('upload-length');
      return uploadOffset(header('upload-offset'), sizeBytes) === null || length !== String(sizeBytes)
        ? 'offset'
        : null;
    },
    sent: (header, from, bytes) => {
      const offset = uploadOffset(header('upload-offset'), sizeBytes);
      if (offset === null || offset <= from || offset > from + bytes) return 'offset';
      if (offset - from < Math.min(bytes / 2, leastChunkBytes)) shortAnswers += 1;
      return shortAnswers > shortAnswersAllowed ? 'offset' : null;
    },
  };
}
