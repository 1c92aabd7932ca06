import type { Seen } from '../../shared/domain/remote-session.ts';
import { newSessionWatch, seenNow, watchStep } from '../../shared/flows/session-watch.ts';
import type { RemoteTool } from './remote-tool.ts';

export type SessionWatcher = {
  readonly start: (tool: RemoteTool, launchedAtMs: number, fromStart: boolean) => void;
  readonly stop: () => void;
  readonly running: () => boolean;
};

/** Looks again and again while a session is under way, and tells each change of what the signals say together. */
export function sessionWatcher(
  everyMs: number,
  onSeen: (seen: Seen) => void,
  log: (error: unknown) => string,
): SessionWatcher {
  let turn = 0;
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  const stop = (): void => {
    turn += 1;
    isRunning = false;
    clearTimeout(timer);
  };
  return {
    stop,
    running: () => isRunning,
    start: (tool, launchedAtMs, fromStart) => {
      stop();
      isRunning = true;
      const mine = turn;
      const { look } = tool.watch(fromStart);
      let watch = newSessionWatch(launchedAtMs, fromStart);
      let told: Seen | null = null;
      const again = async (): Promise<void> => {
        try {
          watch = watchStep(watch, await look());
        } catch (error) {
          log(error);
          watch = watchStep(watch, { program: null, process: null, log: null, incoming: null });
        }
        if (mine !== turn) return;
        const seen = seenNow(watch);
        if (seen !== told) {
          told = seen;
          onSeen(seen);
        }
        if (mine === turn) timer = setTimeout(() => void again(), everyMs);
      };
      void again();
    },
  };
}
