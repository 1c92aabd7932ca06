import type { ReactNode } from 'react';

/** How far something is, between 0 and 1; null while nobody can say. The words stand beside it, not in it. */
export function ProgressBar({
  label,
  share,
}: {
  readonly label: string;
  readonly share: number | null;
}): ReactNode {
  return (
    <progress
      className="progress"
      aria-label={label}
      max={1}
      {...(share === null ? {} : { value: Math.min(1, Math.max(0, share)) })}
    />
  );
}
