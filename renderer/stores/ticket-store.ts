import { create } from 'zustand';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { TicketView } from '../../shared/ipc/views.ts';
import { quietly, unwrap } from '../app/bridge.ts';

export type TicketStore = {
  readonly view: TicketView | null;
  readonly open: (id: TicketId) => Promise<void>;
  readonly refresh: () => Promise<void>;
};

/** The ticket on screen, as main last told it; opening it marks it read. */
export const useTicket = create<TicketStore>((set, get) => ({
  view: null,
  open: async (id) => {
    if (get().view?.ticket.id !== id) set({ view: null });
    set({ view: await unwrap(window.officina.ticket({ id })) });
    await quietly(window.officina.markRead({ id }));
  },
  refresh: async () => {
    const id = get().view?.ticket.id;
    if (id === undefined) return;
    const view = await quietly(window.officina.ticket({ id }));
    if (view !== null && get().view?.ticket.id === id) set({ view });
  },
}));
