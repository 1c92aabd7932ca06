import { type ReactNode, useId } from 'react';

export type CheckFieldProps = { readonly label: ReactNode; readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly note?: string; readonly disabled?: boolean; readonly id?: string };

/** A tick box with its words; the whole line can be hit. */
export function CheckField(props: CheckFieldProps): ReactNode {
  const noteId = useId();
  return (
    <div className="check-field">
      <label className="check-line">
        <input id={props.id} type="checkbox" className="tick" checked={props.checked} disabled={props.disabled} aria-describedby={props.note === undefined ? undefined : noteId} onChange={(event) => props.onChange(event.target.checked)} />
        <span>{props.label}</span>
      </label>
      {props.note === undefined ? null : <span id={noteId} className="note">{props.note}</span>}
    </div>
  );
}
