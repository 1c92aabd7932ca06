import { expect, test } from 'vitest';
import { floors } from '../schedules/acknowledged.ts';
import { judge } from '../schedules/checker.ts';
import { lastingOddities } from '../schedules/lasting.ts';
import { oddities } from '../schedules/oddities.ts';
import { actNames, endings, newBatch, type ScheduleKind, walkSchedule } from '../schedules/schedule.ts';

/** The short form; `npm run soak` walks many more, with seeds nobody chose. */
const rounds = Number(process.env['OFFICINA_SCHEDULES'] ?? 2);
const firstSeed = Number(process.env['OFFICINA_SEED'] ?? 20_261_129);
const steps = 55;
/** How long is no claim: what stands still is found by the checker, on a busy PC as well. */
const longestWalkMs = 600_000;
const batch = newBatch();

const walks = (['practice', 'contract'] as const).flatMap((kind: ScheduleKind, ofKind) =>
  Array.from(
    { length: rounds },
    (_, round) => [kind, firstSeed + round, endings[(round + ofKind) % endings.length] ?? 'pressed'] as const,
  ),
);
test.each(walks)(
  'K1 to K4, P5: nothing is lost, double, disordered or stuck behind a hostile %s portal (seed %i, in the end %s)',
  async (kind, seed, ending) => {
    const schedule = await walkSchedule(
      seed,
      kind,
      steps,
      batch,
      seed === walks.at(-1)?.[1] && kind === 'contract',
      ending,
    );
    try {
      const { counts, ...wrong } = await judge(schedule);
      console.log(
        `schedule ${kind} ${seed} ${ending}: ${JSON.stringify(counts)} ${JSON.stringify(Object.fromEntries(schedule.happened))} refused ${JSON.stringify(Object.fromEntries(schedule.refused))}`,
      );
      if (Object.values(wrong).some((found) => found.length > 0))
        console.log(
          `wrong ${JSON.stringify(wrong)}\nacts ${schedule.trace.join(', ')}\n${JSON.stringify(schedule.server.journal())}`,
        );
      expect(wrong).toEqual({ lost: [], double: [], disordered: [], stuck: [], astray: [] });
      for (const [name, least] of Object.entries(floors))
        expect(counts[name as keyof typeof floors], name).toBeGreaterThanOrEqual(least);
      for (const name of ['restart', 'crash', 'clock', 'restore'])
        expect(schedule.happened.get(name) ?? 0, name).toBeGreaterThanOrEqual(1);
    } finally {
      await schedule.end();
    }
  },
  longestWalkMs,
);

test('every oddity of the list was met, and everything a person does was done, in the schedules together', () => {
  console.log(`met ${JSON.stringify(Object.fromEntries(batch.met))}`);
  expect(oddities.length).toBeGreaterThanOrEqual(60);
  expect(new Set(oddities.map(({ name }) => name)).size).toBe(oddities.length);
  expect(batch.lacks()).toEqual([]);
  expect(actNames.filter((name) => !batch.happened.has(name))).toEqual([]);
});

/** One ticket, with its replies and files, is out of the count here. */
const floorsBesideOne = { edits: 10, files: 10, tickets: 5, replies: 5, closings: 1, sentFiles: 8 } as const;
const lastingWalks = lastingOddities.flatMap((make, index) =>
  Array.from({ length: Math.max(1, Math.floor(rounds / 2)) }, (_, round) => {
    const kind: ScheduleKind = (index + round) % 2 === 0 ? 'contract' : 'practice';
    return [make().name, kind, firstSeed + round, make] as const;
  }),
);
test.each(lastingWalks)(
  'P5: what goes wrong for ever with one item keeps nothing else back: %s (%s portal, seed %i)',
  async (_name, kind, seed, make) => {
    const lasting = make();
    const schedule = await walkSchedule(seed, kind, steps, newBatch(), false, 'left alone', 0, lasting);
    try {
      const { counts, ...wrong } = await judge(schedule);
      const one = lasting.itemIn(schedule.last);
      console.log(
        `lasting ${lasting.name} ${kind} ${seed}: met ${lasting.met()} ${JSON.stringify(counts)} ends ${one?.state ?? 'done'}`,
      );
      if (Object.values(wrong).some((found) => found.length > 0))
        console.log(`wrong ${JSON.stringify(wrong)}\nacts ${schedule.trace.join(', ')}`);
      expect(lasting.met()).toBeGreaterThanOrEqual(1);
      expect(wrong).toEqual({ lost: [], double: [], disordered: [], stuck: [], astray: [] });
      for (const [name, least] of Object.entries(floorsBesideOne))
        expect(counts[name as keyof typeof floorsBesideOne], name).toBeGreaterThanOrEqual(least);
      for (const name of ['restart', 'crash', 'clock', 'restore'])
        expect(schedule.happened.get(name) ?? 0, name).toBeGreaterThanOrEqual(1);
      expect(one !== null).toBe(!lasting.isDelivered);
      if (one === null) return;
      // The one is told with its reason, and the person can take it out of the way and out of the queue.
      const shown = async () =>
        (await schedule.last.call('outbox', {})).find(({ id }) => id === one.id) ?? null;
      const told = async (): Promise<string> => {
        // One that was taken back, or written last, has its next try still before it.
        schedule.time.pass(5 * 60_000);
        return (await shown())?.lastError?.code ?? '';
      };
      await expect.poll(told, { timeout: 30_000, interval: 100 }).toMatch(/^portal\./u);
      await schedule.last.call('setOutboxItemAside', { id: one.id });
      expect((await shown())?.state).toBe('set-aside');
      await schedule.last.call('removeOutboxItem', { id: one.id });
      expect(
        (await schedule.last.call('outbox', {})).filter(
          ({ id, state }) => id === one.id && state !== 'set-aside',
        ),
      ).toEqual([]);
    } finally {
      await schedule.end();
    }
  },
  longestWalkMs,
);
