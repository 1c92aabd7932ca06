import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Leaving, type LeavingParts, leaving } from '../../electron/app/leaving.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<never>(() => undefined);

/** A program with so many windows, which go when they are told to unless the test says otherwise. */
function program(
  parts: Partial<LeavingParts> = {},
  windows = 0,
): { readonly leave: Leaving; readonly done: string[] } {
  const done: string[] = [];
  const leave = leaving({
    closeWindows: () => {
      done.push('close');
      return windows > 0;
    },
    stopServices: async () => void done.push('stop'),
    endThreads: async () => void done.push('threads'),
    quit: () => void done.push('quit'),
    beginAgain: () => void done.push('again'),
    exit: () => void done.push('exit'),
    endAfter: (limitMs) => {
      done.push(`armed ${limitMs}`);
      return () => void done.push('called off');
    },
    log: (fault) => void done.push(String(fault)),
    ...parts,
  });
  return { leave, done };
}

test('program ends its windows, then its services, then its threads, and goes when it is asked again', async () => {
  const { leave, done } = program();
  expect(leave.asked()).toBe(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual(['armed 4400', 'close', 'stop', 'threads', 'quit']);
  expect(leave.asked()).toBe(true);
});

test('second asking cuts nothing short while the services are being ended', async () => {
  const { leave, done } = program({ stopServices: () => never });
  leave.asked();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(leave.asked()).toBe(false);
  expect(done).toEqual(['armed 4400', 'close']);
  await vi.advanceTimersByTimeAsync(300);
  expect(done).toEqual(['armed 4400', 'close', 'threads', 'quit']);
});

test.each([
  ['never end', () => never],
  ['reject', () => Promise.reject(new RangeError('stop'))],
  [
    'throw',
    () => {
      throw new RangeError('stop');
    },
  ],
])('program goes before 2.6 s when its services and its threads %s', async (_how, work) => {
  const { leave, done } = program({ stopServices: work, endThreads: work });
  leave.asked();
  await vi.advanceTimersByTimeAsync(2_600);
  expect(done).toContain('quit');
  expect(leave.asked()).toBe(true);
});

test('program is ended by main at 4.1 s when a window never goes', async () => {
  const { leave, done } = program({}, 1);
  leave.asked();
  await vi.advanceTimersByTimeAsync(4_000);
  leave.asked();
  expect(done).not.toContain('exit');
  await vi.advanceTimersByTimeAsync(100);
  expect(done.filter((what) => what === 'exit')).toHaveLength(1);
});

test('D1: program stays, and nothing ends it later, when a page asks the person first', async () => {
  const { leave, done } = program({}, 1);
  leave.asked();
  leave.heldBack();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done).toEqual(['armed 4400', 'close', 'called off']);
  expect(leave.isOver()).toBe(false);
  leave.asked();
  expect(done).toEqual(['armed 4400', 'close', 'called off', 'armed 4400', 'close']);
});

test('page that asks the person when the services are ended already holds nothing back', async () => {
  const { leave, done } = program();
  leave.asked();
  leave.heldBack();
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toContain('quit');
});

test('program whose session the system ends stops its services without asking the windows, once', async () => {
  const { leave, done } = program({}, 2);
  leave.atOnce();
  leave.atOnce();
  leave.asked();
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual(['armed 4400', 'stop', 'threads', 'exit']);
});

test('program goes though a window throws and no thread can be had', async () => {
  const broken = (): never => {
    throw new RangeError('broken');
  };
  const { leave, done } = program({ closeWindows: broken, endAfter: broken });
  leave.asked();
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual(['RangeError: broken', 'RangeError: broken', 'stop', 'threads', 'quit']);
});

test('program that is to begin anew does so once nothing keeps it, and an end that a page held back is forgotten', async () => {
  const { leave, done } = program({}, 1);
  leave.restart();
  leave.asked();
  leave.heldBack();
  leave.atOnce();
  await vi.advanceTimersByTimeAsync(0);
  expect(done).not.toContain('again');
  const other = program();
  other.leave.restart();
  other.leave.asked();
  await vi.advanceTimersByTimeAsync(0);
  expect(other.done.filter((step) => step === 'again')).toHaveLength(1);
});
