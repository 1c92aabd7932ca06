import { AppFault } from '../../../shared/domain/app-error.ts';
import type { Desk } from '../../../shared/domain/portal-choice.ts';
import { defaultHttpLimits, type HttpLimits, httpClient } from '../contract/http-client.ts';
import type { HttpProxy } from '../contract/http-proxy.ts';
import { refused } from '../contract/outcome.ts';
import { portalAddress } from '../contract/portal-address.ts';
import type { Portal, PortalOutcome } from '../port.ts';
import { redmineDesk } from './redmine-desk.ts';
import { type KeySource, redmineExchange } from './redmine-exchange.ts';
import { redmineFiles } from './redmine-files.ts';
import { type NewsPace, newsPace, redmineNews } from './redmine-news.ts';
import { redmineNotes } from './redmine-notes.ts';
import { redmineRequests } from './redmine-requests.ts';

export type RedmineOptions = {
  /** As a person typed it: https, or http on this PC alone. */
  readonly address: string;
  readonly desk: Desk;
  readonly key: KeySource;
  readonly proxy?: HttpProxy | null;
  readonly limits?: Partial<HttpLimits>;
  readonly nowMs?: () => number;
  readonly pace?: Partial<NewsPace>;
  /** Ends every request under way: the program is being closed. */
  readonly leaving?: AbortSignal;
};

/** What a server of a dealer's has not, or has for other things than this. */
async function notHere(): Promise<PortalOutcome<never>> {
  return refused('notFound', 'never');
}

/**
 * A Redmine as a portal. Requests are issues of one project and one tracker, replies are notes, and our reference stands in a field of
 * the issue and on the last line of every text, so that a lost answer is settled by looking. What such a server leaves out without
 * a word is found by reading back what was written. Its private notes are shown to every colleague of the operator: nothing for one
 * person alone goes there.
 * @throws AppFault portal.addressInvalid, when made with an address that `portalAddress` refuses
 */
export function redminePortal(options: RedmineOptions): Portal {
  const address = portalAddress(options.address);
  if (!address.ok) throw AppFault.of(address.error);
  const limits = { ...defaultHttpLimits, ...options.limits };
  const nowMs = options.nowMs ?? Date.now;
  const now = (): string => new Date(nowMs()).toISOString();
  const http = httpClient(address.value, limits, options.proxy ?? null, options.leaving);
  const ask = redmineExchange(http, options.key, nowMs);
  const desk = redmineDesk(ask, options.desk, nowMs);
  const upload = redmineFiles(ask, limits, now);
  const news = redmineNews(ask, desk, nowMs, { ...newsPace, ...options.pace });

  const { createTicket, findTicket } = redmineRequests(ask, desk, now);
  const { sendMessage, findMessage, closeTicket } = redmineNotes(ask, desk, now);

  return {
    get capabilities() {
      return {
        delivery: 'automatic' as const,
        lookUp: desk.canLookUp(),
        sync: true,
        upload: true,
        notices: false,
        terms: false,
        products: false,
        requirements: false,
        packs: false,
        privateMessage: false,
      };
    },
    createTicket,
    findTicketByReference: findTicket,
    sendMessage,
    findMessageByReference: findMessage,
    sendPrivateMessage: notHere,
    closeTicket,
    uploadAttachment: upload,
    // Which issue a file hangs on is not asked for by its reference alone; `uploadAttachment` looks before it sends.
    findAttachmentByReference: notHere,
    changesSince: news,
    notices: notHere,
    terms: notHere,
    products: notHere,
    packs: notHere,
    requirements: notHere,
  };
}
