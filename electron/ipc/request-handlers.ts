import { AppFault } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { ReviewView, TermsDocument, TermsView } from '../../shared/ipc/views.ts';
import { addressOf } from '../../shared/domain/portal-choice.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import { deliveryOf } from '../../shared/flows/queue-gate.ts';
import { productName } from '../../shared/domain/product-name.ts';
import { manualPackage } from '../../shared/rules/manual-package.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import type { PortalClock } from '../portal/portal-clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import { endOf } from '../portal/portal-status.ts';
import { requestToCarry } from '../requests/request-to-carry.ts';
import { originOf } from '../requests/origin-of.ts';
import { noteExport } from '../requests/note-export.ts';
import type { ExportedRequest } from '../requests/export-request.ts';
import type { ExportRequest } from '../requests/request-in-words.ts';
import { requestsElsewhere } from '../requests/requests-elsewhere.ts';
import { requestRow } from '../requests/request-rows.ts';
import type { SendService } from '../requests/send-service.ts';
import { keepTermsDocument } from '../requests/terms-document.ts';
import type { InForce } from '../requests/terms-in-force.ts';
import type { TicketService } from '../requests/ticket-service.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { Handlers } from './handlers.ts';

export type RequestHandlerParts = {
  readonly sending: SendService;
  readonly tickets: TicketService;
  readonly link: PortalLink;
  readonly portalClock: PortalClock;
  readonly sender: Pick<OutboxSender, 'queueWait'>;
  readonly terms: () => InForce;
  /** Asks for the official terms and keeps a copy of them; null when the person chose none. */
  readonly importDocument: () => Promise<TermsDocument | null>;
  /** Asks for a folder and writes the request there; null when the person chose none. */
  readonly exportTo: (request: ExportRequest) => Promise<ExportedRequest | null>;
};

/** The vendor's page for tickets (FACT-PORTAL-1); opened by the person, never read by the program. */
const vendorPortalUrl = 'https://databank.alientech.to/ticket/';

export type RequestHandlers = Pick<
  Handlers,
  | 'acceptTerms'
  | 'closeTicket'
  | 'exportRequest'
  | 'importTermsDocument'
  | 'manualPackage'
  | 'markRead'
  | 'requests'
  | 'review'
  | 'saveReply'
  | 'sendDraft'
  | 'sendReply'
  | 'setManualNumber'
  | 'stateWords'
  | 'terms'
  | 'ticket'
  | 'withdrawStated'
>;

/** What Send would do now, and when the queue is expected to go where it waits. */
function deliveryNow({
  link,
  portalClock,
  sender,
}: RequestHandlerParts): Pick<ReviewView, 'delivery' | 'goesAt'> {
  const { reach, mode } = link.reach();
  const [gate, all] = [portalClock.gate(), sender.queueWait()];
  const delivery = deliveryOf({
    isCarriedByHand: portalKinds[link.realm()].isCarriedByHand,
    isOpen: reach === 'reached' && mode === 'open' && gate === null,
    all,
    hasNumber: true,
  });
  const opensAt = gate === null ? (all?.until ?? null) : endOf(gate.opensAtMs ?? Number.POSITIVE_INFINITY);
  return { delivery, goesAt: delivery === 'queue' ? opensAt : null };
}

/** The draft as it would leave. @param withOwn with the workshop's own plate and customer in the text */
function reviewed(
  { ownWords }: ServiceContext,
  sending: SendService,
  id: TicketId,
  withOwn: boolean,
): Pick<ReviewView, 'draft' | 'text' | 'lines' | 'files' | 'own' | 'fileProblem' | 'textProblem'> {
  const { plate, customer } = ownWords.of(id);
  const own = { plate, customer };
  const { draft, text, lines, files, fileProblem, textProblem } = sending.review(id, withOwn ? own : null);
  return { draft, text, lines: [...lines], files: [...files], own, fileProblem, textProblem };
}

/** From the list to the conversation: review, terms, send, answer, close, carry by hand. */
export function requestHandlers(context: ServiceContext, parts: RequestHandlerParts): RequestHandlers {
  const { sending, tickets, link } = parts;
  const termsView = (): TermsView => {
    const terms = parts.terms();
    return {
      ...terms,
      acceptedAt: sending.termsAcceptedAt(),
      document: context.portals.termsDocument(terms.sha256),
    };
  };
  const evidenceOf = (
    id: TicketId,
    read: ServiceContext['evidence'],
  ): ReturnType<ServiceContext['evidence']> => {
    const ids = context.outbox
      .ofTicket(id)
      .flatMap((item) => (item.work.kind === 'upload-attachment' ? [item.work.evidenceId] : []));
    return read([...new Set(ids)]);
  };
  const ofCreation = (id: TicketId): ReturnType<ServiceContext['evidence']> =>
    context.evidence(context.tickets.find(id)?.content?.evidenceIds ?? []);
  return {
    requests: ({ filter, text, offset, limit, ...order }) => {
      const part = { offset, limit };
      const { ids, total, counts } = context.requests.page(link.recipient(), filter, text, part, order);
      const rows = ids.map((id) => readRowOrNull(() => requestRow(id, context) ?? 'gone'));
      return {
        rows: rows.flatMap((row) => (row === null || row === 'gone' ? [] : [row])),
        total,
        counts,
        removed: context.removed.count(),
        elsewhere: requestsElsewhere(context.requests, link.recipient()),
      };
    },
    review: ({ id, withOwn }) => ({
      ...reviewed(context, parts.sending, id, withOwn),
      terms: sending.asksTerms() ? termsView() : null,
      recipient: addressOf(link.choice()) ?? vendorPortalUrl,
      realm: link.realm(),
      ...deliveryNow(parts),
    }),
    terms: termsView,
    importTermsDocument: async () => {
      const { sha256 } = parts.terms();
      const document = await parts.importDocument();
      if (document === null) return null;
      keepTermsDocument(context, sha256, document);
      return termsView();
    },
    acceptTerms: ({ version, sha256 }) => {
      const acceptedAt = sending.acceptTerms({ version, sha256 });
      return { ...termsView(), acceptedAt };
    },
    sendDraft: ({ id, revision, hold, own }) => {
      sending.send(id, revision, hold, own);
      return { ticketId: id };
    },
    ticket: ({ id }) => {
      const ticket = tickets.existing(id);
      const row = requestRow(id, context);
      if (row === null) throw new AppFault('notFound');
      const reply = context.replies.find(id);
      return {
        ticket,
        row,
        messages: [...context.messages.ofTicket(id)],
        evidence: [...evidenceOf(id, context.shownEvidence)],
        outbox: [...context.outbox.ofTicket(id)],
        fileReceipts: [...context.fileReceipts.ofTicket(id)],
        origin: originOf(context, id),
        own: context.ownWords.of(id),
        reply: { text: reply.text, evidence: [...context.shownEvidence(reply.evidenceIds)] },
      };
    },
    markRead: ({ id }) => {
      tickets.markRead(id);
      return null;
    },
    saveReply: ({ ticketId, text, evidenceIds }) => {
      tickets.saveReply(ticketId, text, evidenceIds);
      return null;
    },
    sendReply: ({ ticketId, hold }) => tickets.sendReply(ticketId, hold),
    closeTicket: ({ id }) => {
      tickets.close(id);
      return null;
    },
    exportRequest: async ({ id, unstored }) => {
      const written = await parts.exportTo(requestToCarry(context, sending, id, unstored));
      if (written !== null) noteExport(context, 'exported', id, context.clock.instant(), written.files);
      return written;
    },
    manualPackage: ({ id }) => {
      const ticket = tickets.existing(id);
      const { productId, serial } = context.tickets.productAndSerial(id);
      const product = context.products.find((item) => item.id === productId);
      return manualPackage({
        productName: product === undefined ? productId : productName(product, ticket.text.language),
        serial: serial === '' ? null : serial,
        text: ticket.text,
        files: ofCreation(id),
        portalUrl: vendorPortalUrl,
      });
    },
    stateWords: (words) => {
      tickets.state(words);
      return null;
    },
    withdrawStated: ({ id }) => {
      tickets.withdrawStated(id);
      return null;
    },
    setManualNumber: ({ id, number }) => {
      tickets.setManualNumber(id, number);
      return null;
    },
  };
}
