import type { ReactNode } from 'react';
import { languageSchema } from '../../../shared/domain/ids.ts';
import { type Settings, themeSchema } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../app/bridge.ts';
import { useTranslation } from '../../app/translation.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { useApp } from '../../stores/app-store.ts';
import { FirstRun } from '../first-run/first-run.tsx';

function change(settings: Partial<Settings>): void {
  const { attempt, refresh } = useApp.getState();
  void attempt(async () => {
    await unwrap(window.officina.saveSettings(settings));
    await refresh();
  });
}

/** Options of this PC, each taking effect at once. */
export function SettingsScreen(): ReactNode {
  const { t } = useTranslation();
  const info = useApp((state) => state.info);
  if (info === null) return null;
  const { settings } = info;
  return (
    <div className="stack">
      <h1>{t('settings.title')}</h1>
      <section className="card stack narrow">
        <ChoiceField label={t('settings.language')} value={settings.language} onChange={(value) => change({ language: languageSchema.parse(value) })} choices={languageSchema.options.map((value) => ({ value, label: t(`language.${value}`) }))} />
        <ChoiceField label={t('settings.theme')} value={settings.theme} onChange={(value) => change({ theme: themeSchema.parse(value) })} choices={themeSchema.options.map((value) => ({ value, label: t(`settings.theme_${value}`) }))} />
        <label className="row"><input type="checkbox" checked={settings.largeControls} onChange={(event) => change({ largeControls: event.target.checked })} />{t('settings.large')}</label>
      </section>
      <FirstRun />
      <p className="dim small">{t('settings.dataFolder')} <span className="mono">{info.dataFolder}</span></p>
      <p className="dim small">{t('settings.about', { version: info.appVersion, runtime: info.runtime })}</p>
    </div>
  );
}
