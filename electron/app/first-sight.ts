/** When the window shows its first screen: nobody says so, but its questions have their answers and no more come. */
export type FirstSight = {
  /** The window asks something that is answered by `answer`. */
  readonly asked: (answer: Promise<unknown>) => void;
  /** Resolves once the window has its answers and then was quiet, or when it has had its time. */
  readonly shown: Promise<void>;
};

/**
 * What is no part of the first screen, such as speaking to the portal, waits for it: both are done by one process, and a person waits
 * for one of them only.
 * @param quietMs with every answer given and no question for so long, the first screen stands, milliseconds
 * @param atMostMs a window that never asks or never ends asking holds nothing up for longer
 */
export function firstSight(quietMs: number, atMostMs: number): FirstSight {
  let open = 0;
  let isOver = false;
  let quiet: NodeJS.Timeout | undefined;
  let resolved: () => void = () => undefined;
  const shown = new Promise<void>((resolve) => {
    resolved = resolve;
  });
  const end = (): void => {
    isOver = true;
    clearTimeout(bound);
    clearTimeout(quiet);
    resolved();
  };
  const bound = setTimeout(end, atMostMs);
  const answered = (): void => {
    open -= 1;
    if (open === 0 && !isOver) quiet = setTimeout(end, quietMs);
  };
  return {
    asked: (answer) => {
      if (isOver) return;
      open += 1;
      clearTimeout(quiet);
      answer.then(answered, answered);
    },
    shown,
  };
}
