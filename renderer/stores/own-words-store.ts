import { create } from 'zustand';
import type { AppError } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { OwnWords } from '../../shared/domain/own-words.ts';
import { type SaveLoop, saveLoop, saveLoops } from './save-loop.ts';
import { useUnsaved } from './unsaved-store.ts';

/** As they were last written in this window; `error` null while nothing has failed. */
export type WrittenWords = {
  readonly words: OwnWords;
  readonly isStored: boolean;
  readonly error: AppError | null;
};

export type OwnWordsStore = {
  /** What was written since the start of the window, by request: it outlives its screen (D1). */
  readonly written: ReadonlyMap<TicketId, WrittenWords>;
  /** Takes an edit; it is stored a moment later. */
  readonly put: (id: TicketId, words: OwnWords) => void;
  readonly flush: (id: TicketId) => ReturnType<SaveLoop['flush']>;
};

/** A workshop's own words beside its requests: stored a moment after each change, apart from the request itself. */
export const useOwnWords = create<OwnWordsStore>((set, get) => {
  const keep = (id: TicketId, entry: WrittenWords): void =>
    set({ written: new Map([...get().written, [id, entry]]) });
  const newLoop = (id: TicketId): SaveLoop =>
    saveLoop<OwnWords, null>({
      unstored: () => {
        const entry = get().written.get(id);
        return entry === undefined || entry.isStored ? null : entry.words;
      },
      store: (words) => window.officina.saveOwnWords({ id, words }),
      onStored: (sent) => {
        useUnsaved.getState().letGo(`own ${id}`);
        const words = get().written.get(id)?.words ?? sent;
        keep(id, { words, isStored: words === sent, error: null });
      },
      onFailed: (sent, error) => {
        keep(id, { words: get().written.get(id)?.words ?? sent, isStored: false, error });
        useUnsaved.getState().hold(`own ${id}`);
      },
    });
  const loopOf = saveLoops(newLoop);
  return {
    written: new Map(),
    put: (id, words) => {
      keep(id, { words, isStored: false, error: get().written.get(id)?.error ?? null });
      loopOf(id).edited();
    },
    flush: (id) => loopOf(id).flush(),
  };
});
