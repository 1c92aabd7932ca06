import { existsSync, readFileSync, writeFileSync } from 'node:fs';

declare const __TEST_HOOKS__: boolean | undefined;

const hooksOn = typeof __TEST_HOOKS__ !== 'undefined' && __TEST_HOOKS__ === true;

/** The place and the pass, from 1, that an environment variable names as `name:n`; true at that pass and never again. */
function aimedAt(variable: string): (name: string) => boolean {
  const [target, nth = '1'] = (process.env[variable] ?? '').split(':');
  let passes = 0;
  return (name) => {
    if (name !== target) return false;
    passes += 1;
    return passes === Number(nth);
  };
}

/** Stands still, main thread and all, for as long as the file is there. */
function standStill(file: string): void {
  writeFileSync(file, '');
  const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));
  while (existsSync(file)) Atomics.wait(nobodyWakes, 0, 0, 10);
}

const dies = hooksOn ? aimedAt('FAIL_AT') : null;
const pauses = hooksOn ? aimedAt('PAUSE_AT') : null;

/**
 * Kills the process here, as a power cut would, when the test flavour was started with `FAIL_AT=name:n` and this is the n-th
 * pass. With `PAUSE_AT=name:n` it makes the file `PAUSE_FILE` and stands still here until somebody takes that away. Release
 * builds compile the condition to false (PROOF-1).
 */
export function failpoint(name: string): void {
  if (!hooksOn) return;
  if (dies?.(name) === true) process.kill(process.pid, 'SIGKILL');
  if (pauses?.(name) === true) standStill(process.env['PAUSE_FILE'] ?? '');
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
