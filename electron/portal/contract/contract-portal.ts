import type { z } from 'zod';
import { AppFault } from '../../../shared/domain/app-error.ts';
import { changesPageSchema, heardChanges } from '../../../shared/portal/heard-changes.ts';
import { apiBase, ticketReceiptSchema } from '../../../shared/portal/wire.ts';
import type { Portal, PortalOutcome } from '../port.ts';
import { lookUpOutcome, outcomeOf } from './answer-outcome.ts';
import { type Answer, defaultHttpLimits, type HttpLimits, httpClient } from './http-client.ts';
import { inTurns } from '../../platform/in-turns.ts';
import { heardNotices, heardPacks, heardProducts, heardReceipts, heardRequirements, heardTerms } from './heard-answers.ts';
import type { HttpProxy } from './http-proxy.ts';
import { mapDone, refused, type Repeat } from './outcome.ts';
import { portalAddress } from './portal-address.ts';
import { serverInstant } from './retry-after.ts';
import { type CredentialSource, signedIn } from './sign-in.ts';
import { uploadAttachment } from './upload.ts';
import { uploadMemory } from './upload-memory.ts';
import { leastChunkBytes } from './upload-protocol.ts';

/** A refusal of the portal's own tells its time as well as a success does; a page of somebody else does not. */
function withTime<T>(outcome: PortalOutcome<T>, answer: Answer): PortalOutcome<T> {
  if (outcome.kind === 'done' || outcome.error.code === 'portal.notTheApi' || outcome.error.code === 'portal.proxyRefused') return outcome;
  return { ...outcome, serverDate: serverInstant(answer.header('date')) };
}

/** The part of a request that ends it with the turn it belongs to. */
function during(turn: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return turn === undefined ? {} : { signal: turn };
}

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
};

/** What a look-up found, where it is under this number: the portal has it on another ticket otherwise, and that is not "arrived". */
function under<T extends { readonly number: string }>(number: string, found: PortalOutcome<T | null>): PortalOutcome<T | null> {
  const isElsewhere = found.kind === 'done' && found.value !== null && found.value.number !== number;
  return isElsewhere ? refused('portal.conflict', 'later', { field: 'number' }) : found;
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
  const send = signedIn(httpClient(origin, limits, options.proxy ?? null, options.leaving), options.credentials, nowMs);

  const get = async <T>(path: string, schema: z.ZodType<T>, turn?: AbortSignal, isLenient = false): Promise<PortalOutcome<T>> => {
    const sent = await send({ method: 'GET', path: apiBase + path, headers: {}, body: null, isLenient, ...during(turn) }, 'repeatable');
    return sent.kind === 'failed' ? sent.failure : withTime(outcomeOf(sent.answer, schema, 'repeatable', nowMs()), sent.answer);
  };
  const post = async <T>(
    path: string,
    schema: z.ZodType<T>,
    body: object,
    key: string | null,
    isOurs: (value: T) => boolean,
    turn?: AbortSignal,
  ): Promise<PortalOutcome<T>> => {
    const repeat: Repeat = key === null ? 'repeatable' : 'once';
    const headers = { 'Content-Type': 'application/json', ...(key === null ? {} : { 'Idempotency-Key': key }) };
    const sent = await send({ method: 'POST', path: apiBase + path, headers, body: JSON.stringify(body), ...during(turn) }, repeat);
    return sent.kind === 'failed' ? sent.failure : withTime(outcomeOf(sent.answer, schema, repeat, nowMs(), isOurs), sent.answer);
  };
  const find = async <T extends { readonly clientReference: string }>(
    path: string,
    reference: string,
    schema: z.ZodType<T>,
    turn: AbortSignal | undefined,
    isOurs: (value: T) => boolean = () => true,
  ): Promise<PortalOutcome<T | null>> => {
    const sent = await send(
      { method: 'GET', path: `${apiBase}/references${path}/${encodeURIComponent(reference)}`, headers: {}, body: null, ...during(turn) },
      'repeatable',
    );
    return sent.kind === 'failed'
      ? sent.failure
      : lookUpOutcome(sent.answer, schema, nowMs(), (value) => value.clientReference === reference && isOurs(value));
  };
  const heard = heardReceipts(() => new Date(nowMs()).toISOString());
  const requirements = (turn?: AbortSignal) => get('/requirements', heardRequirements, turn);
  const memory = uploadMemory(options.gapMs);
  let portalChunkBytes: number | null = null;
  let passingBytes = limits.chunkBytes;
  const chunkBytes = async (turn: AbortSignal): Promise<number> => {
    if (portalChunkBytes === null) {
      const asked = await requirements(turn);
      if (asked.kind === 'done') portalChunkBytes = Math.max(leastChunkBytes, asked.value.chunkBytes);
    }
    return Math.min(passingBytes, portalChunkBytes ?? passingBytes);
  };
  const findAttachment = (reference: string, turn?: AbortSignal) => find('/attachments', reference, heard.attachment, turn);

  return {
    capabilities,
    createTicket: ({ clientReference, idempotencyKey, language, subject, body, productId, serial, termsVersion, termsSha256 }, turn) =>
      post(
        '/tickets',
        ticketReceiptSchema,
        { clientReference, language, subject, body, productId, serial, terms: { version: termsVersion, sha256: termsSha256 } },
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
    findMessageByReference: async (number, reference, turn) => under(number, await find('/messages', reference, heard.message, turn)),
    closeTicket: (number, turn) =>
      post(`/tickets/${encodeURIComponent(number)}/close`, heard.closing, {}, null, (value) => value.number === number, turn),
    uploadAttachment: (upload) =>
      uploadAttachment(
        {
          origin,
          send,
          stallMs: limits.idleMs,
          turnMs: limits.uploadTurnMs,
          chunkBytes,
          find: findAttachment,
          nowMs,
          memory,
          onSmallerPieces: (bytes) => {
            passingBytes = bytes;
          },
        },
        upload,
      ),
    findAttachmentByReference: (reference) => findAttachment(reference),
    changesSince: async (cursor, limit) => {
      const query = new URLSearchParams();
      if (cursor !== null) query.set('cursor', cursor);
      if (limit !== undefined) query.set('limit', String(limit));
      const page = await get(query.size === 0 ? '/changes' : `/changes?${query.toString()}`, changesPageSchema, undefined, true);
      return page.kind === 'done' ? { ...page, value: await inTurns(heardChanges(page.value)) } : page;
    },
    notices: async () => mapDone(await get('/notices', heardNotices), ({ notices }) => notices),
    terms: () => get('/terms', heardTerms),
    packs: async () => mapDone(await get('/packs', heardPacks), ({ packs }) => packs),
    products: async () => mapDone(await get('/products', heardProducts), ({ products }) => products),
    requirements: () => requirements(),
  };
}
