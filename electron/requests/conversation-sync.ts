import { setImmediate as othersTurn } from 'node:timers/promises';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { SignedPack } from '../../shared/domain/data-pack.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import type { AsideWhy } from '../../shared/portal/heard-changes.ts';
import { noticesToKeep } from '../../shared/rules/announcements.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import { failpoint } from '../platform/failpoint.ts';
import { faultCode } from '../platform/fault-code.ts';
import type { Portal, PortalChanges, PortalOutcome } from '../portal/port.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { PaceRepository } from '../store/pace-repository.ts';
import type { PortalRepository } from '../store/portal-repository.ts';
import { storeError } from '../store/store-error.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import { isCursorRefused } from './cursor-restart.ts';
import { type NewsPart, newsParts, newsSteps } from './news-steps.ts';
import { readRests } from './read-rests.ts';
import { type NewsSource, takeNews, type TakeNewsParts } from './take-news.ts';

export type ConversationSyncParts = TakeNewsParts & {
  readonly pace: PaceRepository;
  readonly portals: PortalRepository;
  readonly link: PortalLink;
  readonly transact: <T>(work: () => T) => T;
  readonly publish: PublishEvent;
  /** Data the portal hands out, not believed yet. */
  readonly onPacks: (packs: readonly SignedPack[]) => void;
  /** An operator wrote; told after it is on disk. `more` others were written that are not told one by one. */
  readonly onAnswered: (ticket: Ticket, message: Message, more: number) => void;
};

export type ConversationSync = {
  /**
   * Reads everything newer than the cursor, page by page; each page and its cursor are one transaction, a page of more
   * than the contract allows as many as it needs, and each entry a part of one that fails alone. Ends after a bound of time and rounds, and where the portal brings nothing new. False when the portal gave no news.
   */
  readonly pull: () => Promise<boolean>;
  /** Reads notices, the terms in force, the products' newest versions and what the portal takes (R-HOURS-2, R-ACCEPT-1, R-VERSION-1). False when none was answered. */
  readonly pullAnnouncements: () => Promise<boolean>;
  /** Notices and terms, side by side: what sending waits for, and the portal's time with it. Resolves whatever came of it. */
  readonly hearTime: () => Promise<void>;
  /** One read for the sake of the portal's time, once each time it was opened: of its notices where it has any, for they may take back what closes it. A failure is noted nowhere. */
  readonly askTime: () => Promise<void>;
  /** True while the portal cannot be brought to tell more news. */
  readonly isStuck: () => boolean;
  /** How long no news may be asked for, in milliseconds. */
  readonly restMs: () => number;
  /** Whatever is under way takes nothing into the store from now on. */
  readonly stop: () => void;
};

/** Answers told one by one; more are one notification. */
const mostToldSingly = 3;

/** Terms are asked for at each start: with them the portal tells its time, which sending waits for. */
const outlivesStart = (name: string): boolean => !name.endsWith(' terms');

/** Brings what the portal holds into the store: state, operator, conversation. */
export function conversationSync(parts: ConversationSyncParts): ConversationSync {
  const { tickets, portals, link, clock, transact, publish } = parts;
  const take = takeNews(parts);
  const steps = newsSteps(clock);
  const rests = readRests({ clock, pace: parts.pace, outlivesStart });
  let stopped = false;
  let isStuck = false;

  const setStuck = (next: boolean): void => {
    if (next === isStuck) return;
    isStuck = next;
    publish({ kind: 'portalStatusChanged' });
  };

  /** Takes one entry, or says why it cannot be taken. What the disk refuses is nobody's entry: it undoes the page. */
  const takeOne = <T>(work: () => T): T | AsideWhy => {
    try {
      return transact(work);
    } catch (error) {
      const why = asideWhy(error);
      if (why === null) throw error;
      return why;
    }
  };

  /** @param cursor kept with the last part of a page; null before it */
  const takePart = (source: NewsSource, part: NewsPart, cursor: string | null): readonly Message[] => {
    const changed = new Set<TicketId>();
    const answers: Message[] = [];
    const aside = [...part.aside];
    transact(() => {
      for (const entry of part.tickets) {
        const id = takeOne(() => ({ id: take.ticket(source, entry) }));
        if (typeof id !== 'string') changed.add(id.id);
        else aside.push({ why: id, entry: JSON.stringify(entry), about: `${entry.number}\n${entry.clientReference ?? ''}` });
        if (id === 'contradiction') take.contradicted(source, entry);
      }
      for (const entry of part.messages) {
        const taken = takeOne(() => take.message(source, entry));
        if (typeof taken === 'string') {
          aside.push({ why: taken, entry: JSON.stringify(entry) });
          continue;
        }
        changed.add(taken.ticketId);
        if (taken.answer !== null) answers.push(taken.answer);
      }
      parts.setAside.add(source.recipient, aside, clock.instant());
      if (cursor !== null) portals.keepCursor(source.recipient, cursor);
      failpoint('sync.inTx');
    });
    if (changed.size > 0) {
      publish({ kind: 'requestsChanged' });
      // What stood in the queue may be settled by what was read.
      publish({ kind: 'outboxChanged' });
    }
    for (const id of changed) publish({ kind: 'ticketChanged', id });
    if (aside.length > 0) publish({ kind: 'portalStatusChanged' });
    return answers;
  };

  const tell = (answers: readonly Message[], isFirstLook: boolean): void => {
    const singly = isFirstLook || answers.length > mostToldSingly ? answers.slice(-1) : answers;
    for (const message of singly) {
      const ticket = readRowOrNull(() => tickets.find(message.ticketId));
      if (ticket !== null) parts.onAnswered(ticket, message, answers.length - singly.length);
    }
  };

  const syncing = (): Portal | null => {
    const portal = link.portal();
    return !stopped && portal?.capabilities.sync === true ? portal : null;
  };
  const isCurrent = (portal: Portal): boolean => !stopped && portal === link.portal();

  /** False when it was left off, for the portal is no longer asked: its entries come again, and are known then. */
  const takePage = async (portal: Portal, source: NewsSource, page: PortalChanges, answers: Message[]): Promise<boolean> => {
    const all = newsParts(page);
    for (const [index, part] of all.entries()) {
      if (index > 0) await othersTurn();
      if (!isCurrent(portal)) return false;
      answers.push(...takePart(source, part, index === all.length - 1 ? page.cursor : null));
    }
    return true;
  };

  /** One question, unless the portal asked for a rest of it; null as well when its answer came too late to be taken. */
  const rested = <T>(portal: Portal, asked: string, ask: () => Promise<PortalOutcome<T>>): Promise<PortalOutcome<T> | null> =>
    rests.ask(`${link.key()} ${asked}`, ask, () => isCurrent(portal));
  /** As `rested`, and what the answer says of the portal is noted. */
  const read = async <T>(portal: Portal, asked: string, ask: () => Promise<PortalOutcome<T>>): Promise<PortalOutcome<T> | null> => {
    const outcome = await rested(portal, asked, ask);
    return outcome === null ? null : link.observe('read', outcome);
  };
  const pullNotices = async (portal: Portal): Promise<boolean> => {
    if (!portal.capabilities.calendar) return false;
    const notices = await read(portal, 'notices', () => portal.notices());
    if (notices?.kind === 'done') transact(() => portals.keepPortalNotices(noticesToKeep(notices.value, Date.parse(clock.instant()))));
    return notices?.kind === 'done';
  };
  const pullTerms = async (portal: Portal): Promise<boolean> => {
    const key = link.key();
    const known = portals.terms(key)?.sha256;
    const terms = await read(portal, 'terms', () => portal.terms());
    if (terms?.kind !== 'done') return false;
    transact(() => portals.keepTerms(key, terms.value));
    if (terms.value.sha256 !== known) publish({ kind: 'outboxChanged' });
    return true;
  };

  let hearing: { readonly portal: Portal; readonly heard: Promise<readonly boolean[]> } | null = null;
  /** Whoever asks while they are being asked for waits for the same answers. */
  const hear = (portal: Portal): Promise<readonly boolean[]> => {
    if (hearing?.portal === portal) return hearing.heard;
    const heard = Promise.all([pullNotices(portal), pullTerms(portal)]).finally(() => {
      if (hearing?.heard === heard) hearing = null;
    });
    hearing = { portal, heard };
    return heard;
  };

  /** Pages until there is no more, nothing new, or the bounds are met. Adds what operators wrote to `answers`. */
  const pullPages = async (portal: Portal, source: NewsSource, answers: Message[]): Promise<boolean> => {
    const progress = steps.begin(source.recipient, () => portals.cursor(source.recipient));
    let reached = false;
    while (isCurrent(portal) && progress.mayGoOn()) {
      const outcome = await read(portal, 'changes', () => portal.changesSince(progress.current(), steps.limit()));
      if (outcome === null) return reached;
      if (outcome.kind !== 'done') {
        if ((steps.isTooMuch(outcome) && steps.smaller()) || progress.isLeft(outcome, steps.isTooMuch(outcome))) continue;
        setStuck(steps.isTooMuch(outcome) || isCursorRefused(outcome));
        return reached;
      }
      reached = true;
      const isNew = await progress.isNew(outcome.value);
      if (!(await takePage(portal, source, outcome.value, answers))) return reached;
      steps.larger();
      if (outcome.value.hasMore && isNew) continue;
      setStuck(outcome.value.hasMore);
      return true;
    }
    return reached;
  };

  let askedTimeOf: Portal | null = null;

  return {
    isStuck: () => isStuck,
    restMs: () => rests.restMs(`${link.key()} changes`),
    stop: () => {
      stopped = true;
    },
    askTime: async () => {
      const portal = syncing();
      if (portal === null || portal === askedTimeOf) return;
      askedTimeOf = portal;
      if (portal.capabilities.calendar) {
        const notices = await rested(portal, 'notices', () => portal.notices());
        if (notices?.kind !== 'done') return;
        link.observe('read', notices);
        transact(() => portals.keepPortalNotices(noticesToKeep(notices.value, Date.parse(clock.instant()))));
        publish({ kind: 'portalStatusChanged' });
        // A time far from the PC's is believed when a second answer bears it out.
        if (!link.isClockDoubtful()) return;
      }
      const terms = await rested(portal, 'terms', () => portal.terms());
      if (terms?.kind === 'done') link.observe('read', terms);
    },
    hearTime: async () => {
      const portal = syncing();
      if (portal === null) return;
      await hear(portal);
      publish({ kind: 'portalStatusChanged' });
    },
    pull: async () => {
      const portal = syncing();
      if (portal === null) return false;
      const source: NewsSource = { realm: link.realm(), recipient: link.recipient() };
      const isFirstLook = portals.cursor(source.recipient) === null;
      const answers: Message[] = [];
      try {
        return await pullPages(portal, source, answers);
      } finally {
        // What is on the disk is told, whatever became of the pages after it.
        if (!stopped) tell(answers, isFirstLook);
      }
    },
    pullAnnouncements: async () => {
      const portal = syncing();
      if (portal === null) return false;
      const key = link.key();
      const heard = await hear(portal);
      const products = await read(portal, 'products', () => portal.products());
      if (products?.kind === 'done') {
        const versions = products.value.flatMap(({ id, latestVersion }) => (latestVersion === null ? [] : [[id, latestVersion] as const]));
        transact(() => portals.keepLatestVersions(key, { at: clock.instant(), versions: Object.fromEntries(versions) }));
      }
      const requirements = await read(portal, 'requirements', () => portal.requirements());
      if (requirements?.kind === 'done') transact(() => portals.keepRequirements(key, requirements.value));
      if (!isCurrent(portal)) return false;
      // Not noted as an answer about the portal: one without packs of its own is no broken portal.
      const packs = await rested(portal, 'packs', () => portal.packs());
      if (!isCurrent(portal)) return false;
      if (packs?.kind === 'done') parts.onPacks(packs.value);
      publish({ kind: 'portalStatusChanged' });
      return heard.includes(true) || products?.kind === 'done' || requirements?.kind === 'done';
    },
  };
}

/** Why one entry cannot be taken, whatever went wrong with it; null for what speaks of the disk and not of the entry. */
function asideWhy(error: unknown): AsideWhy | null {
  if (error instanceof AppFault) return error.error.code === 'portal.badAnswer' ? 'contradiction' : 'unreadable';
  if (faultCode(error).startsWith('SQLITE_CONSTRAINT')) return 'contradiction';
  return storeError(error) === null ? 'unreadable' : null;
}
