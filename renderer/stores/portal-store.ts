import { create } from 'zustand';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import { quietly } from '../bridge/bridge.ts';

export type PortalStore = {
  /** Null until main answered for the first time. */
  readonly status: PortalStatus | null;
  readonly put: (status: PortalStatus) => void;
  readonly refresh: () => Promise<void>;
};

/** What is known of the portal, as main last said it. */
export const usePortal = create<PortalStore>((set) => ({
  status: null,
  put: (status) => set({ status }),
  refresh: async () => {
    const status = await quietly(window.officina.portalStatus({}));
    if (status !== null) set({ status });
  },
}));
