import { create } from 'zustand';
import type { SiteView } from '../../shared/ipc/site-views.ts';
import { quietly } from '../bridge/bridge.ts';

export type SiteStore = {
  /** The portal's pages that stand open, as main last told it. */
  readonly view: SiteView | null;
  readonly put: (view: SiteView | null) => void;
  readonly refresh: () => Promise<void>;
};

/** Mirror of the portal's pages that stand open in the window. */
export const useSite = create<SiteStore>((set) => ({
  view: null,
  put: (view) => set({ view }),
  refresh: async () => {
    const view = await quietly(window.officina.siteView({}));
    if (view !== null) set({ view });
  },
}));
