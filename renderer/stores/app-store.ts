import { create } from 'zustand';
import type { AppError } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { Product } from '../../shared/domain/product.ts';
import type { Tool } from '../../shared/domain/tool.ts';
import type { AppInfo } from '../../shared/ipc/views.ts';
import { CallFailed, unwrap } from '../app/bridge.ts';

export type Route = { readonly screen: 'today' | 'requests' | 'tools' | 'settings' } | { readonly screen: 'draft'; readonly id: TicketId };

export type AppStore = {
  readonly info: AppInfo | null;
  readonly products: readonly Product[];
  readonly tools: readonly Tool[];
  readonly route: Route;
  /** Last failure not yet dismissed; shown above the screen. */
  readonly error: AppError | null;
  readonly go: (route: Route) => void;
  readonly refresh: () => Promise<void>;
  /** Runs a command and shows its failure; resolves to null then. */
  readonly attempt: <T>(work: () => Promise<T>) => Promise<T | null>;
  readonly dismissError: () => void;
};

/** Mirror of main's truth about the app itself: profile, tools, catalogue, where we are. */
export const useApp = create<AppStore>((set, get) => ({
  info: null,
  products: [],
  tools: [],
  route: { screen: 'today' },
  error: null,
  go: (route) => set({ route, error: null }),
  refresh: async () => {
    const [info, products, tools] = await Promise.all([unwrap(window.officina.appInfo({})), unwrap(window.officina.productCatalogue({})), unwrap(window.officina.tools({}))]);
    set({ info, products, tools });
  },
  attempt: async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      set({ error: error.error });
      return null;
    }
  },
  dismissError: () => {
    if (get().error !== null) set({ error: null });
  },
}));
