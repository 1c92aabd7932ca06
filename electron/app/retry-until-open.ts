/** Something that may not open at the first try, such as a store on a full disk. */
export type RetriedOpening<T> = {
  /** There once a try has succeeded; waits as long as it takes. */
  readonly opened: Promise<T>;
  /** What was opened; after a failed try, begins another. Questions asked at the same time share one. @throws why the try failed */
  readonly ask: () => Promise<T>;
};

/** Opens at once, and again whenever somebody asks after a failure: when its cause is gone, nobody has to start the program anew (D1). */
export function retryUntilOpen<T>(
  open: () => Promise<T>,
  onFailure: (error: unknown) => void,
): RetriedOpening<T> {
  let trying: Promise<T> | null = null;
  let succeed: (value: T) => void = () => undefined;
  const opened = new Promise<T>((resolve) => {
    succeed = resolve;
  });
  const ask = (): Promise<T> => {
    trying ??= open().then(
      (value) => {
        succeed(value);
        return value;
      },
      (error: unknown) => {
        trying = null;
        onFailure(error);
        throw error;
      },
    );
    return trying;
  };
  // Whoever asks is told why; nobody has asked for this first try.
  ask().catch(() => undefined);
  return { opened, ask };
}
