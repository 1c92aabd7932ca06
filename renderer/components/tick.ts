import { startTransition, useOptimistic } from 'react';

/**
 * A tick that stands at once where it was put, while what it asks for is still being done; afterwards it stands as `checked` says,
 * which is where it stood before when that failed.
 * @param onChange a promise it returns is waited for; it must not reject
 */
export function useTick(
  checked: boolean,
  onChange: (checked: boolean) => unknown,
): readonly [shown: boolean, put: (checked: boolean) => void] {
  const [shown, show] = useOptimistic(checked);
  const put = (next: boolean): void => {
    const work = onChange(next);
    if (!(work instanceof Promise)) return;
    startTransition(async () => {
      show(next);
      await work;
    });
  };
  return [shown, put];
}
