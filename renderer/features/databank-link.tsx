import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { unwrap } from '../bridge/bridge.ts';
import { useTranslation } from '../words/translation.ts';
import { attempt } from '../stores/app-store.ts';

/** The vendor's databank: updates, guides, and the one place TeamViewer may come from (R-REMOTE-2, R-VERSION-1). */
const databankUrl = 'https://databank.alientech.to/';

/** The way to the vendor's databank, in the person's own browser. */
export function DatabankLink({ about }: { readonly about?: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="button"
      {...(about === undefined ? {} : { 'aria-label': `${t('action.databank')}: ${about}` })}
      onClick={() => void attempt(() => unwrap(window.officina.openExternalLink({ url: databankUrl })))}
    >
      <ExternalLink size={16} aria-hidden />
      {t('action.databank')}
    </button>
  );
}
