import type { ReactNode } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import {
  type DraftContent,
  type FieldKey,
  fieldMaxChars,
  fieldText,
  type FieldValue,
  keptField,
  typedField,
} from '../../../shared/domain/draft.ts';
import type { Translate } from '../../../shared/i18n/translator.ts';
import type { ShownField } from '../../../shared/rules/rule-shape.ts';
import { vinMake } from '../../../shared/rules/vin-make.ts';
import { vinNote } from '../../../shared/rules/vin.ts';
import { useTranslation } from '../../words/translation.ts';
import { TextField } from '../../components/text-field.tsx';
import { useDraft } from '../../stores/draft-store.ts';

/** A value as typed by the person; from then on it counts as theirs, wherever it came from. */
export function withField(content: DraftContent, key: FieldKey, text: string): DraftContent {
  return {
    ...content,
    fields: { ...content.fields, [key]: { text: typedField(key, text), source: { kind: 'typed' } } },
  };
}

/** The make a VIN names, where none is written; it counts as read, so that a person's word replaces it. */
function withMake(content: DraftContent, vin: string): DraftContent {
  const make = vinMake(vin);
  if (make === null || fieldText(content, 'vehicleMake') !== '') return content;
  return {
    ...content,
    fields: { ...content.fields, vehicleMake: { text: make, source: { kind: 'file', name: 'VIN' } } },
  };
}

/** Where a value came from, as its chip says it; nothing for what the person typed (R-INFO-9). */
export function sourceChip(value: FieldValue | undefined, t: Translate): string | undefined {
  if (value === undefined || value.text === '') return undefined;
  switch (value.source.kind) {
    case 'file':
      return t('draft.fromFile', { name: displayName(value.source.name) });
    case 'profile':
      return t('draft.fromProfile');
    case 'typed':
      return undefined;
  }
}

const monoFields: ReadonlySet<FieldKey> = new Set([
  'vehicleVin',
  'ecuHw',
  'ecuSw',
  'driverNumber',
  'softwareVersion',
  'firmwareVersion',
  'voltage',
]);

export type DraftFieldProps = {
  readonly name: ShownField;
  readonly lines?: number;
  readonly label?: string;
  readonly hint?: string;
  readonly placeholder?: string;
};

/** One fact of the draft: text, where it came from, how much room is left, and for a VIN what is odd about it. */
export function DraftField({ name, lines, label, hint, placeholder }: DraftFieldProps): ReactNode {
  const { t } = useTranslation();
  const value = useDraft((state) => state.draft?.content.fields[name]);
  const text = value?.text ?? '';
  const max = fieldMaxChars(name);
  const change = (next: string): void =>
    useDraft
      .getState()
      .change(
        (now) =>
          name === 'vehicleVin' ? withMake(withField(now, name, next), next) : withField(now, name, next),
        name,
      );
  // What is stored and sent stands in the field too, once the person leaves it.
  const leave = (): void => {
    const kept = keptField(name, text);
    if (value !== undefined && kept !== text)
      useDraft
        .getState()
        .change((now) => ({ ...now, fields: { ...now.fields, [name]: { ...value, text: kept } } }), name);
    void useDraft.getState().flush();
  };
  const vin = name === 'vehicleVin' ? vinNote(text) : 'empty';
  const note =
    vin !== 'empty'
      ? t(`vin.${vin}`)
      : text.length > max * 0.8
        ? t('draft.chars', { used: text.length, max })
        : hint;
  const chip = sourceChip(value, t);
  return (
    <TextField
      id={`draft-${name}`}
      label={label ?? t(`field.${name}`)}
      value={text}
      onChange={change}
      onBlur={leave}
      maxLength={max}
      mono={monoFields.has(name)}
      {...(lines === undefined ? {} : { lines })}
      {...(note === undefined ? {} : { note })}
      {...(chip === undefined ? {} : { chip })}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  );
}
