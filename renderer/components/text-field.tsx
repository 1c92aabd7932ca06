import { CircleAlert, FileInput } from 'lucide-react';
import { type ReactNode, useId } from 'react';

export type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onBlur?: () => void;
  readonly id?: string;
  readonly lines?: number;
  readonly mono?: boolean;
  readonly maxLength?: number;
  /** Stands beneath and is read with the field. */
  readonly note?: string;
  /** Why the value cannot stay; replaces the note. */
  readonly error?: string;
  /** Says where the value came from. */
  readonly chip?: string;
  readonly type?: 'text' | 'email' | 'password' | 'search';
  readonly placeholder?: string;
  readonly hideLabel?: boolean;
  /** True while what is stored of it was refused: `note` says so, in the colour of a warning. */
  readonly warned?: boolean;
};

/** A labelled text box; grows with its text when it has lines. */
export function TextField(props: TextFieldProps): ReactNode {
  const own = useId();
  const id = props.id ?? own;
  const noteId = `${id}-note`;
  const note = props.error ?? props.note;
  const common = {
    id,
    value: props.value,
    maxLength: props.maxLength,
    onBlur: props.onBlur,
    spellCheck: false,
    autoComplete: 'off',
    placeholder: props.placeholder,
    className: props.mono === true ? 'input mono' : 'input',
    'aria-invalid': props.error !== undefined,
    'aria-describedby':
      [...(props.chip === undefined ? [] : [`${id}-source`]), ...(note === undefined ? [] : [noteId])].join(
        ' ',
      ) || undefined,
  };
  return (
    <div className="field">
      <div className={props.hideLabel === true ? 'label unseen' : 'label'}>
        <label htmlFor={id}>{props.label}</label>
      </div>
      {props.lines === undefined ? (
        <input
          {...common}
          type={props.type ?? 'text'}
          onChange={(event) => props.onChange(event.target.value)}
        />
      ) : (
        <textarea {...common} rows={props.lines} onChange={(event) => props.onChange(event.target.value)} />
      )}
      {props.chip === undefined ? null : (
        <span id={`${id}-source`} className="source">
          <FileInput size={12} aria-hidden />
          {props.chip}
        </span>
      )}
      {note === undefined ? null : (
        <span
          id={noteId}
          className={
            props.error !== undefined ? 'note wrong' : props.warned === true ? 'note warned' : 'note'
          }
        >
          {props.error === undefined && props.warned !== true ? null : <CircleAlert size={14} aria-hidden />}
          {note}
        </span>
      )}
    </div>
  );
}
