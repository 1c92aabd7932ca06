import { create } from 'zustand';

export type ToastStore = {
  readonly text: string | null;
  readonly say: (text: string) => void;
  readonly dismiss: () => void;
};

const shownMs = 9_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** One sentence about something that cannot be seen on this screen, such as a folder that was written. Good news that shows itself is never said here. */
export const useToast = create<ToastStore>((set) => ({
  text: null,
  say: (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => set({ text: null }), shownMs);
    set({ text });
  },
  dismiss: () => {
    clearTimeout(timer);
    set({ text: null });
  },
}));
