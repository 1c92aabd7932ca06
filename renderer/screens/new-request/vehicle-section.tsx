import { type ReactNode, useState } from 'react';
import type { DraftContent } from '../../../shared/domain/draft.ts';
import { identificationBlock } from '../../../shared/logs/identification-block.ts';
import { useTranslation } from '../../app/translation.ts';
import { TextField } from '../../components/text-field.tsx';
import { useDraft } from '../../stores/draft-store.ts';
import { DraftField, type ShownField } from './draft-field.tsx';
import { ModeField } from './mode-field.tsx';

const shown: readonly ShownField[] = ['vehicleMake', 'vehicleModel', 'vehicleEngine', 'vehicleYear', 'vehicleVin', 'ecuMaker', 'ecuFamily', 'ecuHw', 'ecuSw', 'driverNumber', 'voltage'];

/** Vehicle and ECU, with a helper that reads the identification block pasted from the tool (FACTS section 6). */
export function VehicleSection(): ReactNode {
  const { t } = useTranslation();
  const [pasted, setPasted] = useState('');
  const [found, setFound] = useState<number | null>(null);
  const read = (text: string): void => {
    setPasted(text);
    const { draft, change } = useDraft.getState();
    const values = identificationBlock(text);
    setFound(text.trim() === '' ? null : values.length);
    if (draft === null || values.length === 0) return;
    // What a person typed is never replaced by what a parser guessed.
    const free = values.filter((value) => draft.content.fields[value.key]?.source.kind !== 'typed' || draft.content.fields[value.key]?.text.trim() === '');
    const read: DraftContent['fields'] = Object.fromEntries(free.map((value) => [value.key, { text: value.text, source: { kind: 'file', name: value.label } }]));
    change({ ...draft.content, fields: { ...draft.content.fields, ...read } });
  };
  return (
    <div className="stack">
      <TextField label={t('draft.paste')} value={pasted} onChange={read} lines={3} mono maxLength={20_000} {...(found === null ? {} : { note: t('draft.pasteFound', { count: found }) })} />
      <div className="grid">{shown.map((name) => <DraftField key={name} name={name} />)}<ModeField /></div>
    </div>
  );
}
