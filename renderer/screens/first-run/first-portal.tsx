import { type FormEvent, type ReactNode, useState } from 'react';
import { type Desk, wantedPortal } from '../../../shared/domain/portal-choice.ts';
import { portalKinds, type Realm } from '../../../shared/domain/portal-kind.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { RealmChoice } from '../../components/realm-choice.tsx';
import { DeskFields } from '../../features/desk-fields.tsx';
import { SiteFields } from '../../features/site-fields.tsx';
import { TextField } from '../../components/text-field.tsx';
import { attempt } from '../../stores/app-store.ts';
import { usePortal } from '../../stores/portal-store.ts';

/** Where requests go from the first one on; the practice portal unless somebody says otherwise. */
export function FirstPortal({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const status = usePortal((state) => state.status);
  const [chosen, setChosen] = useState<Realm | null>(null);
  const [url, setUrl] = useState('');
  const [password, setPassword] = useState('');
  const [desk, setDesk] = useState<Partial<Desk>>({});
  const realm = chosen ?? status?.realm ?? 'practice';
  const { secret } = portalKinds[realm];
  const { form } = portalKinds[realm];
  const [map, setMap] = useState('');
  const begin = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      if (realm !== status?.realm || form !== 'none') {
        const choice = wantedPortal(realm, url, '', desk, map);
        usePortal.getState().put(await unwrap(window.officina.choosePortal(choice)));
      }
      // Without one the portal chip says that it is missing, and leads here again.
      if (form === 'address' && password !== '')
        usePortal.getState().put(await unwrap(window.officina.saveCredentials({ password })));
      return true;
    }).then((done) => (done === true ? onDone() : undefined));
  };
  return (
    <form className="stack" onSubmit={begin} noValidate>
      <RealmChoice label={t('firstRun.title_portal')} value={realm} onChoose={setChosen} />
      {form === 'site' ? (
        <SiteFields
          site={{ map, url }}
          onChange={(site) => {
            setMap(site.map);
            setUrl(site.url);
          }}
        />
      ) : null}
      {form === 'address' ? (
        <>
          <TextField
            label={t('settings.address')}
            value={url}
            onChange={setUrl}
            mono
            maxLength={300}
            placeholder={t('settings.addressExample')}
            note={t('settings.addressHint')}
          />
          <DeskFields realm={realm} desk={desk} onChange={setDesk} />
          <TextField
            type="password"
            label={t(`credentials.${secret}.label`)}
            value={password}
            onChange={setPassword}
            maxLength={200}
            note={t(`credentials.${secret}.note`)}
          />
        </>
      ) : null}
      <div>
        <button type="submit" className="button primary">
          {t('firstRun.finish')}
        </button>
      </div>
    </form>
  );
}
