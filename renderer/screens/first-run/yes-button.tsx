import type { ReactNode } from 'react';
import { focusWhenShown } from '../../components/focus-when-shown.ts';

/**
 * The answer to what was read back, under the key that brought it: Enter goes on, and a reader says the question and the value with
 * it. A key held down answers nothing, for nobody can have read by then.
 */
export function YesButton({
  words,
  onYes,
}: {
  readonly words: string;
  readonly onYes: () => void;
}): ReactNode {
  return (
    <button
      type="button"
      ref={focusWhenShown}
      className="button primary"
      aria-describedby="is-this this-one"
      onKeyDown={(event) => (event.repeat ? event.preventDefault() : undefined)}
      onClick={onYes}
    >
      {words}
    </button>
  );
}
