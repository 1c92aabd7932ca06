/** What tells of faults nobody listened to: the process, or a stand-in for it. */
export type FaultSource = { readonly on: (kind: 'unhandledRejection' | 'uncaughtException', hear: (fault: unknown) => void) => unknown };

/**
 * What nobody listened to must neither end the program nor open a box with its words: it is handed to `log`, with its places, like every
 * other fault. `log` must not throw: what is thrown here ends the process.
 */
export function keepUnheardFaults(source: FaultSource, log: (fault: unknown) => unknown): void {
  for (const kind of ['unhandledRejection', 'uncaughtException'] as const) source.on(kind, (fault) => void log(fault));
}
