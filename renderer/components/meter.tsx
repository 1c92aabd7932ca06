import type { ReactNode } from 'react';

/** How full something is; over the brim it is drawn full and in another colour. The words stand beside it as well. */
export function Meter({
  label,
  share,
  isOver,
}: {
  readonly label: string;
  readonly share: number;
  readonly isOver: boolean;
}): ReactNode {
  return (
    <meter
      className={isOver ? 'meter over' : 'meter'}
      aria-label={label}
      aria-valuetext={label}
      min={0}
      max={1}
      value={Math.min(1, Math.max(0, share))}
    />
  );
}
