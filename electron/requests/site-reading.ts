import { AppFault } from '../../shared/domain/app-error.ts';
import type { ConversationPart, ReadConversation } from '../../shared/portal-map/conversation.ts';
import type { PageReading } from '../../shared/portal-map/filled.ts';
import { readingStep } from '../../shared/portal-map/site-step.ts';
import { pageDriver } from '../portal/web/page-driver.ts';
import type { SiteState } from '../portal/web/site.ts';
import { goTo, portalShown, type SiteVisit, ticketAddress, type VisitParts } from './site-visit.ts';

export type ReadingParts = Pick<
  VisitParts,
  'ticket' | 'map' | 'url' | 'keepsLogin' | 'openSite' | 'onChange' | 'log'
> & {
  /** Takes what the ticket's page tells into the store; how many entries were new, and how many contradicted what is known. */
  readonly onRead: (read: ReadConversation) => { readonly added: number; readonly odd: number };
};

/** What a visit that reads knows by now. */
type Standing = {
  state: SiteState;
  page: PageReading['kind'];
  /** The page that stands now was read. */
  isRead: boolean;
  added: number;
  odd: number;
  unknown: readonly ConversationPart[] | null;
  isOver: boolean;
};

/** One visit to the portal's pages to read what was said about a request that has its number; its page is read whenever it stands there. */
export async function openReading(parts: ReadingParts): Promise<SiteVisit> {
  const { ticket, map, url } = parts;
  const now: Standing = {
    state: { url: '', isLoading: true, fault: null, refused: 0 },
    page: 'unknown',
    isRead: false,
    added: 0,
    odd: 0,
    unknown: null,
    isOver: false,
  };
  let inTurn: Promise<unknown> = Promise.resolve();
  const site = await parts.openSite({
    url: ticketAddress(map, url, ticket.number) ?? url,
    hosts: map.hosts,
    keepsLogin: parts.keepsLogin,
    onChange: (state) => {
      if (now.isOver) return;
      now.state = state;
      if (state.isLoading) now.isRead = false;
      parts.onChange();
      if (state.isLoading || state.fault !== null) return;
      // One thing at a time is asked of the page.
      inTurn = inTurn.then(look).catch(parts.log);
    },
  });
  const driver = pageDriver(site, map);

  async function look(): Promise<void> {
    if (now.isOver || now.state.isLoading) return;
    const { kind, number } = await driver.read();
    // What is told of the page comes later than the page: half of one is read when it is whole.
    if (site.state().isLoading) return;
    now.page = kind;
    const isThis = kind === 'ticket' && number === ticket.number;
    now.isRead &&= isThis;
    if (isThis) {
      const read = await driver.conversation(ticket.id);
      // Another page may stand there by now: what was read counts only where the same one still does.
      const again = await driver.read();
      if (now.isOver || now.state.isLoading || again.number !== ticket.number) return;
      const { added, odd } = parts.onRead(read);
      now.added += added;
      now.odd = read.odd + odd;
      now.unknown = read.unknown;
      now.isRead = true;
    }
    parts.onChange();
  }

  const notNow = (): never => {
    throw new AppFault('portal.siteNotNow');
  };
  return {
    ticketId: ticket.id,
    keepsLogin: parts.keepsLogin,
    view: () => ({
      ticketId: ticket.id,
      ...portalShown(map, now.state.url, url),
      step: readingStep({
        hasFault: now.state.fault !== null,
        isLoading: now.state.isLoading,
        page: now.page,
        isRead: now.isRead,
      }),
      fault: now.state.fault,
      refused: now.state.refused,
      filled: null,
      arrived: null,
      number: ticket.number,
      read: now.unknown === null ? null : { added: now.added, odd: now.odd, unknown: now.unknown },
      purpose: 'read',
      keepsLogin: parts.keepsLogin,
    }),
    isGone: () => site.state().fault === 'gone',
    place: site.place,
    go: (way) => goTo(site, parts, way),
    lookUp: async () => notNow(),
    sayAbsent: notNow,
    fill: async () => notNow(),
    judgeNumber: notNow,
    close: async () => {
      now.isOver = true;
      await site.close();
    },
  };
}
