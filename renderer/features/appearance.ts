import { useEffect } from 'react';
import { useApp } from '../stores/app-store.ts';

/** Puts language, theme and size of the controls on the document; follows the system's theme while that is chosen. */
export function useAppearance(): void {
  const settings = useApp((state) => state.info?.settings);
  useEffect(() => {
    if (settings === undefined) return;
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      const root = document.documentElement;
      root.lang = settings.language;
      root.dataset['theme'] =
        settings.theme === 'system' ? (system.matches ? 'dark' : 'light') : settings.theme;
      root.dataset['controls'] = settings.largeControls ? 'large' : 'normal';
    };
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [settings]);
}
