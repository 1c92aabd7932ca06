import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'info' | 'you';

/** A state: icon, word and colour together, so that none carries the meaning alone. */
export function Chip({
  tone,
  icon: Icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className={`chip ${tone}`}>
      {Icon === undefined ? null : <Icon size={14} aria-hidden />}
      {children}
    </span>
  );
}
