import { AppFault } from '../../../shared/domain/app-error.ts';
import { changesPageSchema, heardChanges } from '../../../shared/portal/heard-changes.ts';
import { ticketReceiptSchema } from '../../../shared/portal/wire.ts';
import type { Portal, PortalOutcome } from '../port.ts';
import { contractRequests } from './contract-requests.ts';
import { defaultHttpLimits, type HttpLimits, httpClient } from './http-client.ts';
import { inTurns } from '../../platform/in-turns.ts';
import {
  heardNotices,
  heardPacks,
  heardProducts,
  heardReceipts,
  heardRequirements,
  heardTerms,
} from './heard-answers.ts';
import type { HttpProxy } from './http-proxy.ts';
import { mapDone, refused } from './outcome.ts';
import { portalAddress } from './portal-address.ts';
import { type CredentialSource, signedIn } from './sign-in.ts';
import { type UploadParts, uploadAttachment } from './upload.ts';
import { uploadMemory } from './upload-memory.ts';
import { leastChunkBytes } from './upload-protocol.ts';

export type ContractOptions = {
  /** As a person typed it: https, or http on this PC alone. */
  readonly address: string;
  readonly credentials: CredentialSource;
  /** Null or left out: straight to the portal. */
  readonly proxy?: HttpProxy | null;
  readonly limits?: Partial<HttpLimits>;
  /** Wall clock in epoch milliseconds; used only to read dates in Retry-After of a portal that sends no Date. */
  readonly nowMs?: () => number;
  /** Ends every request under way: the program is being closed. */
  readonly leaving?: AbortSignal;
  /** Least time between two answers about a file that count as two, in milliseconds; left out, that of the queue's look-ups. */
  readonly gapMs?: number;
  /** Within it a portal has booked a file, in milliseconds; left out, `gapMs`. */
  readonly bookingMs?: number;
};

/** What a look-up found, where it is under this number: the portal has it on another ticket otherwise, and that is not "arrived". */
function under<T extends { readonly number: string }>(
  number: string,
  found: PortalOutcome<T | null>,
): PortalOutcome<T | null> {
  const isElsewhere = found.kind === 'done' && found.value !== null && found.value.number !== number;
  return isElsewhere ? refused('portal.conflict', 'later', { field: 'number' }) : found;
}

/** How large a piece of a file may be, as far as the portal said so and as far as something on the way let pass. */
function pieceSize(
  ownBytes: number,
  requirements: (turn: AbortSignal) => Promise<PortalOutcome<{ readonly chunkBytes: number }>>,
): Pick<UploadParts, 'chunkBytes'> & Required<Pick<UploadParts, 'onSmallerPieces'>> {
  let portalBytes: number | null = null;
  let passingBytes = ownBytes;
  return {
    chunkBytes: async (turn) => {
      if (portalBytes === null) {
        const asked = await requirements(turn);
        if (asked.kind === 'done') portalBytes = Math.max(leastChunkBytes, asked.value.chunkBytes);
      }
      return Math.min(passingBytes, portalBytes ?? passingBytes);
    },
    onSmallerPieces: (bytes) => {
      passingBytes = bytes;
    },
  };
}

/** What a portal that speaks the contract can do: all of it. */
const capabilities: Portal['capabilities'] = {
  delivery: 'automatic',
  lookUp: true,
  sync: true,
  upload: true,
  notices: true,
  terms: true,
  products: true,
  requirements: true,
  packs: true,
  privateMessage: true,
};

/**
 * A portal that speaks the HTTP contract of `shared/portal/openapi.yaml`. Its methods never throw; nothing is sent twice in here
 * except once after a 401, which says that nothing was done.
 * @throws AppFault portal.addressInvalid, when made with an address that `portalAddress` refuses
 */
export function contractPortal(options: ContractOptions): Portal {
  const address = portalAddress(options.address);
  if (!address.ok) throw AppFault.of(address.error);
  const origin = address.value;
  const limits = { ...defaultHttpLimits, ...options.limits };
  const nowMs = options.nowMs ?? Date.now;
  const send = signedIn(
    httpClient(origin, limits, options.proxy ?? null, options.leaving),
    options.credentials,
    nowMs,
  );

  const { get, post, find } = contractRequests(send, nowMs);
  const heard = heardReceipts(() => new Date(nowMs()).toISOString());
  const requirements = (turn?: AbortSignal) => get('/requirements', heardRequirements, turn);
  const memory = uploadMemory(options.gapMs, undefined, options.bookingMs);
  const pieces = pieceSize(limits.chunkBytes, requirements);
  const findAttachment = (reference: string, turn?: AbortSignal) =>
    find('/attachments', reference, heard.attachment, turn);

  return {
    capabilities,
    createTicket: (
      {
        clientReference,
        idempotencyKey,
        language,
        subject,
        body,
        productId,
        serial,
        termsVersion,
        termsSha256,
      },
      turn,
    ) =>
      post(
        '/tickets',
        ticketReceiptSchema,
        {
          clientReference,
          language,
          subject,
          body,
          productId,
          serial,
          terms: { version: termsVersion, sha256: termsSha256 },
        },
        idempotencyKey,
        (value) => value.clientReference === clientReference,
        turn,
      ),
    findTicketByReference: (reference, turn) => find('/tickets', reference, ticketReceiptSchema, turn),
    sendMessage: ({ number, clientReference, idempotencyKey, text }, turn) =>
      post(
        `/tickets/${encodeURIComponent(number)}/messages`,
        heard.message,
        { clientReference, text },
        idempotencyKey,
        (value) => value.clientReference === clientReference && value.number === number,
        turn,
      ),
    sendPrivateMessage: ({ number, clientReference, idempotencyKey, operator, text }) =>
      post(
        `/tickets/${encodeURIComponent(number)}/private-messages`,
        heard.message,
        { clientReference, operator, text },
        idempotencyKey,
        (value) => value.clientReference === clientReference && value.number === number,
      ),
    findMessageByReference: async (number, reference, turn) =>
      under(number, await find('/messages', reference, heard.message, turn)),
    closeTicket: (number, turn) =>
      post(
        `/tickets/${encodeURIComponent(number)}/close`,
        heard.closing,
        {},
        null,
        (value) => value.number === number,
        turn,
      ),
    uploadAttachment: (upload) =>
      uploadAttachment(
        {
          origin,
          send,
          stallMs: limits.idleMs,
          turnMs: limits.uploadTurnMs,
          find: findAttachment,
          nowMs,
          memory,
          ...pieces,
        },
        upload,
      ),
    findAttachmentByReference: (reference) => findAttachment(reference),
    changesSince: async (cursor, limit) => {
      const query = new URLSearchParams();
      if (cursor !== null) query.set('cursor', cursor);
      if (limit !== undefined) query.set('limit', String(limit));
      const page = await get(
        query.size === 0 ? '/changes' : `/changes?${query.toString()}`,
        changesPageSchema,
        undefined,
        true,
      );
      return page.kind === 'done' ? { ...page, value: await inTurns(heardChanges(page.value)) } : page;
    },
    notices: async (onOdd) => {
      const heard = await get('/notices', heardNotices);
      if (heard.kind === 'done' && heard.value.odd.length > 0) onOdd?.(heard.value.odd);
      return mapDone(heard, ({ notices }) => notices);
    },
    terms: () => get('/terms', heardTerms),
    packs: async () => mapDone(await get('/packs', heardPacks), ({ packs }) => packs),
    products: async () => mapDone(await get('/products', heardProducts), ({ products }) => products),
    requirements: () => requirements(),
  };
}
