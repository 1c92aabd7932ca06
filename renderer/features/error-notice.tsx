import { Copy, OctagonAlert, RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AppError } from '../../shared/domain/app-error.ts';
import { errorTextId, shownParams } from '../words/error-text.ts';
import { quietly } from '../bridge/bridge.ts';
import { useTranslation } from '../words/translation.ts';

const inputNames = [
  'customerCode',
  'company',
  'email',
  'serial',
  'installedVersion',
  'nickname',
  'productId',
  'number',
  'url',
  'password',
  'text',
  'moment',
] as const;

type InputName = (typeof inputNames)[number];

function inputOf(error: AppError): InputName | undefined {
  const field = String(error.params['field'] ?? '')
    .split('.')
    .at(-1);
  return inputNames.find((name) => name === field);
}

export type ErrorNoticeProps = {
  readonly error: AppError;
  readonly onDismiss?: () => void;
  readonly onRetry?: () => void;
};

/** A failure in three parts: what happened, what is safe, what to do next; the code stands behind its details, to be quoted. */
export function ErrorNotice({ error, onDismiss, onRetry }: ErrorNoticeProps): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const text = errorTextId(error.code);
  const field = inputOf(error);
  const params = {
    ...shownParams(error, words),
    ...(field === undefined ? {} : { field: t(`input.${field}`) }),
  };
  const code =
    error.reference === undefined
      ? error.code
      : `${error.code} · ${t('error.reference', { reference: error.reference })}`;
  return (
    <div className="error" role="alert">
      <OctagonAlert size={18} aria-hidden />
      <div className="grow">
        <p>
          <strong>{t(`error.${text}.what`, params)}</strong> {t(`error.${text}.safe`)}{' '}
          {t(`error.${text}.next`, params)}
        </p>
        <details className="licence small">
          <summary>{t('action.details')}</summary>
          <div className="error-foot">
            <span className="code mono">{code}</span>
            <button
              type="button"
              className="mini"
              aria-label={t('action.copyCode')}
              title={t('action.copyCode')}
              onClick={() => void quietly(window.officina.copyText({ text: code }))}
            >
              <Copy size={12} aria-hidden />
            </button>
          </div>
        </details>
      </div>
      {onRetry === undefined ? null : (
        <button type="button" className="button" onClick={onRetry}>
          <RotateCw size={16} aria-hidden />
          {t('action.retry')}
        </button>
      )}
      {onDismiss === undefined ? null : (
        <button
          type="button"
          className="button icon"
          aria-label={t('action.dismiss')}
          title={t('action.dismiss')}
          onClick={onDismiss}
        >
          <X size={16} aria-hidden />
        </button>
      )}
    </div>
  );
}
