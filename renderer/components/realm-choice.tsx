import type { ReactNode } from 'react';
import { type Realm, realms } from '../../shared/domain/portal-kind.ts';
import { useTranslation } from '../words/translation.ts';

/** Where requests go: to practise, by hand, or to the vendor's portal at an address of its own. */
export function RealmChoice({
  label,
  value,
  onChoose,
  chosenId,
}: {
  readonly label: string;
  readonly value: Realm | null;
  readonly onChoose: (realm: Realm) => void;
  /** Id of the dot that is chosen, for whoever leads to it. */
  readonly chosenId?: string;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <fieldset className="radios">
      <legend className="unseen">{label}</legend>
      {realms.map((name) => (
        <label key={name} className="radio-line">
          <input
            id={value === name ? chosenId : undefined}
            type="radio"
            name="realm"
            className="dot"
            checked={value === name}
            onChange={() => onChoose(name)}
          />
          <span>
            <span className="strong">{t(`realm.${name}`)}</span>
            <span className="note">{t(`realmNote.${name}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
