import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { packSchemas } from '../../electron/packs/pack-registry.ts';
import { channels, dropChannel } from '../../shared/ipc/contract.ts';
import { floodedPayload } from '../fixtures/flooded-payload.ts';
import { hostileShapes } from '../fixtures/hostile-shapes.ts';
import { quickest } from '../fixtures/own-time.ts';

const shared = resolve(import.meta.dirname, '../../shared');
const shapes = hostileShapes.filter(({ name }) => name.endsWith('within letters'));
/** Characters of each text, four times as many the second time, and no payload beyond the most that any door takes. */
const chars = { few: 8_000, many: 32_000 } as const;
const mostChars = 900_000;
const entries = 12;
/** Below this, in milliseconds of this thread, a ratio says nothing. */
const floorMs = 30;
const mostTimes = 9;

/** Fields that must agree with each other, which no schema says of itself. */
const agreed: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  openingCalendarSchema: { zone: 'Europe/Rome', windows: [{ from: '08:00', to: '12:00' }] },
  'pack calendar': { zone: 'Europe/Rome', windows: [{ from: '08:00', to: '12:00' }] },
  changesPageSchema: { tickets: [], messages: [] },
};

/** Every schema of the language of the product, of the bridge and of the packs, by its name. */
async function allSchemas(): Promise<ReadonlyMap<string, z.ZodType>> {
  const found = new Map<string, z.ZodType>();
  for (const file of readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /[\\/].+(?<!\.d)\.ts$/u.test(name),
  )) {
    const module: unknown = await import(join(shared, file));
    for (const [name, value] of Object.entries(module ?? {}))
      if (value instanceof z.ZodType) found.set(name, value);
  }
  for (const [name, { input }] of Object.entries({ ...channels, [dropChannel.name]: dropChannel }))
    found.set(`channel ${name}`, input);
  for (const [name, schema] of Object.entries(packSchemas)) found.set(`pack ${name}`, schema);
  return found;
}

/** How time grows faster than the text; null where it does not. */
function slowness(
  schema: z.ZodType,
  textOf: (chars: number) => string,
  known: Readonly<Record<string, unknown>>,
): string | null {
  const judge = (length: number): (() => unknown) => {
    const payload = floodedPayload(schema, { text: textOf(length), entries }, known, mostChars);
    return () => schema.safeParse(payload);
  };
  const manyMs = quickest(judge(chars.many), floorMs);
  if (manyMs <= floorMs) return null;
  const fewMs = quickest(judge(chars.few), 0);
  return manyMs <= fewMs * mostTimes ? null : `${manyMs.toFixed(0)} ms after ${fewMs.toFixed(1)} ms`;
}

test('every schema judges a flood in every text it takes in time that goes with its length', async () => {
  const schemas = await allSchemas();
  expect(schemas.size).toBeGreaterThanOrEqual(250);
  expect(shapes.length).toBeGreaterThanOrEqual(50);
  const slow: string[] = [];
  let judged = 0;
  for (const [name, schema] of schemas)
    for (const shape of shapes) {
      const found = slowness(schema, shape.textOf, agreed[name] ?? {});
      if (found !== null) slow.push(`${name}, ${shape.name}: ${found}`);
      judged += 1;
    }
  expect(slow).toEqual([]);
  expect(judged).toBe(schemas.size * shapes.length);
});
