import { appError } from '../../shared/domain/app-error.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { watchUnheardFaults } from '../platform/unheard-faults.ts';
import { within } from '../platform/within.ts';
import type { PortalOutcome } from '../portal/port.ts';
import { asOutcome } from './own-fault.ts';

type Id = OutboxItem['id'];

export type ExchangeTurns = {
  /**
   * One exchange about one item: ended by its outcome, by `limitMs` milliseconds of running time, by a fault that nobody listened to, or by
   * `abandoned`, of which nothing is told (null). Whatever ended it, its `turn` is over then, and with it every request of it.
   * @throws what SQLite or the disk refuse
   */
  readonly take: <T>(
    id: Id,
    ask: (turn: AbortSignal) => Promise<PortalOutcome<T>>,
    limitMs: number,
    abandoned: AbortSignal,
  ) => Promise<PortalOutcome<T> | null>;
  /** False while something of an earlier exchange about this item has not ended though its turn is over: nothing of it is sent meanwhile. */
  readonly isFree: (id: Id) => boolean;
};

/** How long an item waits for what was left of its turn, in milliseconds; what still comes of it then finds its turn over and sends nothing. */
const leftOverMs = 30_000;

/** @param onFreed an item that was kept waiting may move again */
export function exchangeTurns(log: (error: unknown) => string, onFreed: () => void): ExchangeTurns {
  const leftOver = new Map<Id, Promise<unknown>>();
  /** Items whose turn was ended once by a fault of unknown origin: noise from elsewhere must not hold the queue for ever. */
  const disturbed = new Set<Id>();

  const keepApart = async (id: Id, work: Promise<unknown>): Promise<void> => {
    leftOver.set(id, work);
    await within(
      work.catch(() => undefined),
      leftOverMs,
    );
    if (leftOver.get(id) !== work) return;
    leftOver.delete(id);
    onFreed();
  };
  return {
    isFree: (id) => !leftOver.has(id),
    take: async (id, ask, limitMs, abandoned) => {
      const over = new AbortController();
      const turn = AbortSignal.any([over.signal, abandoned]);
      let isEnded = false;
      let tell: (outcome: PortalOutcome<never>) => void = () => undefined;
      const interrupted = new Promise<PortalOutcome<never>>((told) => {
        tell = told;
      });
      const watch = watchUnheardFaults((reference, isOwn) => {
        if (!isOwn && disturbed.has(id)) return;
        if (!isOwn) disturbed.add(id);
        tell({ kind: 'unknown', error: { ...appError('outbox.interrupted'), reference } });
      });
      const work = watch
        .begin(() => asOutcome(() => ask(turn), log))
        .finally(() => {
          isEnded = true;
        });
      try {
        const ended = await within(Promise.race([work, interrupted]), limitMs, abandoned);
        if (ended.kind === 'abandoned') return null;
        return ended.kind === 'late' ? { kind: 'unknown', error: appError('portal.timeout') } : ended.value;
      } finally {
        watch.end();
        over.abort();
        if (!isEnded) void keepApart(id, work);
      }
    },
  };
}
