import { appError } from '../../../shared/domain/app-error.ts';
import type { Portal, PortalOutcome } from '../port.ts';

/**
 * A portal that only a person can reach, through the vendor's web form. It never says `done`: a number typed in by the person is
 * the only proof of receipt (R-TICKET-1).
 */
export function manualPortal(): Portal {
  const byHand = async (): Promise<PortalOutcome<never>> => ({
    kind: 'refused',
    error: appError('portal.byHand'),
    retry: 'never',
    retryAfterMs: null,
  });
  return {
    capabilities: {
      delivery: 'by-hand',
      lookUp: false,
      sync: false,
      upload: false,
      notices: false,
      terms: false,
      products: false,
      requirements: false,
      packs: false,
      privateMessage: false,
    },
    createTicket: byHand,
    findTicketByReference: byHand,
    sendMessage: byHand,
    sendPrivateMessage: byHand,
    findMessageByReference: byHand,
    closeTicket: byHand,
    uploadAttachment: byHand,
    findAttachmentByReference: byHand,
    changesSince: byHand,
    notices: byHand,
    terms: byHand,
    products: byHand,
    packs: byHand,
    requirements: byHand,
  };
}
