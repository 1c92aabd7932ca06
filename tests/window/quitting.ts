import { performance } from 'node:perf_hooks';
import type { ElectronApplication } from '@playwright/test';

/** What is promised from the moment somebody asks until the program's process is gone, in milliseconds. */
export const endsWithinMs = 5_000;

/** Quit is chosen; resolves when the program has heard it. */
export async function askToQuit(app: ElectronApplication): Promise<void> {
  // The program may be gone before it has said that it heard.
  await app.evaluate(({ app: program }) => void setTimeout(() => program.quit(), 0)).catch(() => null);
}

/** Milliseconds of running time from just before the asking until the process itself has ended, whatever of it hangs. */
export async function msUntilGone(app: ElectronApplication, ask: () => Promise<unknown>): Promise<number> {
  const program = app.process();
  const gone = new Promise<number>((ended) => {
    if (program.exitCode !== null || program.signalCode !== null) ended(performance.now());
    else program.once('exit', () => ended(performance.now()));
  });
  const askedMs = performance.now();
  await ask();
  return (await gone) - askedMs;
}
