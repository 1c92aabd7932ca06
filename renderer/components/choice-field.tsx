import { ChevronsUpDown, FileInput } from 'lucide-react';
import { type ReactNode, useId } from 'react';

export type Choice = { readonly value: string; readonly label: string };
export type ChoiceFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
  readonly note?: string;
  readonly id?: string;
  readonly chip?: string;
  readonly error?: string;
};

/** A labelled choice of one; the platform's own list, so keyboard, touch and screen reader work as everywhere. */
export function ChoiceField(props: ChoiceFieldProps): ReactNode {
  const own = useId();
  const id = props.id ?? own;
  const noteId = `${id}-note`;
  const note = props.error ?? props.note;
  return (
    <div className="field">
      <div className="label">
        <label htmlFor={id}>{props.label}</label>
      </div>
      <div className="select">
        <select
          id={id}
          className="input"
          value={props.value}
          aria-invalid={props.error !== undefined}
          aria-describedby={note === undefined ? undefined : noteId}
          onChange={(event) => props.onChange(event.target.value)}
        >
          {props.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
        <ChevronsUpDown size={16} aria-hidden />
      </div>
      {props.chip === undefined ? null : (
        <span className="source">
          <FileInput size={12} aria-hidden />
          {props.chip}
        </span>
      )}
      {note === undefined ? null : (
        <span id={noteId} className={props.error === undefined ? 'note' : 'note wrong'}>
          {note}
        </span>
      )}
    </div>
  );
}
