import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Clock } from '../../electron/platform/clock.ts';
import { holdTime, later, pass, queueStand, well } from './queue-stand.ts';

beforeEach(() => holdTime());
afterEach(() => vi.useRealTimers());

const minute = 60_000;
const hour = 60 * minute;

test("a hold of the portal's that is over is not renewed by one item's own refusal: the others go", async () => {
  const stand = await queueStand();
  const bad = await stand.newTicket();
  let isDown = true;
  stand.answerWith((_act, reference) => {
    if (isDown) return later('portal.serverFault');
    return reference === bad ? later('portal.conflict') : well;
  });
  stand.sender.start();
  await pass(2 * hour);
  expect(stand.asked.length).toBeGreaterThanOrEqual(5);
  isDown = false;
  await pass(20 * minute);
  const good = await stand.newTicket();
  await pass(minute);
  expect(stand.numbered(good)).toBe(true);
  expect(stand.numbered(bad)).toBe(false);
});

test('a store that refuses to be read between two looks is told, and the queue goes on when it answers again', async () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => void unheard.push(error);
  process.on('unhandledRejection', hear);
  const refusal = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
  let refusals = 0;
  let marks = 0;
  const refused = (): void => {
    if (refusals === 0) return;
    refusals -= 1;
    throw refusal;
  };
  const stand = await queueStand({
    gate: () => {
      refused();
      return null;
    },
    publishMark: () => {
      marks += 1;
      if (marks === 1) throw refusal;
    },
  });
  const id = await stand.newTicket();
  refusals = 4;
  stand.sender.start();
  await pass(minute);
  const second = await stand.newTicket();
  await pass(minute);
  vi.useRealTimers();
  // What nobody caught is told at the end of a turn of the loop.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
  expect(stand.faults.filter((fault) => fault === refusal).length).toBeGreaterThanOrEqual(5);
  expect([stand.numbered(id), stand.numbered(second)]).toEqual([true, true]);
});

test('what becomes due between the last look at the queue and the planning of the next one is not forgotten', async () => {
  let aheadMs = 0;
  const clock: Clock = { instant: () => new Date().toISOString(), monotonicMs: () => Date.now() + aheadMs };
  // The disk takes its time over the mark that follows a row of steps.
  const publishMark = (): void => {
    aheadMs += 1_500;
  };
  const stand = await queueStand({ clock, publishMark });
  const id = await stand.newTicket();
  stand.answerWith((act) => (act === 'create' && stand.asked.length === 1 ? later('portal.conflict') : well));
  stand.sender.start();
  await pass(minute);
  expect(stand.asked.length).toBe(2);
  expect(stand.numbered(id)).toBe(true);
});

test('a reply whose place in the queue cannot be read keeps no later reply and no closing waiting', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.sender.start();
  await pass(2_000);
  stand.answerWith(() => later('portal.conflict'));
  const first = stand.reply(id, 'La tensione: 13,4 V');
  await pass(500);
  const second = stand.reply(id, 'E ora 12,9 V');
  stand.tickets.close(id);
  const item = stand.itemsOf(id).find(({ work }) => work.kind === 'send-message' && work.messageId === first);
  if (item === undefined) throw new Error('no item');
  // As a hand or a disk would leave it.
  stand.context.outbox.update({ ...item, lastError: JSON.parse('"x"') });
  stand.answerWith(() => well);
  await pass(hour);
  expect(stand.taken.map(({ kind }) => kind)).toEqual(['ticket', 'message', 'closing']);
  expect(stand.taken[1]?.reference).toBe(second);
});

test.each([
  'upload',
  'message',
] as const)('R-TICKET-2: one %s that meets a fault each time does not keep those of other requests waiting', async (act) => {
  const stand = await queueStand();
  const [bad, good, other] = [await stand.newTicket(), await stand.newTicket(), await stand.newTicket()];
  stand.sender.start();
  await pass(minute);
  const files = act === 'upload' ? 1 : 0;
  stand.reply(bad, 'Il primo', files);
  const first = (): string | undefined =>
    stand
      .itemsOf(bad)
      .find(
        ({ work }) =>
          work.kind !== 'create-ticket' && (act === 'message' || work.kind === 'upload-attachment'),
      )?.idempotencyKey;
  const isFirst = (reference: string): boolean =>
    act === 'upload'
      ? reference === first()
      : stand.itemsOf(bad).some(({ work }) => work.kind === 'send-message' && work.messageId === reference);
  stand.answerWith((asked, reference) =>
    asked === act && isFirst(reference) ? later('portal.serverFault') : well,
  );
  await pass(4 * hour);
  // By now everything waits for it.
  expect(stand.sender.queueWait()).not.toBeNull();
  for (const id of [good, other]) stand.reply(id, 'Il secondo', files);
  await pass(2 * hour);
  const taken = stand.taken.filter(({ kind }) => kind === (act === 'upload' ? 'file' : 'message'));
  expect(taken.filter(({ reference }) => !isFirst(reference))).toHaveLength(2);
  expect(taken.filter(({ reference }) => isFirst(reference))).toEqual([]);
  stand.answerWith(() => well);
  await pass(2 * hour);
  expect(stand.itemsOf(bad).filter(({ state }) => state !== 'accepted')).toEqual([]);
});
