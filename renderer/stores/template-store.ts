import { create } from 'zustand';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { TemplateView } from '../../shared/ipc/views.ts';
import { quietly } from '../bridge/bridge.ts';

/** What stands open about templates: a name is asked for, of what a request says, or all of them are shown. */
export type TemplateSheet =
  | { readonly kind: 'save'; readonly from: TicketId; readonly suggested: string }
  | { readonly kind: 'all' };

export type TemplateStore = {
  /** By their names; empty until main has answered. */
  readonly templates: readonly TemplateView[];
  readonly sheet: TemplateSheet | null;
  readonly load: () => Promise<void>;
  readonly show: (sheet: TemplateSheet | null) => void;
};

/** Templates of the workshop's own, as main has them. */
export const useTemplates = create<TemplateStore>((set) => ({
  templates: [],
  sheet: null,
  load: async () => {
    const templates = await quietly(window.officina.templates({}));
    if (templates !== null) set({ templates });
  },
  show: (sheet) => set({ sheet }),
}));
