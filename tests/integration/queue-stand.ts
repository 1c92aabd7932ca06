import { heldNow } from '../../electron/outbox/held-work.ts';
import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import {
  type OutboxSender,
  type OutboxSenderParts,
  outboxSender,
} from '../../electron/outbox/outbox-sender.ts';
import type { Clock } from '../../electron/platform/clock.ts';
import type {
  AttachmentReceipt,
  MessageReceipt,
  NewMessage,
  NewTicket,
  NewUpload,
  Portal,
  PortalOutcome,
} from '../../electron/portal/port.ts';
import type { PortalLink } from '../../electron/portal/portal-link.ts';
import { queueWork } from '../../electron/requests/queue-work.ts';
import { type TicketService, ticketService } from '../../electron/requests/ticket-service.ts';
import type { Db } from '../../electron/store/open-store.ts';
import type { ServiceContext } from '../../electron/store/service-context.ts';
import { appError } from '../../shared/domain/app-error.ts';
import {
  evidenceIdSchema,
  messageIdSchema,
  type TicketId,
  ticketIdSchema,
  ticketNumberSchema,
} from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { freshFolder, openTestWorkshop, readyDraft } from './workshop-fixture.ts';

export type Act = 'create' | 'find-ticket' | 'message' | 'find-message' | 'upload' | 'close';
/** What a portal holds, in the order in which it took it. */
export type Taken = {
  readonly kind: 'ticket' | 'message' | 'file' | 'closing';
  readonly ticket: string;
  readonly reference: string;
};
/** How one question is answered: as it should be, or by the test. `takes`: the portal does what it was asked, and then answers so. */
export type Answering = { readonly takes: boolean; readonly outcome: Promise<PortalOutcome<never>> | null };

export const well: Answering = { takes: true, outcome: null };
export const never = (takes: boolean): Answering => ({ takes, outcome: new Promise(() => undefined) });
export const thrown = (takes: boolean, error: unknown): Answering => {
  const outcome = Promise.reject(error);
  outcome.catch(() => undefined);
  return { takes, outcome };
};
export const told = (outcome: PortalOutcome<never>, takes = false): Answering => ({
  takes,
  outcome: Promise.resolve(outcome),
});
export const later = (code: Parameters<typeof appError>[0], retryAfterMs: number | null = null): Answering =>
  told({ kind: 'refused', error: appError(code), retry: 'later', retryAfterMs });
export const refusedForGood: Answering = told({
  kind: 'refused',
  error: appError('portal.rejected'),
  retry: 'never',
  retryAfterMs: null,
});
export const lost = (takes: boolean): Answering =>
  told({ kind: 'unknown', error: appError('portal.serverFault') }, takes);

export type QueueStand = {
  readonly context: ServiceContext;
  readonly sender: OutboxSender;
  readonly tickets: TicketService;
  readonly db: Db;
  readonly taken: Taken[];
  /** Each question with its moment, in milliseconds of the running clock. */
  readonly asked: {
    readonly act: Act;
    readonly reference: string;
    readonly atMs: number;
    readonly turn: AbortSignal | undefined;
  }[];
  readonly faults: unknown[];
  readonly answerWith: (plan: (act: Act, reference: string) => Answering) => void;
  readonly newTicket: () => Promise<TicketId>;
  readonly sendAgain: (ticketId: TicketId, revision: number) => void;
  readonly reply: (ticketId: TicketId, text: string, files?: number) => string;
  readonly itemsOf: (ticketId: string) => readonly OutboxItem[];
  readonly numbered: (ticketId: string) => boolean;
  readonly leave: () => void;
  /** The program is closed, or the power fails, and it starts again over the same store; its clock may have been set by so much meanwhile. */
  readonly restart: (setByMs?: number) => Promise<void>;
  /** The portal in use is opened anew, or another one in its place, as a person chooses it. */
  readonly choosePortal: (key: string) => void;
  /** Another portal address than the one in use is the one a request was made for. */
  readonly moveElsewhere: (ticketId: string) => void;
  readonly setState: (ticketId: string, state: OutboxItem['state']) => void;
  /** Writes something by hand where each item keeps how it was tried, and the portal's rest. */
  readonly editPace: (text: string) => void;
};

/**
 * The real queue over a real store, with a portal and a clock of the test's own: hours pass in milliseconds, and nothing that a portal
 * or a library could do is out of reach. Timers must be faked by the test before.
 */
export async function queueStand(parts: Partial<OutboxSenderParts> = {}): Promise<QueueStand> {
  let setByMs = 0;
  let startedMs = 0;
  const clock: Clock = {
    instant: () => new Date(Date.now() + setByMs).toISOString(),
    monotonicMs: () => Date.now() - startedMs,
  };
  const opened = await openTestWorkshop(freshFolder(), { clock });
  const { context } = opened.services;
  const taken: Taken[] = [];
  const asked: { act: Act; reference: string; atMs: number; turn: AbortSignal | undefined }[] = [];
  const faults: unknown[] = [];
  let leaving = new AbortController();
  let plan: (act: Act, reference: string) => Answering = () => well;
  const at = (): string => new Date().toISOString();
  const isTaken = (kind: Taken['kind'], reference: string): Taken | undefined =>
    taken.find((entry) => entry.kind === kind && entry.reference === reference);
  const numbers = new Map<string, string>();
  const exchange = async <T>(
    act: Act,
    reference: string,
    turn: AbortSignal | undefined,
    take: () => void,
    value: () => T,
  ): Promise<PortalOutcome<T>> => {
    asked.push({ act, reference, atMs: Date.now(), turn });
    const { takes, outcome } = plan(act, reference);
    if (takes) take();
    return outcome ?? { kind: 'done', value: value(), serverDate: null };
  };
  const take = (kind: Taken['kind'], ticket: string, reference: string): void =>
    void taken.push({ kind, ticket, reference });
  const receipt = (reference: string): MessageReceipt => ({ id: `m ${reference}`, receivedAt: at() });
  const file = (upload: NewUpload): AttachmentReceipt => ({ ...upload, receivedAt: at() });
  const nothing = async (): Promise<PortalOutcome<never>> => ({
    kind: 'refused',
    error: appError('portal.byHand'),
    retry: 'never',
    retryAfterMs: null,
  });
  const portal: Portal = {
    capabilities: {
      delivery: 'automatic',
      lookUp: true,
      sync: false,
      upload: true,
      notices: false,
      terms: false,
      products: false,
      requirements: false,
      packs: false,
      privateMessage: false,
    },
    createTicket: ({ clientReference }: NewTicket, turn) =>
      exchange(
        'create',
        clientReference,
        turn,
        () => {
          take('ticket', clientReference, clientReference);
          if (!numbers.has(clientReference)) numbers.set(clientReference, `N-${numbers.size + 1}`);
        },
        () => ({ number: numbers.get(clientReference) ?? '', receivedAt: at() }),
      ),
    findTicketByReference: (reference, turn) =>
      exchange(
        'find-ticket',
        reference,
        turn,
        () => undefined,
        () =>
          isTaken('ticket', reference) === undefined
            ? null
            : { number: numbers.get(reference) ?? '', receivedAt: at() },
      ),
    sendMessage: ({ number, clientReference }: NewMessage, turn) =>
      exchange(
        'message',
        clientReference,
        turn,
        () => take('message', number, clientReference),
        () => receipt(clientReference),
      ),
    findMessageByReference: async (number, reference, turn) => {
      const found = await exchange(
        'find-message',
        reference,
        turn,
        () => undefined,
        () => (isTaken('message', reference) === undefined ? null : receipt(reference)),
      );
      const under = isTaken('message', reference)?.ticket ?? number;
      if (found.kind !== 'done' || found.value === null || under === number) return found;
      return {
        kind: 'refused',
        error: appError('portal.conflict', { field: 'number' }),
        retry: 'later',
        retryAfterMs: null,
      };
    },
    uploadAttachment: (upload) =>
      exchange(
        'upload',
        upload.clientReference,
        upload.signal,
        () =>
          isTaken('file', upload.clientReference) === undefined
            ? take('file', upload.number, upload.clientReference)
            : undefined,
        () => file(upload),
      ),
    closeTicket: (number, turn) =>
      exchange(
        'close',
        number,
        turn,
        () => (isTaken('closing', number) === undefined ? take('closing', number, number) : undefined),
        () => ({ closedAt: at() }),
      ),
    findAttachmentByReference: nothing,
    sendPrivateMessage: nothing,
    changesSince: nothing,
    notices: nothing,
    terms: nothing,
    products: nothing,
    packs: nothing,
    requirements: nothing,
  };
  const real = opened.services.link;
  let key = real.key();
  let current: Portal = portal;
  const link: PortalLink = {
    ...real,
    key: () => key,
    portal: () => current,
    isClockDoubtful: () => false,
    observe: (_act, outcome) => outcome,
  };
  const sha256 = 'a'.repeat(64);
  const begun = (): OutboxSender =>
    outboxSender({
      ...context,
      link,
      waitsForTerms: () => false,
      gate: () => null,
      heldNow: () =>
        heldNow({
          holds: context.holds,
          portalClock: { nowMs: () => Date.parse(context.clock.instant()), staffedFromMs: () => null },
        }),
      isClockDoubtful: () => false,
      askTime: async () => undefined,
      random: () => 0,
      log: (error) => `fault ${faults.push(error)}`,
      leaving: leaving.signal,
      frozenFiles: {
        verified: async (id) => ({ evidence: evidence(id), path: 'nowhere' }),
        frozenFile: (id) => ({ evidence: evidence(id), path: 'nowhere' }),
      },
      ...parts,
    });
  let life = begun();
  const sender: OutboxSender = {
    start: () => life.start(),
    wake: () => life.wake(),
    tryNow: (id) => life.tryNow(id),
    portalChanged: () => life.portalChanged(),
    setAside: (id) => life.setAside(id),
    giveUp: (id) => life.giveUp(id),
    resume: (id) => life.resume(id),
    decide: (id, event, done) => life.decide(id, event, done),
    queueWait: () => life.queueWait(),
    judge: () => life.judge(),
    progressOf: (id) => life.progressOf(id),
    stop: () => life.stop(),
  };
  const evidence = (id: string) =>
    ({
      id: evidenceIdSchema.parse(id),
      name: 'ktag.log',
      sha256,
      sizeBytes: 10,
      kind: 'log',
      origin: 'dropped',
      tailOnly: false,
      fileModifiedAt: at(),
      frozenAt: at(),
      removedAt: null,
    }) as unknown as ReturnType<OutboxSenderParts['frozenFiles']['frozenFile']>['evidence'];
  const tickets = ticketService({
    ...context,
    sender,
    portalNowMs: () => Date.parse(context.clock.instant()),
  });
  let isStarted = false;
  const wake = (): void => {
    if (isStarted) sender.wake();
  };
  return {
    context,
    sender: {
      ...sender,
      start: () => {
        isStarted = true;
        sender.start();
      },
    },
    tickets,
    db: opened.services.store.db,
    taken,
    asked,
    faults,
    leave: () => leaving.abort(),
    choosePortal: (next) => {
      key = next;
      current = { ...portal };
      sender.portalChanged();
    },
    moveElsewhere: (ticketId) => {
      const { db } = opened.services.store;
      db.prepare(
        "update tickets set realm = 'contract', recipient = 'contract https://elsewhere.example ALI-1' where id = ?",
      ).run(ticketId);
    },
    setState: (ticketId, state) => {
      const item = context.outbox.ofTicket(ticketIdSchema.parse(ticketId))[0];
      if (item !== undefined) context.outbox.update({ ...item, state });
    },
    editPace: (text) => {
      const { db } = opened.services.store;
      db.prepare('update outbox set pace = ?').run(text);
      db.prepare("insert or replace into settings (key, value) values ('rest practice outbox', ?)").run(text);
    },
    restart: async (byMs = 0) => {
      leaving.abort();
      await life.stop();
      leaving = new AbortController();
      setByMs += byMs;
      startedMs = Date.now();
      life = begun();
      life.start();
    },
    answerWith: (next) => {
      plan = next;
    },
    newTicket: async () => {
      const draft = await readyDraft(opened, `La lettura si ferma ${randomUUID()}`);
      await opened.call('sendDraft', draft);
      wake();
      return draft.id;
    },
    sendAgain: (id, revision) => {
      void opened.call('sendDraft', { id, revision });
      wake();
    },
    reply: (ticketId, text, files = 0) => {
      const id = messageIdSchema.parse(randomUUID());
      const now = at();
      context.transact(() => {
        const ids = Array.from({ length: files }, () => evidenceIdSchema.parse(randomUUID()));
        context.messages.add(
          {
            id,
            ticketId,
            author: { kind: 'customer' },
            text,
            attachments: [],
            at: now,
            delivery: 'queued',
            read: true,
          },
          null,
        );
        queueWork(context.outbox, 'practice', ticketId, { kind: 'send-message', messageId: id }, now);
        for (const evidenceId of ids)
          queueWork(
            context.outbox,
            'practice',
            ticketId,
            { kind: 'upload-attachment', evidenceId, messageId: id },
            now,
          );
      });
      wake();
      return id;
    },
    itemsOf: (ticketId) => context.outbox.ofTicket(ticketIdSchema.parse(ticketId)),
    numbered: (ticketId) => (context.tickets.find(ticketIdSchema.parse(ticketId))?.number ?? null) !== null,
  };
}

/** Fakes every timer and both clocks from one moment on; real files and the real store go on beside them. */
export function holdTime(at = '2026-11-24T09:00:00.000Z'): void {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    now: new Date(at),
  });
}

export const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
export const numberOf = (text: string): ReturnType<typeof ticketNumberSchema.parse> =>
  ticketNumberSchema.parse(text);
