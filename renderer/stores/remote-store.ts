import { create } from 'zustand';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { RemoteView } from '../../shared/ipc/remote-views.ts';
import { quietly, unwrap } from '../bridge/bridge.ts';

export type RemoteStore = {
  /** The wizard of one ticket, as main last told it; null until it answered. */
  readonly view: RemoteView | null;
  readonly open: (ticketId: TicketId) => Promise<void>;
  readonly refresh: () => Promise<void>;
};

/** Mirror of the remote session of the ticket on screen. Codes never come here. */
export const useRemote = create<RemoteStore>((set, get) => ({
  view: null,
  open: async (ticketId) => {
    if (get().view?.ticketId !== ticketId) set({ view: null });
    set({ view: await unwrap(window.officina.remoteSession({ ticketId })) });
  },
  refresh: async () => {
    const ticketId = get().view?.ticketId;
    if (ticketId === undefined) return;
    const view = await quietly(window.officina.remoteSession({ ticketId }));
    if (view !== null && get().view?.ticketId === ticketId) set({ view });
  },
}));
