import type { ReactNode } from 'react';
import { connectionModes } from '../../../shared/domain/product.ts';
import { useTranslation } from '../../words/translation.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { useDraft } from '../../stores/draft-store.ts';
import { sourceChip, withField } from './draft-field.tsx';
import { useDraftFacts } from './draft-results.ts';

/** How the tool is connected, from the modes of its product; R-INFO-7 looks at exactly these values. */
export function ModeField(): ReactNode {
  const { t } = useTranslation();
  const change = useDraft((state) => state.change);
  const facts = useDraftFacts();
  if (facts === null) return null;
  const { content, product } = facts;
  const offered = product?.modes ?? connectionModes;
  const value = content.fields.mode;
  const chosen = value?.text ?? '';
  const known = connectionModes.some((mode) => mode === chosen);
  const choices = [
    { value: '', label: t('requestType.none') },
    ...connectionModes
      .filter((mode) => offered.includes(mode) || mode === chosen)
      .map((mode) => ({ value: mode, label: t(`mode.${mode}`) })),
  ];
  const chip = sourceChip(value, t);
  return (
    <ChoiceField
      id="draft-mode"
      label={t('field.mode')}
      value={chosen}
      onChange={(text) => change((now) => withField(now, 'mode', text))}
      choices={known || chosen === '' ? choices : [...choices, { value: chosen, label: chosen }]}
      {...(chip === undefined ? {} : { chip })}
    />
  );
}
