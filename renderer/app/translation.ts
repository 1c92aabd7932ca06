import { useMemo } from 'react';
import type { Language } from '../../shared/domain/ids.ts';
import { createTranslator, type Translate } from '../../shared/i18n/translator.ts';
import { useApp } from '../stores/app-store.ts';

/** Interface language and its texts; changes live with the setting. */
export function useTranslation(): { readonly t: Translate; readonly language: Language } {
  const language = useApp((state) => state.info?.settings.language ?? 'it');
  return useMemo(() => ({ t: createTranslator(language), language }), [language]);
}
