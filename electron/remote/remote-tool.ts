import type { Observation } from '../../shared/flows/session-watch.ts';
import type { CheckedProgram, CheckOutcome } from './teamviewer/check-tool.ts';

/** The program the other side comes in through: TeamViewer on this PC, or its stand-in while practising. */
export type RemoteTool = {
  /** True for our own stand-in, which nobody can come in through. */
  readonly practice: boolean;
  /**
   * Finds and judges it anew.
   * @param required the version the portal works with, null where it offers no sessions
   * @param chosen the file the person pointed at, the only one looked at then; null to look for an installed one
   */
  readonly check: (required: string | null, chosen: string | null) => Promise<CheckOutcome>;
  /** Starts what was checked; false when nothing was started. */
  readonly launch: (program: CheckedProgram) => Promise<boolean>;
  /** Looks at the three signals. @param fromStart true after a restart: what was written meanwhile counts */
  readonly watch: (fromStart: boolean) => { readonly look: () => Promise<Observation> };
  /** Asks it to close, as its own close button would; true when it could be asked. */
  readonly close: () => Promise<boolean>;
  /** Stops it as administrator, asking Windows for the rights; true when that was begun. */
  readonly stopElevated: () => Promise<boolean>;
  /** What its window shows, where that is ours to know: the stand-in's codes. Null for a real one. */
  readonly shownCodes: () => { readonly id: string; readonly password: string } | null;
  /** Places of its files that are on this PC now, for the receipt (R-REMOTE-7). */
  readonly stayed: () => Promise<readonly string[]>;
};
