import { expect, test } from 'vitest';
import { judge } from '../schedules/checker.ts';
import { floors, type ScheduleKind, walkSchedule } from '../schedules/schedule.ts';

/** The short form; `npm run soak` walks many more, with seeds nobody chose. */
const rounds = Number(process.env['OFFICINA_SCHEDULES'] ?? 3);
const firstSeed = Number(process.env['OFFICINA_SEED'] ?? 20_261_129);
const steps = 60;

const walks = (['practice', 'contract'] as const).flatMap((kind: ScheduleKind) =>
  Array.from({ length: rounds }, (_, round) => [kind, firstSeed + round] as const),
);
test.each(walks)(
  'nothing is lost, double, out of order or stuck behind a hostile %s portal with crashes, restores and clock jumps (seed %i, K1 to K4, P5)',
  async (kind, seed) => {
    const schedule = await walkSchedule(seed, kind, steps);
    try {
      const { counts, ...wrong } = await judge(schedule);
      console.log(
        `schedule ${kind} ${seed}: ${JSON.stringify(counts)} ${JSON.stringify(Object.fromEntries(schedule.happened))} refused ${JSON.stringify(Object.fromEntries(schedule.refused))}`,
      );
      expect(wrong).toEqual({ lost: [], double: [], disordered: [], stuck: [] });
      for (const [name, least] of Object.entries(floors)) expect(counts[name as keyof typeof floors], name).toBeGreaterThanOrEqual(least);
      expect(counts.sentFiles).toBeGreaterThanOrEqual(1);
      expect((schedule.happened.get('crash') ?? 0) + (schedule.happened.get('restart') ?? 0)).toBeGreaterThanOrEqual(2);
      expect([...schedule.happened.keys()].filter((name) => name.includes(' ')).length).toBeGreaterThanOrEqual(5);
    } finally {
      await schedule.end();
    }
  },
  240_000,
);
