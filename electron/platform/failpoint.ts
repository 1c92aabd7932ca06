import { readFileSync } from 'node:fs';

declare const __TEST_HOOKS__: boolean | undefined;

const hooksOn = typeof __TEST_HOOKS__ !== 'undefined' && __TEST_HOOKS__ === true;
const [target, nth] = hooksOn ? (process.env['FAIL_AT'] ?? '').split(':') : [];
let passes = 0;

/**
 * Kills the process here, as a power cut would, when the test flavour was started with `FAIL_AT=name:n` and this is the n-th
 * pass. Release builds compile the condition to false (PROOF-1).
 */
export function failpoint(name: string): void {
  if (!hooksOn || target !== name) return;
  passes += 1;
  if (passes === Number(nth ?? '1')) process.kill(process.pid, 'SIGKILL');
}

/** A test-only timing, so that a 60 s rule can be walked in a test; the release flavour always gets `normalMs`. */
export function timingMs(name: string, normalMs: number): number {
  const given = hooksOn ? Number(process.env[name] ?? Number.NaN) : Number.NaN;
  return Number.isFinite(given) ? given : normalMs;
}

/** A value from the environment in the test flavour; null in the release flavour, whatever the environment says. */
export function environmentInTests(name: string): string | null {
  return hooksOn ? (process.env[name] ?? null) : null;
}

/**
 * How far this PC's clock is set off, in milliseconds: what the file named by `CLOCK_FILE` says at this moment, so that a test can
 * move the clock of the whole program while it runs. Only in the test flavour; 0 for people.
 */
export function clockShiftMs(): number {
  if (!hooksOn) return 0;
  const file = process.env['CLOCK_FILE'];
  return file === undefined ? 0 : Number(readFileSync(file, 'utf8'));
}

/**
 * The same for the time that only grows: what the file named by `RUNNING_FILE` says has passed beside what really did, so that a
 * quarter of an hour is over at once. Only in the test flavour; 0 for people.
 */
export function runningShiftMs(): number {
  if (!hooksOn) return 0;
  const file = process.env['RUNNING_FILE'];
  return file === undefined ? 0 : Number(readFileSync(file, 'utf8'));
}
