import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Nothing here yet: what would stand here, and the way to it. */
export function EmptyState({
  icon: Icon,
  title,
  text,
  children,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className="empty">
      <Icon size={24} aria-hidden />
      <p className="strong">{title}</p>
      <p className="dim">{text}</p>
      {children === undefined ? null : <div className="row wrap">{children}</div>}
    </div>
  );
}
