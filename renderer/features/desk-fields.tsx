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
  /** Id of the field that is wrong, of the first where none is, for whoever leads to it. */
  readonly firstId?: string;
  /** The field whose name the server does not know, and what it says of itself. */
  readonly wrong?: { readonly field: string; readonly note: string };
}): ReactNode {
  const { t } = useTranslation();
  const asks: readonly DeskField[] = portalKinds[realm].asks;
  const wrongField =
    wrong === undefined ? undefined : (asks.find((field) => field === wrong.field) ?? asks[0]);
  return asks.map((field) => (
    <TextField
      key={field}
      {...(firstId !== undefined && field === (wrongField ?? asks[0]) ? { id: firstId } : {})}
      label={t(`desk.${field}`)}
      value={desk[field] ?? ''}
      onChange={(value) => onChange({ ...desk, [field]: value })}
      maxLength={120}
      {...(wrong !== undefined && field === wrongField
        ? { warned: true, note: wrong.note }
        : { note: t(`deskHint.${field}`) })}
    />
  ));
}
