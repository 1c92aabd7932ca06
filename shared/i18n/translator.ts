import { createInstance } from 'i18next';
import type { Language } from '../domain/ids.ts';
import en from './en.json' with { type: 'json' };
import it from './it.json' with { type: 'json' };

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T &
  string];
type PluralBase<K extends string> = K extends `${infer Base}_other`
  ? Base
  : K extends `${string}_one`
    ? never
    : K;

/** Every text there is, as a literal: a wrong key does not compile. Plural pairs are asked for by their base. */
export type TextKey = PluralBase<Leaves<typeof en>>;
export type Translate = (key: TextKey, params?: Readonly<Record<string, string | number>>) => string;

const made = new Map<Language, Translate>();

/** The one i18n API of page and main process. Catalogues are compiled in, so it works at once and offline; made once a language. */
export function createTranslator(language: Language): Translate {
  const known = made.get(language);
  if (known !== undefined) return known;
  const instance = createInstance();
  void instance.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    resources: { it: { translation: it }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  const translate: Translate = (key, params) => instance.t(key, { ...params });
  made.set(language, translate);
  return translate;
}

/** The locale a language is written with here: English with the 24-hour clock of an Italian workshop. */
export function localeOf(language: Language): string {
  return language === 'en' ? 'en-GB' : 'it-IT';
}

/** "18:06" as people say it, in the PC's own zone. */
export function clockTime(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
}

/** "lun 7 dic, 08:30". */
export function dayAndTime(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));
}
