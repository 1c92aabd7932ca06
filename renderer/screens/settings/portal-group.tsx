import { KeyRound, Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { type Desk, wantedPortal } from '../../../shared/domain/portal-choice.ts';
import { portalKinds, type Realm } from '../../../shared/domain/portal-kind.ts';
import type { PortalStatus } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { DeskFields } from '../../features/desk-fields.tsx';
import { SiteForm } from './site-form.tsx';
import { saveSettings } from '../../features/save-settings.ts';
import { useTranslation } from '../../words/translation.ts';
import { CheckField } from '../../components/check-field.tsx';
import { RealmChoice } from '../../components/realm-choice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { usePortal } from '../../stores/portal-store.ts';
import { type Stop, stopOf, stoppedBy } from '../../features/stopped.ts';
import { SettingsGroup } from './settings-group.tsx';

function store(work: () => Promise<PortalStatus>): Promise<PortalStatus | null> {
  return attempt(async () => {
    const status = await work();
    usePortal.getState().put(status);
    return status;
  });
}

const fieldIds = {
  portal: 'portal-choice',
  address: 'portal-address',
  desk: 'portal-desk',
  password: 'portal-password',
  proxy: 'portal-proxy',
} as const;

/** Whoever was led to a field stands in it, each time anew. */
function useLedHere(isKnown: boolean): void {
  const route = useApp((state) => state.route);
  useEffect(() => {
    const at = route.screen === 'settings' ? route.at : undefined;
    if (at === undefined || at === 'profile' || at === 'backups' || !isKnown) return;
    const field = document.getElementById(fieldIds[at]) ?? document.getElementById(fieldIds.portal);
    field?.scrollIntoView({ block: 'center' });
    field?.focus({ preventScroll: true });
  }, [route, isKnown]);
}

function Credentials({
  status,
  stop,
}: {
  readonly status: PortalStatus;
  readonly stop: Stop | null;
}): ReactNode {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  if (status.credentials === 'not-needed') return null;
  const { secret } = portalKinds[status.realm];
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (password !== '')
      void store(() => unwrap(window.officina.saveCredentials({ password }))).then((saved) =>
        saved === null ? undefined : setPassword(''),
      );
  };
  return (
    <form className="stack tight" onSubmit={save}>
      {stop?.field === 'password' ? null : (
        <p className="row small">
          <KeyRound size={16} aria-hidden />
          {t(`credentials.${secret}.${status.credentials}`)}
        </p>
      )}
      <TextField
        id={fieldIds.password}
        type="password"
        warned={stop?.field === 'password'}
        label={t(`credentials.${secret}.label`)}
        value={password}
        onChange={setPassword}
        maxLength={200}
        note={stop?.field === 'password' ? stop.atField : t(`credentials.${secret}.note`)}
      />
      <div className="row wrap">
        <button type="submit" className="button" disabled={password === ''}>
          {t(`credentials.${secret}.save`)}
        </button>
        {status.credentials === 'present' ? (
          <button
            type="button"
            className="button quiet"
            onClick={() => void store(() => unwrap(window.officina.removeCredentials({})))}
          >
            <Trash2 size={16} aria-hidden />
            {t(`credentials.${secret}.remove`)}
          </button>
        ) : null}
      </div>
    </form>
  );
}

/** Name and password for a proxy that asks for them; one that does not is left alone. */
function ProxyLogin({
  status,
  stop,
}: {
  readonly status: PortalStatus;
  readonly stop: Stop | null;
}): ReactNode {
  const { t } = useTranslation();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  if (status.proxy === null) return null;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    void store(() => unwrap(window.officina.saveProxyLogin({ user, password }))).then((saved) =>
      saved === null ? undefined : setPassword(''),
    );
  };
  return (
    <form className="stack tight" onSubmit={save} aria-label={t('proxyLogin.title')}>
      <p className="row small">
        <KeyRound size={16} aria-hidden />
        {t(`proxyLogin.${status.proxy.login}`)}
      </p>
      <TextField
        id={fieldIds.proxy}
        label={t('proxyLogin.user')}
        value={user}
        onChange={setUser}
        maxLength={200}
        {...(stop?.field === 'proxy' ? { warned: true, note: stop.atField } : {})}
      />
      <TextField
        type="password"
        label={t('proxyLogin.password')}
        value={password}
        onChange={setPassword}
        maxLength={200}
        note={t('proxyLogin.note')}
      />
      <div className="row wrap">
        <button type="submit" className="button" disabled={user.trim() === '' || password === ''}>
          {t('proxyLogin.save')}
        </button>
        {status.proxy.login === 'present' ? (
          <button
            type="button"
            className="button quiet"
            onClick={() => void store(() => unwrap(window.officina.removeProxyLogin({})))}
          >
            <Trash2 size={16} aria-hidden />
            {t('proxyLogin.remove')}
          </button>
        ) : null}
      </div>
    </form>
  );
}

/** Where requests go: to practise, by hand, or to the vendor's portal at an address of its own. */
export function PortalGroup(): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const status = usePortal((state) => state.status);
  const sendsOutsideHours = useApp((state) => state.info?.settings.sendOutsideHours ?? true);
  const [chosen, setChosen] = useState<Realm | null>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [proxy, setProxy] = useState<string | null>(null);
  const [desk, setDesk] = useState<Partial<Desk> | null>(null);
  const cause = status !== null && (chosen === null || chosen === status.realm) ? stoppedBy(status) : null;
  const stop = stopOf(cause, words);
  useLedHere(status !== null);
  const realm = chosen ?? status?.realm ?? null;
  const form = realm === null ? 'none' : portalKinds[realm].form;
  const choose = (next: Realm): void => {
    setChosen(next);
    if (portalKinds[next].form === 'none')
      void store(() => unwrap(window.officina.choosePortal(wantedPortal(next, '', '')))).then(() =>
        setChosen(null),
      );
  };
  const useAddress = (event: FormEvent): void => {
    event.preventDefault();
    void store(() =>
      unwrap(
        window.officina.choosePortal(
          wantedPortal(
            realm ?? 'practice',
            url ?? status?.address ?? '',
            proxy ?? status?.proxy?.address ?? '',
            desk ?? status?.desk ?? {},
          ),
        ),
      ),
    ).then((saved) => (saved === null ? undefined : setChosen(null)));
  };
  return (
    <SettingsGroup place="portal" title={t('settings.portal')} text={t('settings.portalText')}>
      <RealmChoice label={t('settings.portal')} value={realm} onChoose={choose} chosenId={fieldIds.portal} />
      {realm !== null && form === 'site' && status !== null ? (
        <SiteForm
          realm={realm}
          status={status}
          onSaved={() => setChosen(null)}
          addressId={fieldIds.address}
        />
      ) : null}
      {form === 'address' ? (
        <form className="stack tight" onSubmit={useAddress} noValidate>
          <TextField
            id={fieldIds.address}
            warned={stop?.field === 'address'}
            label={t('settings.address')}
            value={url ?? status?.address ?? ''}
            onChange={setUrl}
            mono
            maxLength={300}
            placeholder={t('settings.addressExample')}
            note={
              stop?.field === 'address'
                ? stop.atField
                : status !== null && portalKinds[status.realm].hasAddress
                  ? t('settings.addressNow', { label: status.label })
                  : t('settings.addressHint')
            }
          />
          {realm === null ? null : (
            <DeskFields
              realm={realm}
              desk={desk ?? status?.desk ?? {}}
              onChange={setDesk}
              firstId={fieldIds.desk}
              {...(stop?.field === 'desk'
                ? { wrong: { field: String(cause?.params['field']), note: stop.atField } }
                : {})}
            />
          )}
          {status !== null && realm === status.realm && !status.looksUp ? (
            <p className="note">{t('settings.noLookUp')}</p>
          ) : null}
          <TextField
            label={t('settings.proxy')}
            value={proxy ?? status?.proxy?.address ?? ''}
            onChange={setProxy}
            mono
            maxLength={300}
            placeholder={t('settings.proxyExample')}
            note={t('settings.proxyHint')}
          />
          <div>
            <button type="submit" className="button">
              {t('settings.useAddress')}
            </button>
          </div>
        </form>
      ) : null}
      {status === null || realm !== status.realm ? null : (
        <>
          <ProxyLogin status={status} stop={stop} />
          <Credentials status={status} stop={stop} />
        </>
      )}
      {realm !== null && form === 'address' && portalKinds[realm].keepsHours ? (
        <CheckField
          label={t('settings.outsideHours')}
          checked={sendsOutsideHours}
          onChange={(checked) => saveSettings({ sendOutsideHours: checked })}
          note={t('settings.outsideHoursText')}
        />
      ) : null}
    </SettingsGroup>
  );
}
