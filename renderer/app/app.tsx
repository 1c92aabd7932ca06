import { type ReactNode, useEffect } from 'react';
import { ErrorNotice } from '../components/error-notice.tsx';
import { Audit } from '../screens/audit/audit.tsx';
import { EvidenceScreen } from '../screens/evidence/evidence-screen.tsx';
import { FirstRun } from '../screens/first-run/first-run.tsx';
import { DraftEditor } from '../screens/new-request/draft-editor.tsx';
import { OutboxPanel } from '../screens/outbox/outbox-panel.tsx';
import { RemoteScreen } from '../screens/remote/remote-screen.tsx';
import { Requests } from '../screens/requests/requests.tsx';
import { Review } from '../screens/review/review.tsx';
import { SettingsScreen } from '../screens/settings/settings-screen.tsx';
import { TicketScreen } from '../screens/ticket/ticket-screen.tsx';
import { Today } from '../screens/today/today.tsx';
import { Tools } from '../screens/tools/tools.tsx';
import { attempt, useApp } from '../stores/app-store.ts';
import { useDraft } from '../stores/draft-store.ts';
import { useRequests } from '../stores/requests-store.ts';
import { useAppearance } from './appearance.ts';
import { Banners } from './banners.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { listen, loadMirrors } from './events.ts';
import { Rail } from './rail.tsx';
import { Toast } from './toast.tsx';
import { TopBar } from './top-bar.tsx';
import { useTranslation } from './translation.ts';

function Screen(): ReactNode {
  const route = useApp((state) => state.route);
  switch (route.screen) {
    case 'today': return <Today />;
    case 'requests': return <Requests />;
    case 'evidence': return <EvidenceScreen />;
    case 'tools': return <Tools />;
    case 'audit': return <Audit />;
    case 'remote': return <RemoteScreen key={route.id} id={route.id} />;
    case 'settings': return <SettingsScreen />;
    case 'draft': return <DraftEditor key={route.id} id={route.id} finding={route.finding ?? null} />;
    case 'review': return <Review key={route.id} id={route.id} />;
    case 'ticket': return <TicketScreen key={route.id} id={route.id} />;
  }
}

/** A file dropped beside every target would make the window leave for it; here it does nothing. */
function refuseStrayDrops(): () => void {
  const refuse = (event: DragEvent): void => event.preventDefault();
  window.addEventListener('dragover', refuse);
  window.addEventListener('drop', refuse);
  return () => {
    window.removeEventListener('dragover', refuse);
    window.removeEventListener('drop', refuse);
  };
}

function LastFailure(): ReactNode {
  const failure = useApp((state) => state.failure);
  const dismiss = useApp((state) => state.dismissError);
  if (failure === null) return null;
  return <div className="failure"><ErrorNotice error={failure.error} onDismiss={dismiss} {...(failure.retry === null ? {} : { onRetry: failure.retry })} /></div>;
}

/** The shell: rail, top bar, banners, the screen we are on, and the last failure above it. */
export function App(): ReactNode {
  const info = useApp((state) => state.info);
  const arriving = useApp((state) => state.arriving);
  const screen = useApp((state) => state.route.screen);
  const place = useApp((state) => ('id' in state.route ? `${state.route.screen}:${state.route.id}` : state.route.screen));
  const { t } = useTranslation();
  useAppearance();
  useEffect(() => {
    void attempt(async () => {
      await useApp.getState().refresh();
      await loadMirrors();
    });
    const flush = (): void => void useDraft.getState().flush();
    const stops = [listen(), refuseStrayDrops()];
    window.addEventListener('blur', flush);
    window.addEventListener('beforeunload', flush);
    return () => {
      for (const stop of stops) stop();
      window.removeEventListener('blur', flush);
      window.removeEventListener('beforeunload', flush);
    };
  }, []);
  useEffect(() => useApp.subscribe((now, before) => (now.route === before.route ? undefined : useRequests.getState().changed())), []);
  if (info === null) return <main className="page"><LastFailure /></main>;
  if (info.profile === null || arriving) return <main className="page first"><LastFailure /><FirstRun /></main>;
  return (
    <div className="shell">
      <Rail />
      <TopBar />
      <Banners />
      <main className="stage" aria-label={t('app.name')} data-screen={screen}>
        <LastFailure />
        <ErrorBoundary key={place}><Screen /></ErrorBoundary>
      </main>
      <OutboxPanel />
      <Toast />
    </div>
  );
}
