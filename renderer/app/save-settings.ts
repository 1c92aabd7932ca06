import type { Settings } from '../../shared/ipc/views.ts';
import { attempt, useApp } from '../stores/app-store.ts';
import { unwrap } from './bridge.ts';

/** Stores some of the settings and shows them at once. */
export function saveSettings(settings: Partial<Settings>): void {
  void attempt(async () => {
    await unwrap(window.officina.saveSettings(settings));
    await useApp.getState().refresh();
  });
}
