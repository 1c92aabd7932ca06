import { create } from 'zustand';
import type { OutboxRow } from '../../shared/ipc/views.ts';
import { quietly } from '../bridge/bridge.ts';

export type OutboxStore = {
  /** Null until main answered for the first time. */
  readonly rows: readonly OutboxRow[] | null;
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  readonly refresh: () => Promise<void>;
};

/** What stands in the outbox, oldest first, and whether its panel is open. */
export const useOutbox = create<OutboxStore>((set, get) => ({
  rows: null,
  open: false,
  setOpen: (open) => {
    set({ open });
    if (open) void get().refresh();
  },
  refresh: async () => {
    const rows = await quietly(window.officina.outbox({}));
    if (rows !== null) set({ rows });
  },
}));
