import { afterEach, expect, test, vi } from 'vitest';
import { portalClock } from '../../electron/portal/portal-clock.ts';
import { syncSchedule } from '../../electron/requests/sync-schedule.ts';
import type { Notice } from '../../shared/domain/notice.ts';
import { freshFolder, openTestWorkshop } from './workshop-fixture.ts';

afterEach(() => vi.useRealTimers());

const hour = 3_600_000;
const start = '2026-11-24T09:00:00.000Z';
const notice = (endsAt: string | null): Notice =>
  ({
    id: 'n1',
    kind: 'maintenance',
    title: { it: 'Manutenzione', en: 'Maintenance' },
    startsAt: '2026-11-24T08:00:00.000Z',
    endsAt,
    origin: 'portal',
  }) as Notice;

/** Ten hours under an announcement that is taken back after five and a half; at which hours the portal was asked. */
async function asked(
  endsAt: string | null,
): Promise<{ announcedAt: number[]; newsAt: number[]; last: string }> {
  const { services } = await openTestWorkshop(freshFolder());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.parse(start) });
  const sinceMs = (): number => Date.now() - Date.parse(start);
  let notices: readonly Notice[] = [notice(endsAt)];
  const clock = portalClock({
    clock: { ...services.context.clock, instant: () => new Date().toISOString() },
    link: services.link,
    calendar: () => ({ alwaysIn: 'Europe/Rome' }),
    notices: () => notices,
    sendsOutsideHours: () => true,
    onChange: () => undefined,
  });
  const [announcedAt, newsAt]: [number[], number[]] = [[], []];
  const schedule = syncSchedule({
    sync: {
      pull: async () => {
        newsAt.push(sinceMs() / hour);
        return true;
      },
      pullAnnouncements: async () => {
        announcedAt.push(sinceMs() / hour);
        if (sinceMs() > 5.5 * hour) notices = [];
        return true;
      },
      hearTime: async () => undefined,
      askTime: async () => undefined,
      isStuck: () => false,
      restMs: () => 0,
      stop: () => undefined,
    },
    everyMs: () => 60_000,
    onAnswered: () => undefined,
    mayLook: clock.mayLook,
    mayLookRarely: clock.mayLookRarely,
    monotonicMs: () => Date.now(),
    isTimeUnheard: () => false,
    log: () => undefined,
    random: () => 0.5,
  });
  schedule.start();
  await vi.advanceTimersByTimeAsync(10 * hour);
  await schedule.stop();
  return { announcedAt, newsAt, last: clock.state().state };
}

test.each([
  null,
  '9999-12-31T00:00:00.000Z',
  '2027-01-24T09:00:00.000Z',
])('R-HOURS-4: maintenance that ends at %s is asked for each hour, and over when it is taken back', async (endsAt) => {
  const { announcedAt, newsAt, last } = await asked(endsAt);
  const during = announcedAt.filter((at) => at < 5.5);
  expect(during.length).toBeGreaterThanOrEqual(5);
  expect(during.length).toBeLessThanOrEqual(6);
  expect(newsAt.length).toBeGreaterThan(100);
  expect(Math.min(...newsAt)).toBeGreaterThan(5.5);
  expect(last).toBe('staffed');
});

test('R-HOURS-4: nothing is asked during maintenance with an end that can be believed', async () => {
  const { announcedAt, newsAt } = await asked('2026-11-24T17:00:00.000Z');
  expect(Math.min(...announcedAt, ...newsAt)).toBeGreaterThanOrEqual(8);
  expect(newsAt.length).toBeGreaterThan(60);
});
