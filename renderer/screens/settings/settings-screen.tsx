import { FolderOpen } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { languageSchema } from '../../../shared/domain/ids.ts';
import { zoomSteps } from '../../../shared/domain/zoom.ts';
import { themeSchema } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { saveSettings } from '../../features/save-settings.ts';
import { storeProfile } from '../../features/store-facts.ts';
import { useTranslation } from '../../words/translation.ts';
import { CheckField } from '../../components/check-field.tsx';
import { ChoiceField } from '../../components/choice-field.tsx';
import { WorkshopForm } from '../../components/workshop-form.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { usePortal } from '../../stores/portal-store.ts';
import { AboutGroup } from './about-group.tsx';
import { BackupsGroup } from './backups-group.tsx';
import { DeletionGroup } from './deletion-group.tsx';
import { LimitsGroup } from './limits-group.tsx';
import { MoveGroup } from './move-group.tsx';
import { NoticesGroup } from './notices-group.tsx';
import { NotificationsGroup } from './notifications-group.tsx';
import { PacksGroup } from './packs-group.tsx';
import { PortalGroup } from './portal-group.tsx';
import { PrivacyGroup } from './privacy-group.tsx';
import { SettingsIndex } from './settings-index.tsx';
import { SettingsGroup } from './settings-group.tsx';
import { headingOf } from './settings-places.ts';
import { StartGroup } from './start-group.tsx';

/** Whoever was led to a group stands at its head, each time anew; what is known of the portal later moves what stands below it. */
function useLedTo(isDrawn: boolean): void {
  const route = useApp((state) => state.route);
  const isKnown = usePortal((state) => state.status !== null);
  useEffect(() => {
    void isKnown;
    const at = route.screen === 'settings' ? route.at : undefined;
    if (!isDrawn || (at !== 'profile' && at !== 'backups')) return;
    const heading = document.getElementById(headingOf(at));
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  }, [route, isDrawn, isKnown]);
}

/** Options of this PC, each with one sentence on what it changes; choices of appearance take effect at once. */
export function SettingsScreen(): ReactNode {
  const { t } = useTranslation();
  const info = useApp((state) => state.info);
  useLedTo(info !== null);
  if (info === null) return null;
  const { settings } = info;
  return (
    <div className="settings">
      <SettingsIndex />
      <div className="page readable">
        <h1>{t('settings.title')}</h1>
        <SettingsGroup place="looks" title={t('settings.looks')} text={t('settings.looksText')}>
          <ChoiceField
            label={t('settings.language')}
            value={settings.language}
            onChange={(value) => saveSettings({ language: languageSchema.parse(value) })}
            choices={languageSchema.options.map((value) => ({ value, label: t(`language.${value}`) }))}
            note={t('settings.languageText')}
          />
          <ChoiceField
            label={t('settings.theme')}
            value={settings.theme}
            onChange={(value) => saveSettings({ theme: themeSchema.parse(value) })}
            choices={themeSchema.options.map((value) => ({ value, label: t(`settings.theme_${value}`) }))}
            note={t('settings.themeText')}
          />
          <ChoiceField
            label={t('settings.zoom')}
            value={String(settings.zoom)}
            onChange={(value) =>
              saveSettings({ zoom: zoomSteps.find((step) => String(step) === value) ?? 100 })
            }
            choices={zoomSteps.map((step) => ({ value: String(step), label: `${step} %` }))}
            note={t('settings.zoomText')}
          />
          <CheckField
            label={t('settings.large')}
            checked={settings.largeControls}
            onChange={(checked) => saveSettings({ largeControls: checked })}
            note={t('settings.largeText')}
          />
        </SettingsGroup>
        <SettingsGroup
          place="profile"
          title={t('settings.profile')}
          text={t('settings.profileText', { email: info.maskedEmail ?? '' })}
        >
          <WorkshopForm
            known={info.profile}
            submit={t('settings.saveProfile')}
            onSubmit={(profile) => void storeProfile(profile)}
          />
        </SettingsGroup>
        <PortalGroup />
        <NotificationsGroup chosen={settings.notifications} />
        <StartGroup />
        <SettingsGroup place="data" title={t('settings.dataFolder')} text={t('settings.dataFolderText')}>
          <p className="mono file-name">
            <bdi>{info.dataFolder}</bdi>
          </p>
          <div>
            <button
              type="button"
              className="button"
              onClick={() => void attempt(() => unwrap(window.officina.openDataFolder({})))}
            >
              <FolderOpen size={16} aria-hidden />
              {t('settings.openDataFolder')}
            </button>
          </div>
        </SettingsGroup>
        <BackupsGroup />
        <MoveGroup />
        <PrivacyGroup />
        <DeletionGroup />
        <AboutGroup info={info} />
        <h2 className="settings-part">{t('settings.advanced')}</h2>
        <LimitsGroup />
        <NoticesGroup />
        <PacksGroup />
      </div>
    </div>
  );
}
