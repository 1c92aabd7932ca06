/** How waiting for something ended: with its value, too late, or because nobody wants it any more. */
export type Within<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'late' }
  | { readonly kind: 'abandoned' };

/**
 * Waits for work no longer than `limitMs` milliseconds and no longer than any of the signals allows; what becomes of it afterwards is
 * nobody's concern. The work itself is not ended by this. @throws what the work throws while it is waited for
 */
export function within<T>(
  work: Promise<T>,
  limitMs: number,
  ...signals: readonly AbortSignal[]
): Promise<Within<T>> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => end({ kind: 'abandoned' });
    const timer = setTimeout(() => end({ kind: 'late' }), limitMs);
    const over = (): void => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', abandon);
    };
    const end = (how: Within<T>): void => {
      over();
      resolve(how);
    };
    for (const signal of signals) signal.addEventListener('abort', abandon, { once: true });
    if (signals.some((signal) => signal.aborted)) abandon();
    work.then(
      (value) => end({ kind: 'value', value }),
      (error: unknown) => {
        over();
        reject(error);
      },
    );
  });
}
