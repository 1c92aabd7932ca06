import { type ReactNode, useId } from 'react';
import { useTick } from './tick.ts';

export type CheckFieldProps = {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => unknown;
  readonly note?: string;
  readonly disabled?: boolean;
  readonly id?: string;
};

/** A tick box with its words; the whole line can be hit. */
export function CheckField(props: CheckFieldProps): ReactNode {
  const noteId = useId();
  const [shown, put] = useTick(props.checked, props.onChange);
  return (
    <div className="check-field">
      <label className="check-line">
        <input
          id={props.id}
          type="checkbox"
          className="tick"
          checked={shown}
          disabled={props.disabled}
          aria-describedby={props.note === undefined ? undefined : noteId}
          onChange={(event) => put(event.target.checked)}
        />
        <span>{props.label}</span>
      </label>
      {props.note === undefined ? null : (
        <span id={noteId} className="note">
          {props.note}
        </span>
      )}
    </div>
  );
}
