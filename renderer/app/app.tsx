import { type ReactNode, useEffect } from 'react';
import { ErrorNotice } from '../components/error-notice.tsx';
import { FirstRun } from '../screens/first-run/first-run.tsx';
import { DraftEditor } from '../screens/new-request/draft-editor.tsx';
import { Requests } from '../screens/requests/requests.tsx';
import { SettingsScreen } from '../screens/settings/settings-screen.tsx';
import { Today } from '../screens/today/today.tsx';
import { Tools } from '../screens/tools/tools.tsx';
import { useApp } from '../stores/app-store.ts';
import { useDraft } from '../stores/draft-store.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Rail } from './rail.tsx';
import { StoreBanner } from './store-banner.tsx';
import { useTranslation } from './translation.ts';

function Screen(): ReactNode {
  const route = useApp((state) => state.route);
  switch (route.screen) {
    case 'today': return <Today />;
    case 'requests': return <Requests />;
    case 'tools': return <Tools />;
    case 'settings': return <SettingsScreen />;
    case 'draft': return <DraftEditor key={route.id} id={route.id} />;
  }
}

function useAppearance(): void {
  const settings = useApp((state) => state.info?.settings);
  useEffect(() => {
    if (settings === undefined) return;
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      const root = document.documentElement;
      root.lang = settings.language;
      root.dataset['theme'] = settings.theme === 'system' ? (system.matches ? 'dark' : 'light') : settings.theme;
      root.dataset['controls'] = settings.largeControls ? 'large' : 'normal';
    };
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [settings]);
}

/** The shell: rail, banner, the screen we are on, and the last failure above it. */
export function App(): ReactNode {
  const info = useApp((state) => state.info);
  const error = useApp((state) => state.error);
  const place = useApp((state) => (state.route.screen === 'draft' ? state.route.id : state.route.screen));
  const { t } = useTranslation();
  useAppearance();
  useEffect(() => {
    void useApp.getState().attempt(() => useApp.getState().refresh());
    const flush = (): void => void useDraft.getState().flush();
    window.addEventListener('blur', flush);
    window.addEventListener('beforeunload', flush);
    return () => {
      window.removeEventListener('blur', flush);
      window.removeEventListener('beforeunload', flush);
    };
  }, []);
  if (info === null) return error === null ? null : <main><ErrorNotice error={error} /></main>;
  if (info.profile === null) return <main>{error === null ? null : <ErrorNotice error={error} />}<FirstRun /></main>;
  return (
    <div className="shell">
      <Rail />
      <StoreBanner health={info.storeHealth} />
      <main aria-label={t('app.name')}>
        {error === null ? null : <ErrorNotice error={error} />}
        <ErrorBoundary key={place}><Screen /></ErrorBoundary>
      </main>
    </div>
  );
}
