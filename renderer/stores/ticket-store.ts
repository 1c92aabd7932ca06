import { create } from 'zustand';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { ReplyDraft, TicketView } from '../../shared/ipc/views.ts';
import { quietly, unwrap } from '../bridge/bridge.ts';

export type TicketStore = {
  readonly view: TicketView | null;
  readonly open: (id: TicketId) => Promise<void>;
  readonly refresh: () => Promise<void>;
  /** A reply was stored: whoever comes back to its ticket finds it, and not the words before it. */
  readonly stored: (id: TicketId, reply: ReplyDraft) => void;
  /** A reply that got something attached elsewhere on the screen, until the box it is written in took it over. */
  readonly brought: ReplyDraft | null;
  readonly bring: (reply: ReplyDraft | null) => void;
};

/** The ticket on screen, as main last told it; opening it marks it read. */
export const useTicket = create<TicketStore>((set, get) => ({
  view: null,
  brought: null,
  bring: (brought) => set({ brought }),
  stored: (id, reply) => {
    const { view } = get();
    if (view?.ticket.id === id)
      set({ view: { ...view, reply: { text: reply.text, evidence: [...reply.evidence] } } });
  },
  open: async (id) => {
    if (get().view?.ticket.id !== id) set({ view: null, brought: null });
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
