import type { Settings } from '../../shared/ipc/views.ts';
import { attempt, useApp } from '../stores/app-store.ts';
import { unwrap } from '../bridge/bridge.ts';

/** Stores some of the settings and shows them at once; a failure is told and ends it too. */
export function saveSettings(settings: Partial<Settings>): Promise<unknown> {
  return attempt(async () => {
    await unwrap(window.officina.saveSettings(settings));
    await useApp.getState().refresh();
  });
}
