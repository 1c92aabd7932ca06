import { create } from 'zustand';
import type { AppError } from '../../shared/domain/app-error.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { mayPass } from '../app/passing-failure.ts';
import { useTicket } from './ticket-store.ts';
import { saveAgainMs, useUnsaved } from './unsaved-store.ts';

const pauseMs = 150;

export type Reply = { readonly text: string; readonly files: readonly Evidence[] };

/** A reply that stands in this window alone; `error` null while nothing has failed yet. */
export type UnstoredReply = { readonly reply: Reply; readonly error: AppError | null };

export type ReplyStore = {
  /** What was written and is not on disk yet, by ticket: it outlives its screen (D1). */
  readonly unstored: ReadonlyMap<TicketId, UnstoredReply>;
  /** Takes an edit; it is stored a moment later. */
  readonly put: (id: TicketId, reply: Reply) => void;
  /** Stores what is not stored yet; false when that failed, and then it tries again by itself where that makes sense. */
  readonly flush: (id: TicketId) => Promise<boolean>;
};

const timers = new Map<TicketId, ReturnType<typeof setTimeout>>();
let saving: Promise<unknown> = Promise.resolve();

/** Replies being written: stored a moment after each change, so that no failure and no closed lid takes them. */
export const useReplies = create<ReplyStore>((set, get) => {
  const keep = (id: TicketId, entry: UnstoredReply | null): void => {
    const others = [...get().unstored].filter(([other]) => other !== id);
    set({ unstored: new Map(entry === null ? others : [...others, [id, entry]]) });
  };
  const later = (id: TicketId, waitMs: number): void => {
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => void get().flush(id), waitMs),
    );
  };
  const store = async (id: TicketId): Promise<boolean> => {
    const held = get().unstored.get(id);
    if (held === undefined) return true;
    const { text, files } = held.reply;
    const result = await window.officina.saveReply({ ticketId: id, text, evidenceIds: files.map((file) => file.id) });
    const now = get().unstored.get(id) ?? held;
    if (!result.ok) {
      keep(id, { ...now, error: result.error });
      useUnsaved.getState().hold(`reply ${id}`);
      if (mayPass(result.error)) later(id, saveAgainMs);
      return false;
    }
    useUnsaved.getState().letGo(`reply ${id}`);
    useTicket.getState().stored(id, { text, evidence: [...files] });
    if (now.reply === held.reply) {
      keep(id, null);
      return true;
    }
    keep(id, { ...now, error: null });
    return store(id);
  };
  return {
    unstored: new Map(),
    put: (id, reply) => {
      keep(id, { reply, error: get().unstored.get(id)?.error ?? null });
      later(id, pauseMs);
    },
    flush: (id) => {
      clearTimeout(timers.get(id));
      const stored = saving.then(() => store(id));
      saving = stored.catch(() => undefined);
      return stored;
    },
  };
});
