import { type ReactNode, type RefObject, Suspense, useEffect, useRef } from 'react';
import { ErrorNotice } from '../features/error-notice.tsx';
import { attempt, isNewHere, useApp } from '../stores/app-store.ts';
import { useRequests } from '../stores/requests-store.ts';
import { useAppearance } from '../features/appearance.ts';
import { Banners, StoreBanner } from './banners.tsx';
import { DropAnywhere } from './drop-anywhere.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { listen, loadMirrors } from './events.ts';
import { Help } from './help.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { Rail } from './rail.tsx';
import { FirstRun, Outbox, readAhead, Screen } from './screens.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { TemplatesSheet } from './templates-sheet.tsx';
import { Toast } from './toast.tsx';
import { toScreen } from '../components/to-screen.ts';
import { TopBar } from './top-bar.tsx';
import { useTranslation } from '../words/translation.ts';

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
  const dismiss = (): void => {
    useApp.getState().dismissError();
    toScreen();
  };
  // Without a store there is nothing beneath it to go on with: whoever took the line away would sit before an empty window.
  const isAll = useApp((state) => state.info === null);
  if (failure === null) return null;
  return (
    <div className="failure">
      <ErrorNotice
        error={failure.error}
        {...(isAll ? {} : { onDismiss: dismiss })}
        {...(failure.retry === null ? {} : { onRetry: failure.retry })}
      />
    </div>
  );
}

/** On another screen the keyboard starts at its top, not where the last one was left. */
function useFocusOn(place: string): RefObject<HTMLElement | null> {
  const stage = useRef<HTMLElement>(null);
  const before = useRef('');
  useEffect(() => {
    const moved = before.current !== '' && before.current !== place;
    before.current = place;
    if (moved && stage.current?.contains(document.activeElement) === false)
      stage.current.focus({ preventScroll: true });
  }, [place]);
  return stage;
}

/** The shell: rail, top bar, banners, the screen we are on, and the last failure above it. */
export function App(): ReactNode {
  const info = useApp((state) => state.info);
  const arriving = useApp((state) => state.arriving);
  const screen = useApp((state) => state.route.screen);
  const place = useApp((state) =>
    'id' in state.route ? `${state.route.screen}:${state.route.id}` : state.route.screen,
  );
  const { t } = useTranslation();
  const welcome = info !== null && (isNewHere(info) || arriving);
  const stage = useFocusOn(info === null ? '' : welcome ? 'welcome' : place);
  useAppearance();
  useEffect(() => {
    void attempt(async () => {
      await useApp.getState().refresh();
      await loadMirrors();
    });
    const stops = [listen(), refuseStrayDrops()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  const known = info !== null;
  useEffect(() => (known ? readAhead() : undefined), [known]);
  useEffect(
    () =>
      useApp.subscribe((now, before) =>
        now.route === before.route ? undefined : useRequests.getState().changed(),
      ),
    [],
  );
  if (info === null)
    return (
      <main className="page">
        <LastFailure />
      </main>
    );
  if (welcome)
    return (
      <main tabIndex={-1} className="page first">
        <StoreBanner />
        <LastFailure />
        <Suspense fallback={null}>
          <FirstRun />
        </Suspense>
        <Help isWelcome />
      </main>
    );
  return (
    <div className="shell">
      <Rail />
      <TopBar />
      <Banners />
      <main ref={stage} tabIndex={-1} className="stage" aria-label={t('app.name')} data-screen={screen}>
        <LastFailure />
        <ErrorBoundary key={place}>
          <Screen />
        </ErrorBoundary>
      </main>
      <Outbox />
      <Toast />
      <TemplatesSheet />
      <DropAnywhere />
      <LeaveGuard />
      <Shortcuts />
      <Help isWelcome={false} />
    </div>
  );
}
