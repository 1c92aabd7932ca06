import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import type { Portal, PortalChanges } from '../portal/port.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import { type Announcements, announcements, type AnnouncementsParts } from './announcements.ts';
import { askPortal, type AskPortalParts } from './ask-portal.ts';
import { isCursorRefused } from './cursor-restart.ts';
import { newsParts, newsSteps } from './news-steps.ts';
import type { NewsSource } from './take-news.ts';
import { newsPartTaker, type TakeNewsPartParts } from './take-news-part.ts';

export type ConversationSyncParts = AskPortalParts &
  AnnouncementsParts &
  TakeNewsPartParts & {
    /** An operator wrote; told after it is on disk. `more` others were written that are not told one by one. */
    readonly onAnswered: (ticket: Ticket, message: Message, more: number) => void;
  };

export type ConversationSync = Pick<Announcements, 'hearTime' | 'askTime'> & {
  /**
   * Reads everything newer than the cursor, page by page; each page and its cursor are one transaction, a page of more
   * than the contract allows as many as it needs, and each entry a part of one that fails alone. Ends after a bound of time and rounds, and where the portal brings nothing new. False when the portal gave no news.
   */
  readonly pull: () => Promise<boolean>;
  readonly pullAnnouncements: Announcements['pull'];
  /** True while the portal cannot be brought to tell more news. */
  readonly isStuck: () => boolean;
  /** How long no news may be asked for, in milliseconds. */
  readonly restMs: () => number;
  /** Whatever is under way takes nothing into the store from now on. */
  readonly stop: () => void;
};

/** Answers told one by one; more are one notification. */
const mostToldSingly = 3;

/**
 * Of many answers, and at the first look at a portal, only the last is told by itself. An operator who asks for a session waits for
 * somebody: that is told for each request, whatever else was written.
 */
function tellAnswers(
  { tickets, onAnswered }: ConversationSyncParts,
  answers: readonly Message[],
  isFirstLook: boolean,
): void {
  const tell = (message: Message, more: number): void => {
    const ticket = readRowOrNull(() => tickets.find(message.ticketId));
    if (ticket !== null) onAnswered(ticket, message, more);
  };
  const written = answers.filter(({ author }) => author.kind !== 'system');
  const singly = isFirstLook || written.length > mostToldSingly ? written.slice(-1) : written;
  for (const message of singly) tell(message, written.length - singly.length);
  const wishes = answers.filter(({ author }) => author.kind === 'system');
  for (const wish of new Map(wishes.map((message) => [message.ticketId, message])).values()) tell(wish, 0);
}

/** Brings what the portal holds into the store: state, operator, conversation. */
export function conversationSync(parts: ConversationSyncParts): ConversationSync {
  const { portals, link, clock, publish } = parts;
  const ask = askPortal(parts);
  const announced = announcements(parts, ask);
  const takePart = newsPartTaker(parts);
  const steps = newsSteps(clock);
  let isStuck = false;

  const setStuck = (next: boolean): void => {
    if (next === isStuck) return;
    isStuck = next;
    publish({ kind: 'portalStatusChanged' });
  };

  /** False when it was left off, for the portal is no longer asked: its entries come again, and are known then. */
  const takePage = async (
    portal: Portal,
    source: NewsSource,
    page: PortalChanges,
    answers: Message[],
  ): Promise<boolean> => {
    const all = newsParts(page);
    for (const [index, part] of all.entries()) {
      if (index > 0) await othersTurn();
      if (!ask.isCurrent(portal)) return false;
      answers.push(...takePart(source, part, index === all.length - 1 ? page.cursor : null));
    }
    return true;
  };

  /** Pages until there is no more, nothing new, or the bounds are met. Adds what operators wrote to `answers`. */
  const pullPages = async (portal: Portal, source: NewsSource, answers: Message[]): Promise<boolean> => {
    const progress = steps.begin(source.recipient, () => portals.cursor(source.recipient));
    let reached = false;
    while (ask.isCurrent(portal) && progress.mayGoOn()) {
      const outcome = await ask.read(portal, 'changes', () =>
        portal.changesSince(progress.current(), steps.limit()),
      );
      if (outcome === null) return reached;
      if (outcome.kind !== 'done') {
        const isUnreadable = steps.isUnreadable(outcome);
        // A cursor that is refused is left before smaller steps are tried behind it.
        if (progress.isLeft(outcome, false) || (steps.isTooMuch(outcome) && steps.smaller())) continue;
        if (progress.isLeft(outcome, isUnreadable)) continue;
        setStuck(isUnreadable || isCursorRefused(outcome));
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

  return {
    isStuck: () => isStuck,
    restMs: () => ask.restMs('changes'),
    stop: ask.stop,
    askTime: announced.askTime,
    hearTime: announced.hearTime,
    pullAnnouncements: announced.pull,
    pull: async () => {
      const portal = ask.syncing();
      if (portal === null) return false;
      const source: NewsSource = { realm: link.realm(), recipient: link.recipient() };
      const isFirstLook = portals.cursor(source.recipient) === null;
      const answers: Message[] = [];
      try {
        return await pullPages(portal, source, answers);
      } finally {
        // What is on the disk is told, whatever became of the pages after it.
        if (!ask.isStopped()) tellAnswers(parts, answers, isFirstLook);
      }
    },
  };
}
