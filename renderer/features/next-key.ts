import { useEffect, useRef } from 'react';

/** One key leads to what a screen still asks for, one after the other; what lies over the screen keeps its own keys. */
export function useNextKey(next: () => void): void {
  const latest = useRef(next);
  latest.current = next;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F8' || event.ctrlKey || event.altKey || event.defaultPrevented) return;
      event.preventDefault();
      const isCovered =
        document.querySelector('[role="dialog"][data-open], [role="alertdialog"][data-open]') !== null;
      if (!isCovered) latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Puts the focus on the one button of the screen that sends or leads there. */
export function focusSend(): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('main [data-sends]')];
  buttons.find((button) => button.offsetParent !== null)?.focus();
}
