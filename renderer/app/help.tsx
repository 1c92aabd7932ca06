import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useApp } from '../stores/app-store.ts';
import { useHelp } from '../stores/help-store.ts';

/** Read from disk when somebody first asks for it. */
const HelpPanel = lazy(async () => {
  await import('../bridge/read-schemas.ts');
  return { default: (await import('../screens/help/help-panel.tsx')).HelpPanel };
});

/** The key of help opens the page of the screen somebody stands on; `isWelcome` while it is the first start. What lies over the screen is left first. */
export function Help({ isWelcome }: { readonly isWelcome: boolean }): ReactNode {
  const { page, open } = useHelp();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F1' || event.defaultPrevented) return;
      event.preventDefault();
      const isCovered =
        document.querySelector('[role="dialog"][data-open], [role="alertdialog"][data-open]') !== null;
      if (!isCovered) open(`screen ${isWelcome ? 'welcome' : useApp.getState().route.screen}`);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open, isWelcome]);
  const wanted = useRef(false);
  wanted.current ||= page !== null;
  return wanted.current ? (
    <Suspense fallback={null}>
      <HelpPanel />
    </Suspense>
  ) : null;
}
