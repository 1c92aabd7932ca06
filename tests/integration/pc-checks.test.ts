import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { pcCheckSteps } from '../../electron/platform/pc-checks/all-steps.ts';
import { notTold } from '../../electron/platform/pc-checks/pc-check-step.ts';
import { runPcChecks } from '../../electron/platform/pc-checks/run-pc-checks.ts';
import { pcCheckIds } from '../../shared/domain/pc-check.ts';

const reach = {
  reach: 'reached',
  mode: 'open',
  lastContactAt: null,
  lastError: null,
  clockOffsetMs: 500_000,
} as const;
const facts = { dataFolder: tmpdir(), onBattery: () => true, reach: () => reach };

test('R-EXCL-1: every check answers on this system, and says so where it cannot tell', async () => {
  const checks = await runPcChecks(pcCheckSteps(facts));
  expect(checks.map((check) => check.id).sort()).toEqual([...pcCheckIds].sort());
  const status = Object.fromEntries(checks.map((check) => [check.id, check.status]));
  expect(status).toMatchObject({ power: 'warn', clock: 'warn', network: 'pass' });
  expect(['pass', 'warn', 'fail']).toContain(status['disk-space']);
  if (process.platform !== 'win32')
    expect(status).toMatchObject({
      runtimes: 'cannot-tell',
      'usb-errors': 'cannot-tell',
      'windows-version': 'cannot-tell',
    });
});

test('R-EXCL-1, COMPLAINT-1: check that hangs or fails is told as unknown and holds up no other', async () => {
  const checks = await runPcChecks(
    [
      { id: 'power', look: () => new Promise(() => undefined) },
      { id: 'runtimes', look: () => Promise.reject(new Error('blocked')) },
      { id: 'pending-restart', look: async () => ({ kind: 'restart', pending: false }) },
    ],
    100,
  );
  expect(checks.map((check) => check.status)).toEqual(['cannot-tell', 'cannot-tell', 'pass']);
  expect(checks[0]?.finding).toEqual(notTold);
});

test('R-EXCL-1: look at a folder that is gone is told as unknown', async () => {
  const checks = await runPcChecks(pcCheckSteps({ ...facts, dataFolder: '/nowhere/at/all' }));
  expect(checks.find((check) => check.id === 'disk-space')?.status).toBe('cannot-tell');
});
