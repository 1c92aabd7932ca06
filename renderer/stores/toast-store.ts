import { create } from 'zustand';

export type ToastAction = { readonly label: string; readonly run: () => void };

export type ToastStore = {
  readonly text: string | null;
  /** What can be done about it, such as taking it back. */
  readonly action: ToastAction | null;
  readonly say: (text: string, action?: ToastAction) => void;
  readonly dismiss: () => void;
};

const shownMs = 9_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** One sentence about something that cannot be seen on this screen, such as a folder that was written. Good news that shows itself is never said here. */
export const useToast = create<ToastStore>((set) => ({
  text: null,
  action: null,
  say: (text, action) => {
    clearTimeout(timer);
    timer = setTimeout(() => set({ text: null, action: null }), shownMs);
    set({ text, action: action ?? null });
  },
  dismiss: () => {
    clearTimeout(timer);
    set({ text: null, action: null });
  },
}));
