import type { ReactNode } from 'react';
import { connectionModes } from '../../../shared/domain/product.ts';
import { useTranslation } from '../../app/translation.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';
import { withField } from './draft-field.tsx';

/** How the tool is connected, from the modes of its product; R-INFO-7 looks at exactly these values. */
export function ModeField(): ReactNode {
  const { t } = useTranslation();
  const content = useDraft((state) => state.draft?.content);
  const put = useDraft((state) => state.change);
  const products = useApp((state) => state.products);
  if (content === undefined) return null;
  const offered = products.find((item) => item.id === content.productId)?.modes ?? connectionModes;
  const chosen = content.fields.mode?.text ?? '';
  const known = connectionModes.some((mode) => mode === chosen);
  const choices = [{ value: '', label: t('requestType.none') }, ...connectionModes.filter((mode) => offered.includes(mode) || mode === chosen).map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))];
  return (
    <ChoiceField label={t('field.mode')} value={chosen} onChange={(value) => put(withField(content, 'mode', value))}
      choices={known || chosen === '' ? choices : [...choices, { value: chosen, label: chosen }]} />
  );
}
