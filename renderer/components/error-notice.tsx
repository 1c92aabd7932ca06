import type { ReactNode } from 'react';
import type { AppError, ErrorCode } from '../../shared/domain/app-error.ts';
import { useTranslation } from '../app/translation.ts';

type Underscored<Code extends string> = Code extends `${infer Area}.${infer Name}` ? `${Area}_${Name}` : Code;

/** Dots nest in the catalogue, so a code stands there with underscores; a code without its texts does not compile. */
function textOf(code: ErrorCode): Underscored<ErrorCode> {
  return code.replace('.', '_') as Underscored<ErrorCode>;
}

/** A failure in three parts: what happened, what is safe, what to do next; the code stands small beneath. */
export function ErrorNotice({ error }: { readonly error: AppError }): ReactNode {
  const { t } = useTranslation();
  const text = textOf(error.code);
  return (
    <div className="error" role="alert">
      <p><strong>{t(`error.${text}.what`, error.params)}</strong> {t(`error.${text}.safe`)} {t(`error.${text}.next`, error.params)}</p>
      <p className="small mono">{error.code}{error.reference === undefined ? '' : ` · ${t('error.reference', { reference: error.reference })}`}</p>
    </div>
  );
}
