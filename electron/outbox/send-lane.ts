import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Turn, ItemDelivery } from './deliver-item.ts';

/**
 * Two rows of things to be sent, each one at a time and oldest first: requests, replies and closings, and the files that belong to
 * them. A file of a hundred megabytes on a bad line keeps no request from its place in the vendor's queue (R-TICKET-2).
 */
export const lanes = ['words', 'files'] as const;
export type Lane = (typeof lanes)[number];

export function laneOf(item: OutboxItem): Lane {
  return item.work.kind === 'upload-attachment' ? 'files' : 'words';
}

export type SendLaneParts = {
  readonly carrier: ItemDelivery;
  /** Looks at the gate, then at the queue; null when nothing of this lane may move now. */
  readonly firstTurn: () => Promise<Turn | null>;
  /** What follows at once and is begun already, where nothing has to be asked or waited for. */
  readonly goOn: () => Turn | null;
  /** Before each look through the queue: what was cut off here is dealt with. */
  readonly settleLeftOver: () => void;
  /** After each exchange, whatever came of it. */
  readonly onExchanged: (item: OutboxItem) => void;
  /** Nothing may move any more for now; `moved` when something did. */
  readonly onIdle: (moved: boolean) => void;
  /** A fault of ours about this one item: it gives way. @throws what concerns every item alike, as the store's own refusals do */
  readonly onItemFault: (item: OutboxItem, error: unknown) => void;
  /** The store itself failed. */
  readonly onFault: (error: unknown) => void;
  /** Ends what is under way: the program is being closed. */
  readonly leaving: AbortSignal;
};

export type SendLane = {
  /** Looks through the queue, now or as soon as what is under way has ended. */
  readonly wake: () => void;
  /** Ends the exchange about this item, if there is one right now. */
  readonly giveUp: (id: OutboxItem['id']) => void;
  /** Resolves when nothing is under way; nothing starts after it. */
  readonly stop: () => Promise<void>;
};

/** One row of exchanges, one after the other, until nothing of it may move. */
export function sendLane(parts: SendLaneParts): SendLane {
  const { carrier } = parts;
  let underWay: { readonly id: OutboxItem['id']; readonly abandon: AbortController } | null = null;
  let running: Promise<void> | null = null;
  let wokenAgain = false;
  let stopped = false;

  /** One exchange about one item, which the person or the end of the program may give up at any moment; null as well where it failed. */
  const exchange = async <T>(
    { item }: Turn,
    work: (abandoned: AbortSignal) => Promise<T>,
  ): Promise<T | null> => {
    const abandon = new AbortController();
    underWay = { id: item.id, abandon };
    try {
      return await work(AbortSignal.any([abandon.signal, parts.leaving]));
    } catch (error) {
      parts.onItemFault(item, error);
      return null;
    } finally {
      underWay = null;
      parts.onExchanged(item);
    }
  };
  const sendAllDue = async (): Promise<boolean> => {
    let moved = false;
    for (let turn = await parts.firstTurn(); turn !== null; turn = await parts.firstTurn()) {
      const first: Turn = turn;
      moved = true;
      if (first.item.state === 'unknown') {
        await exchange(first, (abandoned) => carrier.lookUp(first, abandoned));
        continue;
      }
      let next: Turn | null = carrier.begin(first);
      while (next !== null) {
        const begun: Turn = next;
        next = await exchange(begun, (abandoned) => carrier.send(begun, parts.goOn, abandoned));
      }
    }
    return moved;
  };
  const run = async (): Promise<boolean> => {
    parts.settleLeftOver();
    return sendAllDue();
  };
  const wake = (): void => {
    if (stopped) return;
    if (running !== null) {
      wokenAgain = true;
      return;
    }
    running = run()
      .catch((error: unknown) => {
        parts.onFault(error);
        return true;
      })
      .then((moved) => {
        running = null;
        parts.onIdle(moved);
        if (!wokenAgain) return;
        wokenAgain = false;
        wake();
      });
  };
  return {
    wake,
    giveUp: (id) => {
      if (underWay?.id === id) underWay.abandon.abort();
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
