import type { ReactNode } from 'react';
import type { AppError } from '../../shared/domain/app-error.ts';
import en from '../../shared/i18n/en.json' with { type: 'json' };
import type { TextKey } from '../../shared/i18n/translator.ts';
import { useTranslation } from '../app/translation.ts';

type ErrorText = Exclude<keyof typeof en.error, 'safe' | 'reference'>;

function textOf(code: string): ErrorText {
  const key = code.replaceAll('.', '_');
  return key in en.error ? (key as ErrorText) : 'other';
}

/** A failure in three parts: what happened, what is safe, what to do next; the code stands small beneath. */
export function ErrorNotice({ error }: { readonly error: AppError }): ReactNode {
  const { t } = useTranslation();
  const text = textOf(error.code);
  const key = (part: 'what' | 'next'): TextKey => `error.${text}.${part}`;
  return (
    <div className="error" role="alert">
      <p><strong>{t(key('what'), error.params)}</strong> {t('error.safe')} {t(key('next'))}</p>
      <p className="small mono">{error.code}{error.reference === undefined ? '' : ` · ${t('error.reference', { reference: error.reference })}`}</p>
    </div>
  );
}
