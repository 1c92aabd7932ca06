import type { ReactNode } from 'react';

/** Text to read and select, never to change; can be reached and scrolled by keyboard. */
export function TextBlock({
  text,
  label,
  tall = false,
}: {
  readonly text: string;
  readonly label: string;
  readonly tall?: boolean;
}): ReactNode {
  return (
    <textarea
      className={tall ? 'text-block tall' : 'text-block'}
      readOnly
      value={text}
      aria-label={label}
      rows={Math.min(tall ? 24 : 8, text.split('\n').length + 1)}
      spellCheck={false}
    />
  );
}
