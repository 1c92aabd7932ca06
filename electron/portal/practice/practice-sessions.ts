import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the stand-in of TeamViewer and the practice portal meet, below the portal's data folder; never a place of a real TeamViewer. */
export const standInFolder = 'teamviewer';
/** What the operator does, told to the stand-in: one word in a file, never a code. */
export const operatorFile = 'operator.txt';
export type OperatorSignal = 'connect' | 'end';

/**
 * What the practice operator was told in private, for as long as this process lives: codes of a session are never written to the
 * practice database or to any other file (R-REMOTE-5, THREAT-10).
 */
export function practiceSessions(dataFolder: string) {
  const told = new Map<string, string>();
  const folder = join(dataFolder, standInFolder);
  return {
    tell: (number: string, text: string): void => {
      told.set(number, text);
    },
    toldOf: (number: string): string | null => told.get(number) ?? null,
    signal: (signal: OperatorSignal): void => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, operatorFile), signal);
    },
    forget: (number: string): void => {
      told.delete(number);
    },
  };
}

export type PracticeSessions = ReturnType<typeof practiceSessions>;
