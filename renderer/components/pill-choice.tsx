import type { ReactNode } from 'react';
import type { Choice } from './choice-field.tsx';

/** A labelled choice of one among few, all of them in sight: one press each, arrows by keyboard. */
export function PillChoice({
  id,
  label,
  value,
  choices,
  onChange,
}: {
  /** Of the one that is chosen, else of the first: whoever leads here puts the focus on it. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}): ReactNode {
  const at = choices.findIndex((choice) => choice.value === value);
  return (
    <fieldset className="pill-choice">
      <legend>{label}</legend>
      <div className="row wrap">
        {choices.map((choice, index) => (
          <label key={choice.value} className="pill">
            <input
              id={index === Math.max(0, at) ? id : undefined}
              type="radio"
              name={id}
              checked={index === at}
              onChange={() => onChange(choice.value)}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
