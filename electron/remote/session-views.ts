import type { Language, TicketId } from '../../shared/domain/ids.ts';
import { consentLifeMs, gatesAt, whoCame } from '../../shared/flows/remote-session.ts';
import type { LiveSession, RemoteView } from '../../shared/ipc/remote-views.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import { requestRow } from '../requests/request-rows.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { BackupService } from './backup/backup-service.ts';
import { consentInForce } from './consent-service.ts';
import { fingerprint, type KeyAnswer } from './proof/signing-key.ts';
import type { ReceiptService } from './receipt-service.ts';
import type { RemoteService } from './remote-service.ts';
import type { RemoteTool } from './remote-tool.ts';
import { receiptsOfTicket } from './ticket-receipts.ts';

export type SessionViewParts = {
  readonly context: ServiceContext;
  readonly link: Pick<PortalLink, 'portal'>;
  readonly service: RemoteService;
  readonly backup: Pick<BackupService, 'view'>;
  readonly receipts: Pick<ReceiptService, 'find'>;
  readonly key: (practice: boolean) => Promise<KeyAnswer>;
  readonly language: () => Language;
  readonly practises: () => boolean;
  readonly shownCodes: (practice: boolean) => ReturnType<RemoteTool['shownCodes']>;
};

export type SessionViews = {
  /** One ticket's session as the wizard shows it. */
  readonly view: (ticketId: TicketId) => Promise<RemoteView>;
  /** The session under way, for strip, tray and banner; null without one. */
  readonly live: () => LiveSession | null;
};

/** What a person sees of a remote session, read anew each time. */
export function sessionViews(parts: SessionViewParts): SessionViews {
  const { context, link, service, backup, receipts, key, language, practises } = parts;
  const elapsedMs = (launchedAt: string | null, endedAt: string | null): number | null =>
    launchedAt === null
      ? null
      : Math.max(0, Date.parse(endedAt ?? context.clock.instant()) - Date.parse(launchedAt));
  const view = async (ticketId: TicketId): Promise<RemoteView> => {
    // Everything that takes a moment first: what is read after it belongs together.
    const [signing, backupView] = await Promise.all([
      key(service.seen(ticketId).session?.facts.practice ?? practises()),
      backup.view(),
    ]);
    const { session, state } = service.seen(ticketId);
    const { preparation } = state;
    const practice = session?.facts.practice ?? practises();
    const nowMs = context.clock.monotonicMs();
    const { programs, tool: finding } = service.found();
    const other = service.sessions.open();
    const receipt = session?.facts.receiptId == null ? null : receipts.find(session.facts.receiptId);
    return {
      ticketId,
      number: preparation.ticket.number,
      productName: requestRow(ticketId, context)?.productName ?? '',
      operator: preparation.ticket.operator,
      practice,
      sessionId: session?.id ?? null,
      otherSession: other !== null && other.ticketId !== ticketId && other.state.phase !== 'preparing',
      session: state,
      gates: gatesAt(preparation, nowMs),
      consentLeftMs:
        preparation.consent === null
          ? null
          : Math.max(0, consentLifeMs - (nowMs - preparation.consent.givenMs)),
      consent: consentInForce(language()),
      keyError: signing.kind === 'ready' ? null : signing.error,
      backup: backupView,
      proof:
        preparation.backupId === null
          ? null
          : readRowOrNull(() => context.remote.findProof(preparation.backupId ?? '')),
      programs,
      tool: finding,
      practiceCodes: 'codes' in state && state.phase !== 'ended' ? parts.shownCodes(practice) : null,
      carriesCodes: link.portal()?.capabilities.privateMessage === true,
      elapsedMs: elapsedMs(session?.facts.launchedAt ?? null, session?.facts.endedAt ?? null),
      nobodyCame:
        state.phase === 'ended' &&
        state.proof === 'proved' &&
        whoCame(session?.facts.seen ?? []) === 'nobody',
      receipt:
        receipt === null
          ? null
          : {
              id: receipt.receipt.id,
              endedAt: receipt.receipt.endedAt,
              stayed: receipt.receipt.stayed,
              newFiles: receipt.receipt.newFiles,
              newFilesTotal: receipt.receipt.newFilesTotal,
              programsUnread: receipt.receipt.programsCompared === false,
              filesUnread: receipt.receipt.newFilesWhole === false,
              fingerprint: fingerprint(receipt.signed.publicKey),
            },
      receiptProblem: session === null ? null : service.receiptProblem(session.id),
      receipts: [...receiptsOfTicket(context, ticketId)],
    };
  };
  const live = (): LiveSession | null => {
    const session = service.sessions.open();
    if (session === null || (session.state.phase !== 'live' && session.state.phase !== 'ending')) return null;
    const { state } = session;
    return {
      sessionId: session.id,
      ticketId: session.ticketId,
      number: state.preparation.ticket.number,
      operator: state.preparation.ticket.operator ?? '',
      reason: requestRow(session.ticketId, context)?.title ?? '',
      elapsedMs: elapsedMs(session.facts.launchedAt, null) ?? 0,
      seen: state.seen,
      ending: state.phase === 'ending',
      step: state.phase === 'ending' ? state.step : null,
    };
  };
  return { view, live };
}
