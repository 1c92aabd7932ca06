import { type ReactNode, useId } from 'react';

/** One group of options: its name, one sentence, and the options themselves. */
export function SettingsGroup({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section className="settings-group" aria-labelledby={id}>
      <div className="settings-words">
        <h2 id={id}>{title}</h2>
        <p className="dim">{text}</p>
      </div>
      <div className="stack settings-body">{children}</div>
    </section>
  );
}
