import { type ReactNode, useEffect, useState } from 'react';
import type { ChannelOutput } from '../../../shared/ipc/contract.ts';
import { quietly, unwrap } from '../../bridge/bridge.ts';
import { CheckField } from '../../components/check-field.tsx';
import { attempt } from '../../stores/app-store.ts';
import { useTranslation } from '../../words/translation.ts';
import { SettingsGroup } from './settings-group.tsx';

/** Whether the system starts the program by itself; the system is asked each time, for it may be changed there too. */
export function StartGroup(): ReactNode {
  const { t } = useTranslation();
  const [known, setKnown] = useState<ChannelOutput<'autostart'> | null>(null);
  useEffect(() => {
    let current = true;
    void quietly(window.officina.autostart({})).then((now) => {
      if (current) setKnown(now);
    });
    return () => {
      current = false;
    };
  }, []);
  if (known === null) return null;
  const change = (on: boolean): void =>
    void attempt(() => unwrap(window.officina.setAutostart({ on }))).then((now) =>
      now === null ? undefined : setKnown(now),
    );
  return (
    <SettingsGroup place="start" title={t('settings.start')} text={t('settings.startText')}>
      {known.isOffered ? (
        <CheckField
          label={t('settings.startWith')}
          checked={known.isOn}
          onChange={change}
          note={t('settings.startWithText')}
        />
      ) : (
        <p className="dim">{t('settings.startNotOffered')}</p>
      )}
    </SettingsGroup>
  );
}
