import { type ReactNode, useId } from 'react';

export type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onBlur?: () => void;
  readonly lines?: number;
  readonly mono?: boolean;
  readonly maxLength?: number;
  readonly note?: string;
  readonly chip?: string;
  readonly type?: 'text' | 'email';
};

/** A labelled text box; `chip` says where the value came from, `note` stands beneath and is read with the field. */
export function TextField(props: TextFieldProps): ReactNode {
  const id = useId();
  const noteId = `${id}-note`;
  const common = {
    id, value: props.value, maxLength: props.maxLength, onBlur: props.onBlur, spellCheck: false,
    className: props.mono === true ? 'input mono' : 'input',
    'aria-describedby': props.note === undefined ? undefined : noteId,
  };
  return (
    <div className="field">
      <div className="label"><label htmlFor={id}>{props.label}</label>{props.chip === undefined ? null : <span className="source">{props.chip}</span>}</div>
      {props.lines === undefined ? (
        <input {...common} type={props.type ?? 'text'} onChange={(event) => props.onChange(event.target.value)} />
      ) : (
        <textarea {...common} rows={props.lines} onChange={(event) => props.onChange(event.target.value)} />
      )}
      {props.note === undefined ? null : <span id={noteId} className="small dim">{props.note}</span>}
    </div>
  );
}
