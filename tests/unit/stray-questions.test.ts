import { expect, test } from 'vitest';
import { channels } from '../../shared/ipc/contract.ts';

const strays: readonly unknown[] = [{ extra: 1 }, { a: [{}] }, [], [{}], null, undefined, 'x', 0, true];

test('SEC-17: no channel takes a stray question for one of its own: it would open a dialog nobody asked for', () => {
  const taken = Object.entries(channels).flatMap(([name, { input }]) =>
    strays.some((stray) => input.safeParse(stray).success) ? [name] : [],
  );
  expect(Object.keys(channels).length).toBeGreaterThan(100);
  // Settings are saved in part, and nothing of them is saved for a key nobody knows.
  expect(taken).toEqual(['saveSettings']);
});
