import { create } from 'zustand';
import type { AppError } from '../../shared/domain/app-error.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { type SaveLoop, saveLoop, saveLoops } from './save-loop.ts';
import { useTicket } from './ticket-store.ts';
import { useUnsaved } from './unsaved-store.ts';

export type Reply = { readonly text: string; readonly files: readonly Evidence[] };

/** A reply that stands in this window alone; `error` null while nothing has failed yet. */
export type UnstoredReply = { readonly reply: Reply; readonly error: AppError | null };

export type ReplyStore = {
  /** What was written and is not on disk yet, by ticket: it outlives its screen (D1). */
  readonly unstored: ReadonlyMap<TicketId, UnstoredReply>;
  /** Takes an edit; it is stored a moment later. */
  readonly put: (id: TicketId, reply: Reply) => void;
  /** As the loop's own `flush`, for one ticket. */
  readonly flush: (id: TicketId) => ReturnType<SaveLoop['flush']>;
};

/** Replies being written: stored a moment after each change, so that no failure and no closed lid takes them. */
export const useReplies = create<ReplyStore>((set, get) => {
  const keep = (id: TicketId, entry: UnstoredReply | null): void => {
    const others = [...get().unstored].filter(([other]) => other !== id);
    set({ unstored: new Map(entry === null ? others : [...others, [id, entry]]) });
  };
  const newLoop = (id: TicketId): SaveLoop =>
    saveLoop<Reply, null>({
      unstored: () => get().unstored.get(id)?.reply ?? null,
      store: ({ text, files }) =>
        window.officina.saveReply({ ticketId: id, text, evidenceIds: files.map((file) => file.id) }),
      onStored: (sent) => {
        useUnsaved.getState().letGo(`reply ${id}`);
        useTicket.getState().stored(id, { text: sent.text, evidence: [...sent.files] });
        const reply = get().unstored.get(id)?.reply ?? sent;
        keep(id, reply === sent ? null : { reply, error: null });
      },
      onFailed: (sent, error) => {
        keep(id, { reply: get().unstored.get(id)?.reply ?? sent, error });
        useUnsaved.getState().hold(`reply ${id}`);
      },
    });
  const loopOf = saveLoops(newLoop);
  return {
    unstored: new Map(),
    put: (id, reply) => {
      keep(id, { reply, error: get().unstored.get(id)?.error ?? null });
      loopOf(id).edited();
    },
    flush: (id) => loopOf(id).flush(),
  };
});
