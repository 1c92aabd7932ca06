import type { ReactNode } from 'react';
import type { Desk } from '../../shared/domain/portal-choice.ts';
import { type DeskField, portalKinds, type Realm } from '../../shared/domain/portal-kind.ts';
import { TextField } from '../components/text-field.tsx';
import { useTranslation } from '../words/translation.ts';

/** What a kind of portal asks beside its address, each by its name on that server; nothing where it asks for nothing. */
export function DeskFields({
  realm,
  desk,
  onChange,
  firstId,
  wrong,
}: {
  readonly realm: Realm;
  readonly desk: Partial<Desk>;
  readonly onChange: (desk: Partial<Desk>) => void;
  /** Id of the first field, for whoever leads to it. */
  readonly firstId?: string;
  /** What the first field says of itself where the server knows nothing of that name. */
  readonly wrong?: string;
}): ReactNode {
  const { t } = useTranslation();
  return portalKinds[realm].asks.map((field: DeskField, index) => (
    <TextField
      key={field}
      {...(index === 0 && firstId !== undefined ? { id: firstId } : {})}
      label={t(`desk.${field}`)}
      value={desk[field] ?? ''}
      onChange={(value) => onChange({ ...desk, [field]: value })}
      maxLength={120}
      {...(index === 0 && wrong !== undefined
        ? { warned: true, note: wrong }
        : { note: t(`deskHint.${field}`) })}
    />
  ));
}
