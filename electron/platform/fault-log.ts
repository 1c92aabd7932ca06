import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from './clock.ts';

/** At most so many files of so many bytes, and none older than so many days (BOUND-LOG). */
export const faultsKept = { files: 5, bytes: 5 * 1024 * 1024, ageMs: 14 * 86_400_000 } as const;

/** The log of this number; 0 is the one that is written. */
export const faultLogFile = (dataFolder: string, nth: number): string =>
  join(dataFolder, nth === 0 ? 'faults.log' : `faults.${nth}.log`);

/** Moves a full log aside, drops the oldest, and those nobody will ask about any more. */
function makeRoom(dataFolder: string, at: string): void {
  const newest = faultLogFile(dataFolder, 0);
  if (existsSync(newest) && statSync(newest).size >= faultsKept.bytes) {
    for (let nth = faultsKept.files - 1; nth > 0; nth -= 1)
      if (existsSync(faultLogFile(dataFolder, nth - 1)))
        renameSync(faultLogFile(dataFolder, nth - 1), faultLogFile(dataFolder, nth));
  }
  for (let nth = 1; nth < faultsKept.files; nth += 1) {
    const file = faultLogFile(dataFolder, nth);
    if (existsSync(file) && Date.parse(at) - statSync(file).mtimeMs > faultsKept.ageMs) rmSync(file);
  }
}

/** Longer lines are nobody's place. */
const mostPlaceChars = 600;

/** A place as the engine itself writes it; a line of somebody's message has another shape, or stands before the places. */
const place = /^\s+at (?:(?:async |new )*[\w.<>$#[\] ]{1,120} \()?[^\s()]{1,400}:\d{1,7}:\d{1,7}\)?$/u;

/** A name or code as programs write them; what is longer or holds anything else is somebody's words. */
export function faultToken(value: unknown): string {
  return (typeof value === 'string' || typeof value === 'number') && /^[\w.-]{1,80}$/u.test(`${value}`)
    ? `${value}`
    : '';
}

/** @param message what the stack begins with, which holds words from anywhere */
function placesOf(stack: unknown, message: unknown): readonly string[] {
  if (typeof stack !== 'string') return [];
  const from = typeof message === 'string' && message !== '' ? stack.indexOf(message) + message.length : 0;
  return stack
    .slice(from)
    .split('\n')
    .filter((line) => line.length <= mostPlaceChars && place.test(line))
    .slice(0, 6)
    .map((line) => line.trim().replace(/\(?(file:\/\/)?[^\s(]*[\\/]/u, ''));
}

type FaultLine = { readonly name: string; readonly code: string; readonly places: readonly string[] };

/** A fault may be anything, also one that throws when it is looked at: what was read of it until then is told. */
function lineOf(error: unknown): FaultLine {
  let line: FaultLine = { name: typeof error, code: '', places: [] };
  try {
    if (!(error instanceof Error)) return line;
    line = { ...line, name: faultToken(error.name) };
    line = { ...line, places: placesOf(error.stack, error.message) };
    return { ...line, code: 'code' in error ? faultToken(error.code) : '' };
  } catch {
    return line;
  }
}

/**
 * One line for an unknown fault, under the reference the person can quote. Only the error's name, code and the places in our own
 * code are written: messages may hold what was typed (allow-list logging, SEC-LOG). Never throws.
 */
export function logFault(dataFolder: string, at: string, reference: string, error: unknown): void {
  const { name, code, places } = lineOf(error);
  try {
    makeRoom(dataFolder, at);
    appendFileSync(faultLogFile(dataFolder, 0), `${JSON.stringify({ at, reference, name, code, places })}\n`);
  } catch {
    // A full or read-only disk must not turn one fault into two.
  }
}

/** For faults outside a call of the window, which have nobody to tell: makes up the reference itself and returns it. */
export function logFaultOf(dataFolder: string): (error: unknown) => string {
  return (error) => {
    const reference = randomBytes(4).toString('hex');
    logFault(dataFolder, systemClock.instant(), reference, error);
    return reference;
  };
}
