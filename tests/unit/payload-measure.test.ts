import { expect, test } from 'vitest';
import { dispatch } from '../../electron/ipc/dispatch.ts';
import type { Handlers } from '../../electron/ipc/handlers.ts';
import { channelNames, dropChannelName } from '../../shared/ipc/channel-names.ts';
import { type ChannelName, channels, dropChannel } from '../../shared/ipc/contract.ts';
import { floodedPayload } from '../fixtures/flooded-payload.ts';
import { hostileShapes } from '../fixtures/hostile-shapes.ts';
import { ownMs } from '../fixtures/own-time.ts';

const doors = [...channelNames, dropChannelName] as const;
/** Answers whatever comes through: what is told apart here is what comes through at all. */
const open = dispatch(
  async () => Object.fromEntries(doors.map((name) => [name, () => null])) as unknown as Handlers,
  (_reference, error) => {
    throw error;
  },
);
const codeOf = async (name: (typeof doors)[number], payload: unknown): Promise<string> => {
  const answer = await open(name, payload);
  return answer.ok ? 'ok' : answer.error.code;
};

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;
const ring: unknown[] = [];
ring.push({ ring });
const deep = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner }), 'x');
/** Thirty values that stand for a thousand million: each holds the one before it twice. */
const doubling = Array.from({ length: 30 }).reduce<unknown>((inner) => [inner, inner], 'x');
const wide = Array.from({ length: 15_000 }, () => 'x');

/** Everything a window can clone and hand over that no command of ours means, and how it is refused. */
const odd: readonly (readonly [string, unknown, 'E_INPUT' | 'E_TOO_LARGE'])[] = [
  ['8 MB of bytes', { text: new Uint8Array(8_000_000) }, 'E_INPUT'],
  ['8 MB of numbers', new Float64Array(1_000_000), 'E_INPUT'],
  ['a buffer', { text: new ArrayBuffer(8_000_000) }, 'E_INPUT'],
  ['a view', new DataView(new ArrayBuffer(8)), 'E_INPUT'],
  ['a map', new Map([['text', 'x']]), 'E_INPUT'],
  ['a large map', { text: new Map(wide.map((_, index) => [index, index])) }, 'E_INPUT'],
  ['a set', { text: new Set(wide) }, 'E_INPUT'],
  ['a date', { text: new Date(0) }, 'E_INPUT'],
  ['a pattern', { text: /x/u }, 'E_INPUT'],
  ['an error', { text: new Error('x') }, 'E_INPUT'],
  ['a boxed text', { text: Object('x') as unknown }, 'E_INPUT'],
  ['a large number', { text: 10n }, 'E_INPUT'],
  ['a function', { text: () => 'x' }, 'E_INPUT'],
  ['a sign of its own', { text: Symbol('x') }, 'E_INPUT'],
  ['itself', cyclic, 'E_INPUT'],
  ['a ring of lists', ring, 'E_INPUT'],
  ['a hundred thousand levels', deep(100_000), 'E_INPUT'],
  ['a list with named values', Object.assign(['x'], { more: 'x' }), 'E_INPUT'],
  ['a list with holes', Object.assign([], { length: 10 }), 'E_INPUT'],
  ['a list of four thousand million holes', Object.assign([], { length: 4_294_967_295 }), 'E_TOO_LARGE'],
  ['values that hold each other', doubling, 'E_TOO_LARGE'],
  ['one list many times', wide.map(() => wide), 'E_TOO_LARGE'],
  ['many small values', { text: Array.from({ length: 100_000 }, (_, index) => index) }, 'E_TOO_LARGE'],
  [
    'many fields',
    Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`f${index}`, 1])),
    'E_TOO_LARGE',
  ],
  ['long names of fields', { [`x${'y'.repeat(1_100_000)}`]: 1 }, 'E_TOO_LARGE'],
  ['a long text', { text: 'x'.repeat(1_000_001) }, 'E_TOO_LARGE'],
  ['long texts', { text: Array.from({ length: 11 }, () => 'x'.repeat(100_000)) }, 'E_TOO_LARGE'],
];

test.each(
  odd,
)('SEC-17: every door turns away %s by its shape and size alone, in milliseconds', async (_what, payload, expected) => {
  let turnedAway = 0;
  const startedMs = ownMs();
  for (const name of doors) {
    expect(await codeOf(name, payload)).toBe(expected);
    turnedAway += 1;
  }
  expect(turnedAway).toBeGreaterThanOrEqual(100);
  expect((ownMs() - startedMs) / turnedAway).toBeLessThan(20);
});

test('SEC-17: what is plain, small and fits comes through, up to the last character', async () => {
  expect(await codeOf('copyText', { text: 'x'.repeat(100_000) })).toBe('ok');
  expect(await codeOf('copyText', Object.assign(Object.create(null) as object, { text: 'x' }))).toBe('ok');
  expect(await codeOf('appInfo', {})).toBe('ok');
  expect(await codeOf('copyText', { text: 'x'.repeat(999_996) })).toBe('E_INPUT');
  expect(await codeOf('copyText', { text: Number.NaN })).toBe('E_INPUT');
  expect(await codeOf('copyText', undefined)).toBe('E_INPUT');
});

test('SEC-17: no more of a name the window made up is told back than a sentence can hold', async () => {
  const answer = await open('appInfo', { [`f${'x'.repeat(50_000)}`]: 1 });
  expect(answer.ok).toBe(false);
  if (!answer.ok) expect(JSON.stringify(answer.error).length).toBeLessThan(300);
});

test('SEC-17: every door judges a flood in every text it takes in time that goes with its length', async () => {
  const shapes = hostileShapes.filter(({ name }) => name.endsWith('within letters'));
  expect(shapes.length).toBeGreaterThanOrEqual(50);
  let judged = 0;
  const slow: string[] = [];
  for (const name of doors) {
    const { input } = name === dropChannelName ? dropChannel : channels[name as ChannelName];
    for (const shape of shapes) {
      const payload = floodedPayload(input, { text: shape.textOf(20_000), entries: 60 }, {}, 900_000);
      let tookMs = Number.POSITIVE_INFINITY;
      for (let nth = 0; nth < 4 && tookMs > 40; nth += 1) {
        const startedMs = ownMs();
        await codeOf(name, payload);
        tookMs = Math.min(tookMs, ownMs() - startedMs);
      }
      if (tookMs > 40) slow.push(`${name}, ${shape.name}: ${tookMs.toFixed(0)} ms`);
      judged += 1;
    }
  }
  expect(slow).toEqual([]);
  expect(judged).toBe(doors.length * shapes.length);
});
