import { AppFault } from '../../shared/domain/app-error.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { EvidenceId, TicketId } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { mapOf } from '../../shared/domain/portal-choice.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import { isPerhapsThere } from '../../shared/flows/queue-gate.ts';
import type { KnownSite, SiteView } from '../../shared/ipc/site-views.ts';
import type { ReadConversation } from '../../shared/portal-map/conversation.ts';
import { namesTaken } from '../../shared/portal-map/page-text.ts';
import type { PortalMap, PortalMaps } from '../../shared/portal-map/portal-map.ts';
import type { FrozenFiles } from '../evidence/frozen-files.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { OpenSite, SitePlace } from '../portal/web/site.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { type ArrivedMessage, mergeConversation } from './merge-conversation.ts';
import { pageFiles, removePageFiles, writePageFiles } from './page-files.ts';
import { siteHolder } from './site-holder.ts';
import { openReading } from './site-reading.ts';
import { openVisit, type SiteVisit, type SiteWay } from './site-visit.ts';

export type SiteServiceParts = {
  readonly context: Pick<
    ServiceContext,
    | 'tickets'
    | 'outbox'
    | 'audit'
    | 'clock'
    | 'transact'
    | 'publish'
    | 'evidence'
    | 'messages'
    | 'replies'
    | 'askedBack'
    | 'holds'
    | 'setAside'
  >;
  readonly sender: Pick<OutboxSender, 'decide'>;
  readonly link: Pick<PortalLink, 'choice' | 'recipient'>;
  readonly maps: () => PortalMaps;
  readonly openSite: OpenSite;
  /** Forgets every login that was kept of any portal. */
  readonly eraseSites: () => Promise<void>;
  readonly frozenFiles: Pick<FrozenFiles, 'verified'>;
  /** Operators wrote; told as of any portal. `more` others were written that are not told one by one. */
  readonly onAnswered: (ticket: Ticket, message: Message, more: number) => void;
  /** Where files stand under their own names while a page may take them. */
  readonly folder: string;
  readonly log: (error: unknown) => unknown;
};

export type SiteService = {
  /** Removes the copies that a power cut left behind. */
  readonly start: () => void;
  /** The pages that stand open; null: none. */
  readonly view: () => SiteView | null;
  /** Portals whose pages are known. */
  readonly known: () => readonly KnownSite[];
  /**
   * Opens the portal's pages for a request: to send one that waits to be carried, to read what was said about one that has its number. One
   * that stands open already is shown again.
   * @throws AppFault notFound, portal.siteNoMap, portal.siteElsewhere, E_INPUT for a request nobody carries by hand
   */
  readonly open: (id: TicketId, keepsLogin: boolean) => Promise<SiteView>;
  /** Shows the pages there; null hides them and ends nothing. */
  readonly place: (place: SitePlace | null) => void;
  /** @throws AppFault notFound where nothing stands open, portal.sitePage where the page does not answer */
  readonly go: (way: SiteWay) => Promise<SiteView>;
  /** Looks the portal through for the request, which may be there already. @throws AppFault as `go` */
  readonly lookUp: () => Promise<SiteView>;
  /** A person looked where the program could not: the request is not there. @throws AppFault as `go` */
  readonly sayAbsent: () => Promise<SiteView>;
  /**
   * Fills in the page's form and reads it back; presses nothing. From here on the request may be on the portal.
   * @throws AppFault as `go`, portal.siteNotNow where it must be looked for first, evidence.copyMissing and its like
   */
  readonly fill: () => Promise<SiteView>;
  /** Whether the number the page shows is this request's, by the person's word. @throws AppFault as `go`, portal.badAnswer */
  readonly judgeNumber: (isRight: boolean) => Promise<SiteView>;
  readonly close: () => Promise<void>;
  /** Closes what stands open and forgets every kept login. */
  readonly eraseLogins: () => Promise<void>;
};

/** What a visit is for: one request that waits to be carried by hand, or has its number. */
type Errand = {
  readonly ticket: Ticket;
  readonly map: PortalMap;
  readonly url: string;
  readonly files: readonly Evidence[];
};

function errandOf(parts: SiteServiceParts, id: TicketId): Errand {
  const { context, link } = parts;
  const ticket = context.tickets.find(id);
  if (ticket === null) throw new AppFault('notFound');
  if (!portalKinds[ticket.realm].opensHere) throw new AppFault('E_INPUT', { field: 'id' });
  if (ticket.recipient !== link.recipient()) throw new AppFault('portal.siteElsewhere');
  const choice = link.choice();
  const map = parts.maps().maps.find((known) => known.id === mapOf(choice));
  if (map === undefined || !('url' in choice)) throw new AppFault('portal.siteNoMap');
  if (ticket.number === null && waitingCreation(parts, id) === null) throw new AppFault('notFound');
  return { ticket, map, url: choice.url, files: context.evidence(filesOf(parts, id)) };
}

/** The request as it waits to be carried; null where it is sent or taken back by now. */
function waitingCreation({ context }: SiteServiceParts, id: TicketId): OutboxItem | null {
  return (
    context.outbox
      .readableOfTicket(id)
      .find(({ work, state }) => work.kind === 'create-ticket' && state === 'by-hand') ?? null
  );
}

/** The files that belong to the request itself and wait with it. */
function filesOf({ context }: SiteServiceParts, id: TicketId): readonly EvidenceId[] {
  return context.outbox
    .readableOfTicket(id)
    .flatMap(({ work, state }) =>
      work.kind === 'upload-attachment' && work.messageId === null && state === 'by-hand'
        ? [work.evidenceId]
        : [],
    );
}

/** Before a form is filled in: from here on the portal may have it, whatever becomes of this program. */
function noteBegun(parts: SiteServiceParts, id: TicketId): void {
  const { context } = parts;
  context.transact(() => {
    const item = waitingCreation(parts, id);
    if (item === null) throw new AppFault('notFound');
    const at = context.clock.instant();
    context.outbox.update({ ...item, attempts: item.attempts + 1, updatedAt: at });
    context.audit.append(at, 'form-filled', id);
  });
  context.publish({ kind: 'outboxChanged' });
}

/** Writes the number down, and of the files those the portal's page lists; the others go on waiting. */
function settle(
  parts: SiteServiceParts,
  { ticket, files }: Errand,
  found: {
    readonly number: string;
    readonly by: 'answer' | 'person';
    readonly listed: readonly string[];
  },
): void {
  const { context, sender } = parts;
  const creation = waitingCreation(parts, ticket.id);
  if (creation === null) return;
  const { number, by } = found;
  sender.decide(
    creation.id,
    { kind: 'carriedByHand' },
    { kind: 'numbered', number, receivedAt: context.clock.instant(), by },
  );
  const arrived = new Set(
    pageFiles(parts.folder, files)
      .filter(({ name }) => found.listed.includes(name))
      .map(({ evidenceId }) => evidenceId),
  );
  for (const item of context.outbox.readableOfTicket(ticket.id)) {
    const { work, state } = item;
    if (state === 'by-hand' && work.kind === 'upload-attachment' && arrived.has(work.evidenceId))
      sender.decide(item.id, { kind: 'carriedByHand' }, { kind: 'uploaded', receipt: null });
  }
  context.publish({ kind: 'ticketChanged', id: ticket.id });
  context.publish({ kind: 'requestsChanged' });
  context.publish({ kind: 'outboxChanged' });
}

/** What the ticket's page shows goes into its conversation, and a reply that waits and is there by now is sent. */
function takeRead(
  parts: SiteServiceParts,
  id: TicketId,
  read: ReadConversation,
): { readonly added: number; readonly odd: number } {
  const { context } = parts;
  const merged = mergeConversation(context, id, read);
  const areSettled = merged.arrived.map((arrived) => settleReply(parts, id, arrived)).includes(true);
  if (merged.isChanged || areSettled) {
    context.publish({ kind: 'ticketChanged', id });
    context.publish({ kind: 'requestsChanged' });
    context.publish({ kind: 'outboxChanged' });
    context.publish({ kind: 'remoteChanged' });
  }
  const last = merged.answers.at(-1);
  const ticket = context.tickets.find(id);
  if (last !== undefined && ticket !== null) parts.onAnswered(ticket, last, merged.answers.length - 1);
  return merged;
}

/** A reply that waited to be carried stands on the portal line by line: it and those of its files that are listed there wait no longer. */
function settleReply(
  { context, sender }: SiteServiceParts,
  id: TicketId,
  { id: messageId, reference, isWhole, files }: ArrivedMessage,
): boolean {
  if (!isWhole) return false;
  const waiting = context.outbox.readableOfTicket(id).filter(({ state }) => state === 'by-hand');
  const reply = waiting.find(({ work }) => work.kind === 'send-message' && work.messageId === messageId);
  if (reply !== undefined)
    sender.decide(
      reply.id,
      { kind: 'carriedByHand' },
      { kind: 'delivered', portalReference: reference, at: context.clock.instant() },
    );
  const uploads = waiting.flatMap(({ id: itemId, work }) =>
    work.kind === 'upload-attachment' && work.messageId === messageId
      ? context.evidence([work.evidenceId]).map(({ name }) => ({ itemId, name }))
      : [],
  );
  const listed = namesTaken(
    uploads.map(({ name }) => name),
    files.map((name) => [name]),
  );
  const arrived = uploads.filter(({ name }) => listed.includes(name));
  for (const { itemId } of arrived)
    sender.decide(itemId, { kind: 'carriedByHand' }, { kind: 'uploaded', receipt: null });
  return reply !== undefined || arrived.length > 0;
}

/** The portal's own pages beside a request: opened, filled in, read back, and left for the person to press. */
export function siteService(parts: SiteServiceParts): SiteService {
  const { context } = parts;
  const held = siteHolder(parts.openSite);
  let visit: SiteVisit | null = null;
  /** The window may have made room before the pages are there. */
  let room: SitePlace | null = null;
  /** What stands open, once something was asked of it. */
  const viewAfter = async (act: (standing: SiteVisit) => Promise<void>): Promise<SiteView> => {
    if (visit === null) throw new AppFault('notFound');
    const standing = visit;
    await act(standing);
    return standing.view();
  };
  const changed = (): void => context.publish({ kind: 'siteChanged' });
  const endVisit = async (): Promise<void> => {
    const ending = visit;
    visit = null;
    if (ending === null) return;
    await ending.close();
    await removePageFiles(parts.folder).catch(parts.log);
    changed();
  };
  const close = async (): Promise<void> => {
    await endVisit();
    await held.close();
  };
  const visitFor = (errand: Errand, keepsLogin: boolean): Promise<SiteVisit> => {
    const waiting = waitingCreation(parts, errand.ticket.id);
    if (waiting === null)
      return openReading({
        ...errand,
        keepsLogin,
        openSite: held.open,
        onRead: (read) => takeRead(parts, errand.ticket.id, read),
        onChange: changed,
        log: parts.log,
      });
    return openVisit({
      ...errand,
      files: pageFiles(parts.folder, errand.files),
      keepsLogin,
      isPerhapsThere: isPerhapsThere(waiting),
      openSite: held.open,
      writeFiles: () => writePageFiles(parts.folder, errand.files, parts.frozenFiles),
      onBegin: () => noteBegun(parts, errand.ticket.id),
      onArrived: (found) => settle(parts, errand, found),
      onChange: changed,
      log: parts.log,
    });
  };
  return {
    start: () => void removePageFiles(parts.folder).catch(parts.log),
    view: () => visit?.view() ?? null,
    known: () => parts.maps().maps.map(({ id, name, url, isTried }) => ({ id, name, url, isTried })),
    open: async (id, keepsLogin) => {
      const standing = visit;
      // A visit that sent a request has done its work: what is said about it is read by another.
      const hasSent = standing?.view().purpose === 'send' && waitingCreation(parts, id) === null;
      if (standing?.ticketId === id && standing.keepsLogin === keepsLogin && !standing.isGone() && !hasSent)
        return standing.view();
      const errand = errandOf(parts, id);
      await endVisit();
      visit = await visitFor(errand, keepsLogin);
      visit.place(room);
      changed();
      return visit.view();
    },
    place: (place) => {
      room = place;
      visit?.place(place);
    },
    go: (way) => viewAfter((standing) => standing.go(way)),
    lookUp: () => viewAfter((standing) => standing.lookUp()),
    sayAbsent: () => viewAfter(async (standing) => standing.sayAbsent()),
    fill: () => viewAfter((standing) => standing.fill()),
    judgeNumber: (isRight) => viewAfter(async (standing) => standing.judgeNumber(isRight)),
    close,
    eraseLogins: async () => {
      await close();
      await parts.eraseSites();
    },
  };
}
