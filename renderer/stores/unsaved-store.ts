import { create } from 'zustand';

export type UnsavedStore = {
  /** What was typed and could not be stored, by where it was typed; empty when everything is on disk. */
  readonly places: ReadonlySet<string>;
  readonly hold: (place: string) => void;
  readonly letGo: (place: string) => void;
  /** True while the person is asked whether to close all the same. */
  readonly leaving: boolean;
  readonly askToLeave: (leaving: boolean) => void;
};

/** What would be lost if the window closed now; the window asks before it does (D1). */
export const useUnsaved = create<UnsavedStore>((set, get) => ({
  places: new Set(),
  hold: (place) => {
    if (!get().places.has(place)) set({ places: new Set([...get().places, place]) });
  },
  letGo: (place) => {
    if (get().places.has(place))
      set({ places: new Set([...get().places].filter((other) => other !== place)) });
  },
  leaving: false,
  askToLeave: (leaving) => set({ leaving }),
}));
