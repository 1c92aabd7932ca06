import { createContext, useContext, useMemo } from 'react';
import type { Language } from '../../shared/domain/ids.ts';
import { agoText, dayText, momentsApart, momentText, sizeText } from '../../shared/i18n/amounts.ts';
import { createTranslator, type Translate } from '../../shared/i18n/translator.ts';

/** Texts and formats of the interface language. Moments are said relative to the PC's clock when they are drawn. */
export type Words = {
  readonly t: Translate;
  readonly language: Language;
  readonly moment: (instant: string) => string;
  /** Of a list: seconds where two would look alike. */
  readonly moments: (instants: readonly string[]) => readonly string[];
  readonly day: (instant: string) => string;
  readonly ago: (instant: string) => string;
  readonly size: (bytes: number) => string;
};

const InterfaceLanguage = createContext<Language>('it');

/** Gives everything inside it the language it speaks; Italian until main said which. */
export const SpeaksLanguage = InterfaceLanguage.Provider;

/** Interface language and its texts; changes live with the setting. */
export function useTranslation(): Words {
  const language = useContext(InterfaceLanguage);
  return useMemo(
    () => ({
      t: createTranslator(language),
      language,
      moment: (instant) => momentText(instant, language, Date.now()),
      moments: (instants) => momentsApart(instants, language, Date.now()),
      day: (instant) => dayText(instant, language, Date.now()),
      ago: (instant) => agoText(instant, language, Date.now()),
      size: (bytes) => sizeText(bytes, language),
    }),
    [language],
  );
}
