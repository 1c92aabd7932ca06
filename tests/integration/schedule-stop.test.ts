import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { syncSchedule } from '../../electron/requests/sync-schedule.ts';

const never = new Promise<never>(() => undefined);

test.each([
  'pull',
  'pullAnnouncements',
  'askTime',
] as const)('schedule of looks stops within 5 s, and is told to the look, when %s never ends', async (hanging) => {
  const asked: string[] = [];
  let stops = 0;
  const answer = async <T>(name: string, value: T): Promise<T> => {
    asked.push(name);
    return name === hanging ? never : value;
  };
  const schedule = syncSchedule({
    sync: {
      pull: () => answer('pull', true),
      pullAnnouncements: () => answer('pullAnnouncements', true),
      hearTime: async () => undefined,
      askTime: () => answer('askTime', undefined),
      isStuck: () => false,
      restMs: () => 0,
      stop: () => {
        stops += 1;
      },
    },
    everyMs: () => 20,
    onAnswered: () => undefined,
    mayLook: () => hanging !== 'askTime',
    mayLookRarely: () => false,
    monotonicMs: () => performance.now(),
    isTimeUnheard: () => hanging === 'askTime',
    log: () => undefined,
    random: () => 0.5,
  });
  schedule.start();
  await expect.poll(() => asked).toContain(hanging);
  const ended = await Promise.race([schedule.stop().then(() => 'stopped'), wait(5_000, 'hangs')]);
  expect(ended).toBe('stopped');
  const atStop = asked.length;
  await wait(100);
  expect([asked.length, stops]).toEqual([atStop, 1]);
});
