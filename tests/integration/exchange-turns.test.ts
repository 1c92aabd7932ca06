import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exchangeTurns } from '../../electron/outbox/exchange-turns.ts';
import { keepUnheardFaults } from '../../electron/platform/unheard-faults.ts';
import type { PortalOutcome } from '../../electron/portal/port.ts';
import { appError } from '../../shared/domain/app-error.ts';
import { type OutboxItem, outboxItemSchema } from '../../shared/domain/outbox-item.ts';
import { type Act, type Answering, holdTime, never, pass, queueStand, well } from './queue-stand.ts';

beforeEach(() => holdTime());
afterEach(() => vi.useRealTimers());

const minute = 60_000;
const newId = (): OutboxItem['id'] => outboxItemSchema.shape.id.parse(randomUUID());
const done: PortalOutcome<string> = { kind: 'done', value: 'done', serverDate: null };
const alone = (): AbortSignal => new AbortController().signal;

test.each<Act>([
  'create',
  'find-ticket',
  'message',
  'find-message',
  'upload',
  'close',
])('question "%s" that is never answered is over with its turn, and the next about the same item begins after that', async (act) => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  const inDoubt = (asked: Act): Answering | null =>
    (act === 'find-ticket' && asked === 'create') || (act === 'find-message' && asked === 'message')
      ? never(false)
      : null;
  let isOdd = true;
  stand.answerWith((asked) => (isOdd ? (inDoubt(asked) ?? (asked === act ? never(false) : well)) : well));
  stand.sender.start();
  await pass(2_000);
  if (act !== 'create' && act !== 'find-ticket') {
    stand.reply(id, 'La tensione: 13,4 V', act === 'upload' ? 1 : 0);
    if (act === 'close') stand.tickets.close(id);
  }
  await pass(3 * 60 * minute);
  isOdd = false;
  await pass(3 * 60 * minute);
  const of = stand.asked.filter((asked) => asked.act === act);
  expect(of.length).toBeGreaterThanOrEqual(2);
  expect(of.map(({ turn }) => turn?.aborted)).toEqual(of.map(() => true));
  expect(stand.itemsOf(id).filter(({ state }) => state !== 'accepted')).toEqual([]);
});

test('a file whose turn is over but has not ended is not sent a second time until it has', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  let endedAtMs = 0;
  stand.answerWith((act) => {
    if (act !== 'upload' || endedAtMs !== 0) return well;
    const { turn } = stand.asked.at(-1) ?? {};
    return {
      takes: false,
      outcome: new Promise((settle) => {
        turn?.addEventListener('abort', () =>
          setTimeout(() => {
            endedAtMs = Date.now();
            settle({ kind: 'refused', error: appError('cancelled'), retry: 'later', retryAfterMs: null });
          }, 20_000),
        );
      }),
    };
  });
  stand.sender.start();
  await pass(2_000);
  stand.reply(id, 'Ecco il file', 1);
  await pass(60 * minute);
  const uploads = stand.asked.filter(({ act }) => act === 'upload');
  expect(uploads).toHaveLength(2);
  expect(endedAtMs).toBeGreaterThan(0);
  expect(uploads[1]?.atMs).toBeGreaterThanOrEqual(endedAtMs);
  expect(stand.taken.filter(({ kind }) => kind === 'file')).toHaveLength(1);
});

/** Turns, and a process whose unheard faults the test makes up. */
function faulty() {
  const hear: ((fault: unknown) => void)[] = [];
  keepUnheardFaults({ on: (_kind, heard) => hear.push(heard) }, () => 'reference');
  const freed: number[] = [];
  return {
    turns: exchangeTurns(String, () => freed.push(Date.now())),
    freed,
    fault: (): void => hear[0]?.(new RangeError('x')),
  };
}

test('a fault that comes out of one turn ends that one alone, each time', async () => {
  const { turns, fault } = faulty();
  const [id, other] = [newId(), newId()];
  const quiet = turns.take(
    other,
    () => new Promise((settle) => setTimeout(settle, 5_000, done)),
    minute,
    alone(),
  );
  for (let time = 0; time < 2; time += 1) {
    const outcome = turns.take(
      id,
      () => {
        setTimeout(AsyncResource.bind(fault), 100);
        return new Promise(() => undefined);
      },
      minute,
      alone(),
    );
    await pass(100);
    expect(await outcome).toMatchObject({
      kind: 'unknown',
      error: { code: 'outbox.interrupted', reference: 'reference' },
    });
  }
  await pass(5_000);
  expect(await quiet).toEqual(done);
});

test('a fault of unknown origin ends each turn under way, and an item only once', async () => {
  const { turns, fault } = faulty();
  const id = newId();
  const take = () =>
    turns.take(id, () => new Promise((settle) => setTimeout(settle, 5_000, done)), minute, alone());
  const first = take();
  fault();
  expect(await first).toMatchObject({ kind: 'unknown', error: { code: 'outbox.interrupted' } });
  const second = take();
  fault();
  await pass(5_000);
  expect(await second).toEqual(done);
});

test('a fault that comes late out of a turn that is over harms no other', async () => {
  const { turns, fault } = faulty();
  const late = turns.take(
    newId(),
    async () => {
      setTimeout(AsyncResource.bind(fault), 1_000);
      return done;
    },
    minute,
    alone(),
  );
  expect(await late).toEqual(done);
  const other = turns.take(
    newId(),
    () => new Promise((settle) => setTimeout(settle, 5_000, done)),
    minute,
    alone(),
  );
  await pass(5_000);
  expect(await other).toEqual(done);
});

test('an item whose earlier turn never ends is free again after a bound, and the queue is told', async () => {
  const { turns, freed } = faulty();
  const id = newId();
  const outcome = turns.take(id, () => new Promise(() => undefined), minute, alone());
  await pass(minute);
  expect(await outcome).toMatchObject({ kind: 'unknown', error: { code: 'portal.timeout' } });
  expect([turns.isFree(id), turns.isFree(newId())]).toEqual([false, true]);
  await pass(30_000);
  expect(turns.isFree(id)).toBe(true);
  expect(freed).toHaveLength(1);
});
