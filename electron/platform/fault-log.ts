import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One line for an unknown fault, under the reference the person can quote. Only the error's name, code and the places in our own
 * code are written: messages may hold what was typed (allow-list logging, RELIABILITY-SECURITY section 2).
 */
export function logFault(dataFolder: string, at: string, reference: string, error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const places = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line)).slice(0, 6).map((line) => line.trim().replace(/\(?(file:\/\/)?[^\s(]*[\\/]/u, '')) : [];
  try {
    appendFileSync(join(dataFolder, 'faults.log'), `${JSON.stringify({ at, reference, name, code, places })}\n`);
  } catch {
    // A full or read-only disk must not turn one fault into two.
  }
}

/** For faults outside a call of the window, which have nobody to tell: makes up the reference itself and returns it. */
export function logFaultOf(dataFolder: string): (error: unknown) => string {
  return (error) => {
    const reference = randomBytes(4).toString('hex');
    logFault(dataFolder, new Date().toISOString(), reference, error);
    return reference;
  };
}
