import { create } from 'zustand';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import { quietly } from '../bridge/bridge.ts';

export type PortalStore = {
  /** Null until main answered for the first time. */
  readonly status: PortalStatus | null;
  readonly put: (status: PortalStatus) => void;
  readonly refresh: () => Promise<void>;
};

/** True while everything goes to the practice portal; false while nobody knows yet. */
export function isPractice(status: PortalStatus | null): boolean {
  return status !== null && portalKinds[status.realm].isPractice;
}

/** What is known of the portal, as main last said it. */
export const usePortal = create<PortalStore>((set) => ({
  status: null,
  put: (status) => set({ status }),
  refresh: async () => {
    const status = await quietly(window.officina.portalStatus({}));
    if (status !== null) set({ status });
  },
}));
