import { create } from 'zustand';
import type { AppError } from '../../shared/domain/app-error.ts';
import type { Draft, DraftContent } from '../../shared/domain/draft.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { unwrap } from '../app/bridge.ts';

/** Pause after the last keystroke before an edit is stored; with the store's own time it stays under 300 ms. */
const pauseMs = 150;
const undoSteps = 100;

export type DraftStore = {
  readonly draft: Draft | null;
  readonly savedAt: string | null;
  readonly dirty: boolean;
  readonly undoStack: readonly DraftContent[];
  readonly error: AppError | null;
  readonly open: (id: TicketId) => Promise<void>;
  readonly change: (content: DraftContent) => void;
  readonly undo: () => void;
  /** Stores what is not stored yet; safe to call at any time, calls follow one another. */
  readonly flush: () => Promise<void>;
};

let timer: ReturnType<typeof setTimeout> | undefined;
let saving: Promise<void> = Promise.resolve();

/** The draft on screen. What is typed is here first and on disk a moment later; there is no Save button. */
export const useDraft = create<DraftStore>((set, get) => {
  const store = async (): Promise<void> => {
    const { draft, dirty } = get();
    if (draft === null || !dirty) return;
    const sent = draft.content;
    const result = await window.officina.editDraft({ id: draft.id, baseRevision: draft.revision, content: sent });
    const now = get().draft;
    if (now === null || now.id !== draft.id) return;
    if (!result.ok) {
      set({ error: result.error });
      return;
    }
    set({ draft: { ...now, revision: result.value.revision }, savedAt: result.value.savedAt, dirty: now.content !== sent, error: null });
    if (now.content !== sent) await store();
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    saving = saving.then(store);
    return saving;
  };
  const put = (content: DraftContent, undoStack: readonly DraftContent[]): void => {
    const { draft } = get();
    if (draft === null) return;
    set({ draft: { ...draft, content }, dirty: true, undoStack });
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), pauseMs);
  };
  return {
    draft: null, savedAt: null, dirty: false, undoStack: [], error: null,
    open: async (id) => {
      await flush();
      const { draft } = await unwrap(window.officina.draft({ id }));
      set({ draft, savedAt: draft.updatedAt, dirty: false, undoStack: [], error: null });
    },
    change: (content) => {
      const { draft, undoStack } = get();
      if (draft !== null) put(content, [...undoStack, draft.content].slice(-undoSteps));
    },
    undo: () => {
      const { undoStack } = get();
      const previous = undoStack.at(-1);
      if (previous !== undefined) put(previous, undoStack.slice(0, -1));
    },
    flush,
  };
});
