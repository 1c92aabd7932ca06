import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PortalOutcome } from '../../electron/portal/port.ts';
import { appError } from '../../shared/domain/app-error.ts';
import { holdTime, later, pass, queueStand, well } from './queue-stand.ts';

beforeEach(() => holdTime());
afterEach(() => vi.useRealTimers());

const minute = 60_000;
const hour = 60 * minute;

test.each([
  false,
  true,
])('P2: rest a portal asked for is kept when the person leaves it and comes back, started anew meanwhile: %s', async (isRestarted) => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  const here = 'practice';
  stand.answerWith(() => later('portal.rateLimited', hour));
  stand.sender.start();
  await pass(minute);
  expect(stand.asked).toHaveLength(1);
  stand.answerWith(() => well);
  let changes = 0;
  for (; changes < 10; changes += 1) {
    stand.moveElsewhere(id);
    stand.choosePortal('contract https://other.example');
    await pass(minute);
    if (isRestarted && changes === 4) await stand.restart();
    stand.db.prepare("update tickets set realm = 'practice', recipient = null where id = ?").run(id);
    stand.choosePortal(here);
    await pass(minute);
  }
  expect(changes).toBe(10);
  expect(stand.asked).toHaveLength(1);
  await pass(hour);
  expect([stand.asked.length, stand.numbered(id)]).toEqual([2, true]);
});

test('another portal is not kept waiting by the rest of the one before, nor by its answer that comes late', async () => {
  const stand = await queueStand();
  const first = await stand.newTicket();
  const second = await stand.newTicket();
  let answer: (outcome: PortalOutcome<never>) => void = () => undefined;
  const outcome = new Promise<PortalOutcome<never>>((resolve) => {
    answer = resolve;
  });
  stand.answerWith((_act, reference) => (reference === first ? { takes: false, outcome } : well));
  stand.sender.start();
  await pass(1_000);
  // It was made for the portal that is left; the other one is for the next.
  stand.moveElsewhere(first);
  stand.choosePortal('contract https://other.example');
  answer({ kind: 'refused', error: appError('portal.rateLimited'), retry: 'later', retryAfterMs: hour });
  await pass(minute);
  expect([stand.numbered(second), stand.sender.queueWait()]).toEqual([true, null]);
  expect(stand.context.pace.rest('contract https://other.example outbox')).toBeNull();
});

test('P3: portal changed again and again makes no item be tried oftener than twelve times an hour', async () => {
  const stand = await queueStand();
  await stand.newTicket();
  stand.answerWith(() => later('portal.unreachable'));
  stand.sender.start();
  for (let changes = 0; changes < 59; changes += 1) {
    stand.choosePortal('practice');
    await pass(minute);
  }
  expect(stand.asked.length).toBeGreaterThan(8);
  expect(stand.asked.length).toBeLessThanOrEqual(12);
});

test('queue held for a login that is missing goes at once when the person has given it', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.answerWith(() => later('portal.unauthorized'));
  stand.sender.start();
  await pass(10_000);
  expect([stand.numbered(id), stand.sender.queueWait()?.reason.code]).toEqual([false, 'portal.unauthorized']);
  stand.answerWith(() => well);
  stand.choosePortal('practice');
  await pass(2_000);
  expect(stand.numbered(id)).toBe(true);
});
