import type { ReactNode } from 'react';
import type { StoreHealth } from '../../shared/ipc/views.ts';
import { unwrap } from './bridge.ts';
import { useApp } from '../stores/app-store.ts';
import { useTranslation } from './translation.ts';

/** Says that the store was restored, and how much is missing, until the person has read it. */
export function StoreBanner({ health }: { readonly health: StoreHealth }): ReactNode {
  const { t } = useTranslation();
  const { attempt, refresh } = useApp.getState();
  if (health.kind !== 'restored') return null;
  const dismiss = (): void => void attempt(async () => {
    await unwrap(window.officina.dismissStoreNotice({}));
    await refresh();
  });
  return (
    <output className="banner">
      <span>{t(health.quarantineFolder === '' ? 'banner.lost' : 'banner.restored', { missing: health.missingEntries })}</span>
      <button type="button" className="button quiet" onClick={dismiss}>{t('banner.dismiss')}</button>
    </output>
  );
}
