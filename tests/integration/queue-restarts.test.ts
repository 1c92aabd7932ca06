import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { retryLimits } from '../../shared/flows/retry.ts';
import {
  type Act,
  type Answering,
  holdTime,
  later,
  lost,
  never,
  pass,
  queueStand,
  type QueueStand,
  well,
} from './queue-stand.ts';

beforeEach(() => holdTime());
afterEach(() => vi.useRealTimers());

const minute = 60_000;
const hour = 60 * minute;
const days = 72 * hour;

const busiestHour = (times: readonly number[]): number =>
  Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + hour).length));

const askedAbout = ({ asked }: QueueStand, reference: string): number[] =>
  asked.filter((question) => question.reference === reference).map(({ atMs }) => atMs);

type Plan = (act: Act) => Answering;
test.each<[string, Plan]>([
  ['refuses for now', () => later('portal.conflict')],
  ['cannot be reached', () => later('portal.unreachable')],
  ['says 429 without a word of how long', () => later('portal.rateLimited')],
  ['fails, and has nothing at each look-up', (act) => (act === 'create' ? lost(false) : well)],
  [
    'fails, and can be asked nothing',
    (act) => (act === 'create' ? lost(false) : later('portal.serverFault')),
  ],
  ['never answers, so that each start finds a request cut off', () => never(false)],
  ['never answers a look-up', (act) => (act === 'create' ? lost(false) : never(false))],
])('P3: an item is asked about at most 12 times in any hour, however often the program starts, when a portal %s', async (_what, answer) => {
  const stand = await queueStand({ random: () => 0 });
  const id = await stand.newTicket();
  stand.answerWith(answer);
  stand.sender.start();
  for (let starts = 0; starts < 180; starts += 1) {
    // Two look-ups that find nothing keep a minute between them within one life of the program (ONCE-1).
    await pass(starts % 2 === 0 ? 10_000 : 70_000);
    await stand.restart();
  }
  const times = askedAbout(stand, id);
  // Two hours: it is neither given up nor hammered.
  expect(times.length).toBeGreaterThanOrEqual(12);
  expect(busiestHour(times)).toBeLessThanOrEqual(retryLimits.triesAnHour);
  expect(times.slice(1).every((time, index) => time - (times[index] ?? 0) >= retryLimits.leastMs)).toBe(true);
  stand.answerWith(() => well);
  await pass(2 * hour);
  expect(stand.numbered(id)).toBe(true);
  expect(stand.taken).toHaveLength(1);
});

test('P3: a file whose transfer is cut off at each start is begun at most 12 times in any hour', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.sender.start();
  await pass(2_000);
  stand.answerWith((act) => (act === 'upload' ? never(false) : well));
  stand.reply(id, 'Ecco il file', 1);
  for (let starts = 0; starts < 240; starts += 1) {
    await pass(30_000);
    await stand.restart();
  }
  const times = stand.asked.filter(({ act }) => act === 'upload').map(({ atMs }) => atMs);
  expect(times.length).toBeGreaterThanOrEqual(12);
  expect(busiestHour(times)).toBeLessThanOrEqual(retryLimits.triesAnHour);
});

test.each([
  ['back', -days],
  ['forward', days],
])('P3: a clock set %s by days between two starts neither stops an item for longer than an hour nor lets it be hammered', async (_way, setByMs) => {
  const stand = await queueStand({ random: () => 0 });
  const id = await stand.newTicket();
  stand.answerWith(() => never(false));
  stand.sender.start();
  for (let starts = 0; starts < 60; starts += 1) {
    await pass(20_000);
    await stand.restart();
  }
  const before = askedAbout(stand, id).length;
  expect(before).toBe(12);
  const setMs = Date.now();
  await stand.restart(setByMs);
  for (let starts = 0; starts < 30; starts += 1) {
    await pass(3 * minute);
    await stand.restart();
  }
  const after = askedAbout(stand, id).filter((time) => time >= setMs);
  expect(after.length).toBeGreaterThanOrEqual(1);
  expect((after[0] ?? Number.POSITIVE_INFINITY) - setMs).toBeLessThanOrEqual(hour + 5 * minute);
  expect(busiestHour(after)).toBeLessThanOrEqual(retryLimits.triesAnHour);
});

test.each([
  0,
  -days,
])('P2: a request to wait an hour holds everything over any number of starts, and no longer than that (clock set by %s ms)', async (setByMs) => {
  const stand = await queueStand();
  const [first, second] = [await stand.newTicket(), await stand.newTicket()];
  stand.answerWith(() => later('portal.rateLimited', hour));
  stand.sender.start();
  await pass(1_000);
  expect(stand.asked).toHaveLength(1);
  stand.answerWith(() => well);
  await stand.restart(setByMs);
  expect(stand.sender.queueWait()?.reason.code).toBe('portal.rateLimited');
  for (let starts = 0; starts < 11; starts += 1) {
    await pass(5 * minute);
    await stand.restart();
  }
  expect(stand.asked).toHaveLength(1);
  await pass(10 * minute);
  expect([stand.numbered(first), stand.numbered(second)]).toEqual([true, true]);
});

test('R-HOURS-3: a portal that is closed and named no time is not asked anew by each start', async () => {
  const stand = await queueStand({ random: () => 1 });
  await stand.newTicket();
  await stand.newTicket();
  stand.answerWith(() => later('portal.maintenance'));
  stand.sender.start();
  for (let starts = 0; starts < 8; starts += 1) {
    await pass(30_000);
    await stand.restart();
  }
  expect(stand.asked).toHaveLength(1);
});

test("a person's word ends a kept rest, and no start brings it back", async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.answerWith(() => later('portal.rateLimited', hour));
  stand.sender.start();
  await pass(1_000);
  stand.answerWith(() => never(false));
  stand.sender.tryNow(null);
  await pass(1_000);
  await stand.restart();
  expect(stand.sender.queueWait()).toBeNull();
  stand.answerWith(() => well);
  await pass(20 * minute);
  expect(stand.numbered(id)).toBe(true);
});

test('a fault of the store between two looks shortens no rest the portal asked for', async () => {
  let refusals = 0;
  const stand = await queueStand({
    publishMark: () => {
      if (refusals === 0) return;
      refusals -= 1;
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' });
    },
  });
  await stand.newTicket();
  await stand.newTicket();
  stand.answerWith(() => later('portal.rateLimited', hour));
  refusals = 1;
  stand.sender.start();
  await pass(30 * minute);
  expect(stand.faults).toHaveLength(1);
  expect(stand.asked).toHaveLength(1);
});

test.each([
  'x',
  '{}',
  '{"triedAtMs":["x"],"restUntilMs":null}',
  '{"triedAtMs":[1e999],"restUntilMs":1e999}',
  '[1,2]',
])('DAMAGE-3: what a hand wrote where tries are kept (%s) stops nothing', async (text) => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.editPace(text);
  stand.sender.start();
  await pass(minute);
  expect(stand.numbered(id)).toBe(true);
  expect(stand.faults).toEqual([]);
});
