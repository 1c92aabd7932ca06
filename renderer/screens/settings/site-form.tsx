import { LogOut } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { wantedPortal } from '../../../shared/domain/portal-choice.ts';
import type { Realm } from '../../../shared/domain/portal-kind.ts';
import type { PortalStatus } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { type ChosenSite, SiteFields } from '../../features/site-fields.tsx';
import { attempt } from '../../stores/app-store.ts';
import { usePortal } from '../../stores/portal-store.ts';
import { useToast } from '../../stores/toast-store.ts';
import { useTranslation } from '../../words/translation.ts';

/** The portal whose pages open here: which one, where, and the logins kept of it. */
export function SiteForm({
  realm,
  status,
  onSaved,
  addressId,
}: {
  readonly realm: Realm;
  readonly status: PortalStatus;
  readonly onSaved: () => void;
  readonly addressId: string;
}): ReactNode {
  const { t } = useTranslation();
  const [site, setSite] = useState<ChosenSite>({
    map: status.map ?? '',
    url: status.map === null ? '' : (status.address ?? ''),
  });
  const save = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      const chosen = wantedPortal(realm, site.url, '', {}, site.map);
      usePortal.getState().put(await unwrap(window.officina.choosePortal(chosen)));
      onSaved();
    });
  };
  const forget = (): void =>
    void attempt(async () => {
      await unwrap(window.officina.forgetSiteLogins({}));
      useToast.getState().say(t('siteFields.forgotten'));
    });
  return (
    <form className="stack tight" onSubmit={save} noValidate>
      <SiteFields site={site} onChange={setSite} addressId={addressId} />
      <div className="row wrap">
        <button type="submit" className="button" disabled={site.map === '' || site.url.trim() === ''}>
          {t('siteFields.use')}
        </button>
        <button type="button" className="button quiet" onClick={forget}>
          <LogOut size={16} aria-hidden />
          {t('siteFields.forget')}
        </button>
      </div>
    </form>
  );
}
