import type { ReactNode } from 'react';
import { headingOf, type SettingsPlace } from './settings-places.ts';

/** One group of options: its name, one sentence, and the options themselves. */
export function SettingsGroup({
  place,
  title,
  text,
  children,
}: {
  readonly place: SettingsPlace;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}): ReactNode {
  const id = headingOf(place);
  return (
    <section className="settings-group" aria-labelledby={id}>
      <div className="settings-words">
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <p className="dim">{text}</p>
      </div>
      <div className="stack settings-body">{children}</div>
    </section>
  );
}
