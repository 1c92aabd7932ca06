import type { ReactNode } from 'react';
import { type DraftContent, type FieldKey, fieldMaxChars } from '../../../shared/domain/draft.ts';
import type { TextKey } from '../../../shared/i18n/translator.ts';
import { vinNote } from '../../../shared/rules/vin.ts';
import { useTranslation } from '../../app/translation.ts';
import { TextField } from '../../components/text-field.tsx';
import { useDraft } from '../../stores/draft-store.ts';

/** Fields the form shows today, each with its text id. */
export type ShownField = Extract<TextKey, `field.${string}`> extends `field.${infer K}` ? Extract<K, FieldKey> : never;

/** A value as typed by the person; clearing a field forgets where it came from. */
export function withField(content: DraftContent, key: FieldKey, text: string): DraftContent {
  return { ...content, fields: { ...content.fields, [key]: { text, source: { kind: 'typed' } } } };
}

const monoFields: ReadonlySet<FieldKey> = new Set(['vehicleVin', 'ecuHw', 'ecuSw', 'driverNumber', 'softwareVersion', 'firmwareVersion', 'voltage']);

/** One fact of the draft: text, where it came from, how much room is left, and for a VIN what is odd about it. */
export function DraftField({ name, lines }: { readonly name: ShownField; readonly lines?: number }): ReactNode {
  const { t } = useTranslation();
  const value = useDraft((state) => state.draft?.content.fields[name]);
  const text = value?.text ?? '';
  const max = fieldMaxChars(name);
  const change = (next: string): void => {
    const { draft, change: put } = useDraft.getState();
    if (draft !== null) put(withField(draft.content, name, next));
  };
  const vin = name === 'vehicleVin' ? vinNote(text) : 'empty';
  const note = vin !== 'empty' ? t(`vin.${vin}`) : text.length > max * 0.8 ? t('draft.chars', { used: text.length, max }) : undefined;
  const chip = value?.source.kind === 'file' ? t('draft.fromFile') : value?.source.kind === 'profile' ? t('draft.fromProfile') : undefined;
  return (
    <TextField label={t(`field.${name}`)} value={text} onChange={change} onBlur={() => void useDraft.getState().flush()} maxLength={max} mono={monoFields.has(name)}
      {...(lines === undefined ? {} : { lines })} {...(note === undefined ? {} : { note })} {...(chip === undefined ? {} : { chip })} />
  );
}
