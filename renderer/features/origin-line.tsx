import { CopyPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RequestOrigin } from '../../shared/ipc/views.ts';
import { useApp } from '../stores/app-store.ts';
import { useTranslation } from '../words/translation.ts';
import { openRequest } from './open-request.ts';

/** From which request this one was begun, with the way back to it; nothing where it began by itself. */
export function OriginLine({ origin }: { readonly origin: RequestOrigin | null }): ReactNode {
  const { t } = useTranslation();
  const go = useApp((state) => state.go);
  if (origin === null) return null;
  return (
    <p className="row wrap dim small origin-line">
      <CopyPlus size={14} aria-hidden />
      <span>{t('origin.from')}</span>
      <button type="button" className="button quiet" onClick={() => openRequest(origin, go)}>
        {origin.name === '' ? t('requests.untitled') : origin.name}
      </button>
    </p>
  );
}
