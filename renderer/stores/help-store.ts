import { create } from 'zustand';

export type HelpStore = {
  /** The page that is open; `contents` for the list of all, null while no help is. */
  readonly page: string | null;
  readonly open: (page: string) => void;
  readonly close: () => void;
};

/** Which page of the help stands beside the screen. */
export const useHelp = create<HelpStore>((set) => ({
  page: null,
  open: (page) => set({ page }),
  close: () => set({ page: null }),
}));
