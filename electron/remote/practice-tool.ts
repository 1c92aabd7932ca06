import { randomInt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { anyVersion } from '../../shared/rules/teamviewer-version.ts';
import { sha256OfFile } from '../platform/sha256-of-file.ts';
import { operatorFile } from '../portal/practice/practice-sessions.ts';
import type { RemoteTool } from './remote-tool.ts';
import type { Codes } from './session-codes.ts';
import { watchSession } from './teamviewer/watch-session.ts';

/** The running stand-in: told orders, tells whether somebody is "in". */
export type StandIn = {
  readonly tell: (order: object) => void;
  readonly onSession: (listener: (on: boolean) => void) => void;
  readonly onExit: (listener: () => void) => void;
};

export type PracticeToolParts = {
  /** The program itself, hashed like a real one. */
  readonly program: string;
  /** Where it writes; the practice portal's own place. */
  readonly folder: string;
  readonly start: () => Promise<StandIn>;
};

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Our own stand-in of TeamViewer, for practising only: the same gates, files and signals, and nobody who could come in. */
export function practiceTool({ program, folder, start }: PracticeToolParts): RemoteTool {
  let running: { readonly standIn: StandIn; readonly codes: Codes } | null = null;
  let isOn = false;
  return {
    practice: true,
    check: async (required) => {
      const sha256 = await sha256OfFile(program);
      return {
        kind: 'verified',
        program: {
          path: program,
          version: required === null || required === anyVersion ? '15' : required,
          signer: 'Officina Support (practice)',
          sha256,
        },
      };
    },
    launch: async () => {
      // What an operator did before this start is over.
      await rm(join(folder, operatorFile), { force: true });
      const standIn = await start();
      const codes = {
        id: String(randomInt(100_000_000, 999_999_999)),
        password: Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join(''),
      };
      const mine = { standIn, codes };
      running = mine;
      standIn.onSession((on) => {
        isOn = on;
      });
      standIn.onExit(() => {
        if (running !== mine) return;
        running = null;
        isOn = false;
      });
      standIn.tell({ kind: 'start', folder });
      return true;
    },
    watch: (fromStart) =>
      watchSession({
        folders: [folder],
        processes: async () => ({ program: running !== null, session: isOn }),
        fromStart,
      }),
    close: async () => {
      running?.standIn.tell({ kind: 'close' });
      return running !== null;
    },
    stopElevated: async () => false,
    shownCodes: () => running?.codes ?? null,
    stayed: async () => [],
  };
}
