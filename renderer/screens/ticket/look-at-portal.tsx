import { PanelRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { useApp } from '../../stores/app-store.ts';
import { useTranslation } from '../../words/translation.ts';

/** The way to the request's page on the portal, where what was said about it is read. */
export function LookAtPortal({ id }: { readonly id: TicketId }): ReactNode {
  const { t } = useTranslation();
  return (
    <div>
      <button type="button" className="button" onClick={() => useApp.getState().go({ screen: 'site', id })}>
        <PanelRight size={16} aria-hidden />
        {t('site.look')}
      </button>
    </div>
  );
}
