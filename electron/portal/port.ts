import type { AppError } from '../../shared/domain/app-error.ts';
import type { SignedPack } from '../../shared/domain/data-pack.ts';
import type { Language } from '../../shared/domain/ids.ts';
import type { Notice } from '../../shared/domain/notice.ts';
import type { HeardChanges } from '../../shared/portal/heard-changes.ts';
import type { WireProducts, WireRequirements, WireTerms } from '../../shared/portal/wire.ts';

/**
 * What became of one request. `done`: the portal said so. `refused`: certainly not processed; `later` may be sent again
 * as it is. `unknown`: bytes may have reached the portal, so only a look-up by reference may decide (FINDING-7). `retryAfterMs` is how long the portal asked to be left alone, whatever is to be done then; null or absent: it asked for nothing. `serverDate` is the
 * portal's own time, an ISO instant, wherever it was the portal that answered.
 */
export type PortalOutcome<T> =
  | { readonly kind: 'done'; readonly value: T; readonly serverDate: string | null }
  | {
      readonly kind: 'refused';
      readonly error: AppError;
      readonly retry: 'never' | 'later';
      readonly retryAfterMs: number | null;
      readonly serverDate?: string | null;
      /** Not one byte of the question has left: offline, or nobody there. */
      readonly isUnsent?: boolean;
    }
  | {
      readonly kind: 'unknown';
      readonly error: AppError;
      readonly retryAfterMs?: number | null;
      readonly serverDate?: string | null;
    };

/** What this portal can do; a room asks here and never which portal it is. */
export type PortalCapabilities = {
  readonly delivery: 'automatic' | 'by-hand';
  readonly lookUp: boolean;
  readonly sync: boolean;
  readonly upload: boolean;
  /** What it tells everybody: what is announced, the terms, the newest versions, what it takes, signed data. */
  readonly notices: boolean;
  readonly terms: boolean;
  readonly products: boolean;
  readonly requirements: boolean;
  readonly packs: boolean;
  /** Whether something can be told to the operator in charge alone; where not, the codes of a session are shown once (R-REMOTE-5). */
  readonly privateMessage: boolean;
};

export type NewTicket = {
  readonly clientReference: string;
  readonly idempotencyKey: string;
  readonly language: Language;
  readonly subject: string;
  readonly body: string;
  readonly productId: string;
  readonly serial: string;
  readonly termsVersion: string;
  readonly termsSha256: string;
};

/** `receivedAt` is an ISO-8601 UTC instant of the portal's clock. */
export type TicketReceipt = { readonly number: string; readonly receivedAt: string };

export type NewMessage = {
  readonly number: string;
  readonly clientReference: string;
  readonly idempotencyKey: string;
  readonly text: string;
};
/** The text is a secret: it is held in memory, and no outcome carries any of it. A repeat with the same key tells it once. */
export type NewPrivateMessage = NewMessage & { readonly operator: string };
export type MessageReceipt = { readonly id: string; readonly receivedAt: string };

export type NewUpload = {
  readonly number: string;
  readonly clientReference: string;
  /** The message the file belongs to, by its client reference; null for the ticket itself. */
  readonly messageReference: string | null;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Absolute path of the frozen copy; it never leaves this process. Read whole and compared with size and hash before its first byte is sent (A6). */
  readonly file: string;
  /** Where an earlier try stopped, as `onResumeUrl` last gave it; null for a first try. */
  readonly resumeUrl: string | null;
  /** Called as soon as the portal gave the upload an address, and before its last piece leaves: keep it as it is, it is the way back after a crash. */
  readonly onResumeUrl: (url: string) => void;
  /** Called with what the portal itself confirmed of the file: 0 once it is announced, then after each piece. */
  readonly onProgress: (confirmedBytes: number, totalBytes: number) => void;
  readonly signal: AbortSignal;
};
export type AttachmentReceipt = {
  readonly number: string;
  readonly clientReference: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly receivedAt: string;
};

/** One page of what the portal holds that is newer than the cursor. Ask again while `hasMore`. */
export type PortalChanges = HeardChanges;

/**
 * The one way to any portal: practice, contract or by hand. No method throws for what a portal or a network does;
 * every answer has been parsed. References are UUIDs made on this PC and named in the look-ups. A `turn` that was aborted ends the
 * request under way, and nothing more is sent of it.
 */
export interface Portal {
  readonly capabilities: PortalCapabilities;
  createTicket(ticket: NewTicket, turn?: AbortSignal): Promise<PortalOutcome<TicketReceipt>>;
  /** `null` is the portal's own word that it has no such ticket, not a failed question. */
  findTicketByReference(
    clientReference: string,
    turn?: AbortSignal,
  ): Promise<PortalOutcome<TicketReceipt | null>>;
  sendMessage(message: NewMessage, turn?: AbortSignal): Promise<PortalOutcome<MessageReceipt>>;
  findMessageByReference(
    number: string,
    clientReference: string,
    turn?: AbortSignal,
  ): Promise<PortalOutcome<MessageReceipt | null>>;
  /** To that operator of that ticket and nobody else; refused when another one is in charge by now (R-REMOTE-5). */
  sendPrivateMessage(message: NewPrivateMessage): Promise<PortalOutcome<MessageReceipt>>;
  /** Closing twice is the same as closing once. */
  closeTicket(number: string, turn?: AbortSignal): Promise<PortalOutcome<{ readonly closedAt: string }>>;
  /** A file the portal already holds under this reference is `done` without sending a byte. */
  uploadAttachment(upload: NewUpload): Promise<PortalOutcome<AttachmentReceipt>>;
  findAttachmentByReference(clientReference: string): Promise<PortalOutcome<AttachmentReceipt | null>>;
  /** News from a cursor on, in the portal's own steps or in steps of at most `limit` entries. */
  changesSince(cursor: string | null, limit?: number): Promise<PortalOutcome<PortalChanges>>;
  /** `onOdd` is given, as JSON, what of the answer is no notice to the letter. */
  notices(onOdd?: (entries: readonly string[]) => void): Promise<PortalOutcome<readonly Notice[]>>;
  terms(): Promise<PortalOutcome<WireTerms>>;
  /** Products with their newest versions (R-VERSION-1). */
  products(): Promise<PortalOutcome<WireProducts['products']>>;
  /** Signed data the program may use from now on; believed by its signature, never by the portal's word. */
  packs(): Promise<PortalOutcome<readonly SignedPack[]>>;
  /** The portal's real limits, in bytes and counts, and the TeamViewer version it works with (R-REMOTE-2). */
  requirements(): Promise<PortalOutcome<WireRequirements>>;
}
