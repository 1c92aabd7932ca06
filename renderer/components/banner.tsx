import { type LucideIcon, X } from 'lucide-react';
import type { ReactNode } from 'react';

export type BannerProps = {
  readonly tone: 'info' | 'warn';
  readonly icon: LucideIcon;
  readonly text: string;
  /** True where it wants to be read at once. */
  readonly isUrgent?: boolean;
  /** What can be done about it. */
  readonly act?:
    | { readonly label: string; readonly isLoud?: boolean; readonly onPress: () => void }
    | undefined;
  /** The way to put it away. */
  readonly away?: { readonly label: string; readonly onPress: () => void } | undefined;
  /** What stands behind this line, at its end. */
  readonly children?: ReactNode;
};

/** A thin line above the screen for what changes how everything else is to be read. */
export function Banner({ tone, icon: Icon, text, isUrgent, act, away, children }: BannerProps): ReactNode {
  return (
    <div className={`banner ${tone}`} {...(isUrgent === true ? { role: 'alert' } : {})}>
      <Icon size={16} aria-hidden />
      {isUrgent === true ? <span className="grow">{text}</span> : <output className="grow">{text}</output>}
      {act === undefined ? null : (
        <button
          type="button"
          className={act.isLoud === true ? 'button' : 'button quiet'}
          onClick={act.onPress}
        >
          {act.label}
        </button>
      )}
      {children}
      {away === undefined ? null : (
        <button
          type="button"
          className="button icon quiet"
          aria-label={away.label}
          title={away.label}
          onClick={away.onPress}
        >
          <X size={16} aria-hidden />
        </button>
      )}
    </div>
  );
}
