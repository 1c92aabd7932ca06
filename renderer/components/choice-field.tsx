import { type ReactNode, useId } from 'react';

export type Choice = { readonly value: string; readonly label: string };

/** A labelled choice of one; the platform's own control, so keyboard and screen reader work as everywhere. */
export function ChoiceField(props: { readonly label: string; readonly value: string; readonly choices: readonly Choice[]; readonly onChange: (value: string) => void; readonly note?: string }): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <div className="label"><label htmlFor={id}>{props.label}</label></div>
      <select id={id} className="input" value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
      </select>
      {props.note === undefined ? null : <span className="small dim">{props.note}</span>}
    </div>
  );
}
