import type { ReactNode, Ref } from 'react';

/** Marks a line of the box, the first being 1, and brings it into sight with the keyboard on it. */
export function showLine(box: HTMLTextAreaElement | null, line: number): void {
  if (box === null) return;
  const lines = box.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  box.focus();
  box.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
  // Long lines take several rows: their share of the height is near enough, and the selection does the rest.
  box.scrollTop = Math.max(
    0,
    (start / Math.max(1, box.value.length)) * box.scrollHeight - box.clientHeight / 2,
  );
}

/** Text to read and select, never to change; can be reached and scrolled by keyboard. */
export function TextBlock({
  text,
  label,
  tall = false,
  ref,
}: {
  readonly text: string;
  readonly label: string;
  readonly tall?: boolean;
  readonly ref?: Ref<HTMLTextAreaElement>;
}): ReactNode {
  return (
    <textarea
      ref={ref}
      className={tall ? 'text-block tall' : 'text-block'}
      readOnly
      value={text}
      aria-label={label}
      rows={Math.min(tall ? 24 : 8, text.split('\n').length + 1)}
      spellCheck={false}
    />
  );
}
