import { create } from 'zustand';
import { type AppError, appError } from '../../shared/domain/app-error.ts';
import type { Draft, DraftContent } from '../../shared/domain/draft.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { RequestOrigin } from '../../shared/ipc/views.ts';
import type { OwnWords } from '../../shared/domain/own-words.ts';
import { noOwnWords } from '../../shared/domain/own-words-limits.ts';
import { CallFailed, unwrap } from '../bridge/bridge.ts';
import { mayPass } from '../bridge/passing-failure.ts';
import { type SaveLoop, saveLoop } from './save-loop.ts';
import { useUnsaved } from './unsaved-store.ts';

const undoSteps = 100;
/** Keystrokes in the same field closer than this are one step of undo. */
const oneStepMs = 800;

export type DraftStore = {
  readonly draft: Draft | null;
  /** Frozen files the draft names or has named; undo may bring one back. */
  readonly evidence: readonly Evidence[];
  /** The request it was begun from; null where it began by itself. */
  readonly origin: RequestOrigin | null;
  /** The workshop's own words beside it, as they were when it was opened. */
  readonly own: OwnWords;
  readonly savedAt: string | null;
  readonly dirty: boolean;
  readonly undoStack: readonly DraftContent[];
  readonly redoStack: readonly DraftContent[];
  readonly error: AppError | null;
  /** Loads a draft. What is on screen and could not be stored stays there: then this fails with the reason. @throws CallFailed */
  readonly open: (id: TicketId) => Promise<void>;
  /**
   * One edit of the draft as it stands now, whatever was on screen when the person began it. `place` names where it happens, so that
   * typing a word is undone at once and not letter by letter.
   */
  readonly change: (edit: (now: DraftContent) => DraftContent, place?: string) => void;
  /** Puts files on the draft they were taken for, on screen or not: a copy takes its time, and meanwhile another draft may be open. @throws CallFailed */
  readonly attach: (to: TicketId, files: readonly Evidence[]) => Promise<void>;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly flush: SaveLoop['flush'];
};

const withFiles = (content: DraftContent, files: readonly Evidence[]): DraftContent => ({
  ...content,
  evidenceIds: [...new Set([...content.evidenceIds, ...files.map((item) => item.id)])].slice(
    0,
    evidenceLimits.filesPerTicket,
  ),
});

let lastEdit = { place: '', at: 0 };

/** The draft on screen. What is typed is here first and on disk a moment later; there is no Save button. */
export const useDraft = create<DraftStore>((set, get) => {
  const loop = saveLoop<Draft, { readonly revision: number; readonly savedAt: string }>({
    unstored: () => (get().dirty ? get().draft : null),
    store: ({ id, revision, content }) => window.officina.editDraft({ id, baseRevision: revision, content }),
    onStored: (sent, { revision, savedAt }) => {
      const { draft } = get();
      if (draft?.id !== sent.id) return;
      useUnsaved.getState().letGo('draft');
      set({ draft: { ...draft, revision }, savedAt, dirty: draft.content !== sent.content, error: null });
    },
    onFailed: (sent, error) => {
      if (get().draft?.id !== sent.id) return;
      set({ error });
      // A draft that was removed or sent meanwhile takes no edit any more: waiting for it would keep every other one shut.
      if (mayPass(error)) useUnsaved.getState().hold('draft');
    },
  });
  const put = (content: DraftContent, stacks: Pick<DraftStore, 'undoStack' | 'redoStack'>): void => {
    const { draft } = get();
    if (draft === null) return;
    set({ draft: { ...draft, content }, dirty: true, ...stacks });
    loop.edited();
  };
  const change: DraftStore['change'] = (edit, place = '') => {
    const { draft, undoStack } = get();
    if (draft === null) return;
    const at = performance.now();
    const same =
      place !== '' && place === lastEdit.place && at - lastEdit.at < oneStepMs && undoStack.length > 0;
    lastEdit = { place, at };
    put(edit(draft.content), {
      undoStack: same ? undoStack : [...undoStack, draft.content].slice(-undoSteps),
      redoStack: [],
    });
  };
  return {
    draft: null,
    evidence: [],
    origin: null,
    own: noOwnWords,
    savedAt: null,
    dirty: false,
    undoStack: [],
    redoStack: [],
    error: null,
    open: async (id) => {
      await loop.flush();
      const held = get();
      if (held.dirty && held.error !== null && mayPass(held.error)) {
        if (held.draft?.id === id) return;
        throw new CallFailed(held.error);
      }
      const { draft, evidence, origin, own } = await unwrap(window.officina.draft({ id }));
      lastEdit = { place: '', at: 0 };
      set({
        draft,
        evidence,
        origin,
        own,
        savedAt: draft.updatedAt,
        dirty: false,
        undoStack: [],
        redoStack: [],
        error: null,
      });
    },
    change,
    attach: async (to, files) => {
      const { draft, evidence } = get();
      if (files.length === 0) return;
      if (draft?.id !== to) {
        const { draft: elsewhere } = await unwrap(window.officina.draft({ id: to }));
        await unwrap(
          window.officina.editDraft({
            id: to,
            baseRevision: elsewhere.revision,
            content: withFiles(elsewhere.content, files),
          }),
        );
        return;
      }
      const known = new Set(evidence.map((item) => item.id));
      set({ evidence: [...evidence, ...files.filter((item) => !known.has(item.id))] });
      change((now) => withFiles(now, files));
      if (files.some((item) => get().draft?.content.evidenceIds.includes(item.id) === false))
        set({ error: appError('evidence.tooMany') });
    },
    undo: () => {
      const { draft, undoStack, redoStack } = get();
      const previous = undoStack.at(-1);
      if (draft !== null && previous !== undefined)
        put(previous, { undoStack: undoStack.slice(0, -1), redoStack: [...redoStack, draft.content] });
      lastEdit = { place: '', at: 0 };
    },
    redo: () => {
      const { draft, undoStack, redoStack } = get();
      const next = redoStack.at(-1);
      if (draft !== null && next !== undefined)
        put(next, { undoStack: [...undoStack, draft.content], redoStack: redoStack.slice(0, -1) });
      lastEdit = { place: '', at: 0 };
    },
    flush: loop.flush,
  };
});
