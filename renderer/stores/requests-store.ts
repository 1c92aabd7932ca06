import { create } from 'zustand';
import { requestPageRows } from '../../shared/ipc/page-rows.ts';
import type {
  RequestFilter,
  RequestList,
  RequestRow,
  RequestSort,
  SavedSearch,
} from '../../shared/ipc/views.ts';
import { quietly } from '../bridge/bridge.ts';

export type RequestsStore = {
  readonly filter: RequestFilter;
  readonly text: string;
  readonly sort: RequestSort;
  /** True when the order is the other way round. */
  readonly isTurned: boolean;
  readonly counts: RequestList['counts'] | null;
  readonly total: number;
  /** Drafts that were removed and can be restored. */
  readonly removed: number;
  /** What other portals than the one in use hold. */
  readonly elsewhere: RequestList['elsewhere'];
  /** Pages by number, as far as they have been looked at. */
  readonly pages: ReadonlyMap<number, readonly RequestRow[]>;
  readonly loaded: boolean;
  /** Grows with every change main reported; lists that ask for themselves watch it. */
  readonly changes: number;
  readonly choose: (filter: RequestFilter) => void;
  readonly search: (text: string) => void;
  /** Puts the list in order by this; by the same once more, the other way round. */
  readonly sortBy: (sort: RequestSort) => void;
  /** Filter and words together, as they were kept. */
  readonly recall: (saved: SavedSearch) => void;
  readonly need: (page: number) => void;
  readonly changed: () => void;
  /** Asks how many there are of each kind, before anybody looks at the list. */
  readonly count: () => Promise<void>;
};

const changePauseMs = 120;
let question = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The list of requests, page by page: ten thousand lines are never asked for at once. */
export const useRequests = create<RequestsStore>((set, get) => {
  const asked = new Set<number>();
  const ask = async (page: number): Promise<void> => {
    asked.add(page);
    const mine = question;
    const { filter, text, sort, isTurned } = get();
    const list = await quietly(
      window.officina.requests({ filter, text, sort, isTurned, offset: page * requestPageRows }),
    );
    if (mine !== question) return;
    if (list === null) asked.delete(page);
    else
      set({
        counts: list.counts,
        total: list.total,
        removed: list.removed,
        elsewhere: list.elsewhere,
        loaded: true,
        pages: new Map(get().pages).set(page, list.rows),
      });
  };
  const startOver = (): void => {
    question += 1;
    const wanted = [...asked];
    asked.clear();
    for (const page of wanted) void ask(page);
  };
  const another = (part: Partial<RequestsStore>): void => {
    asked.clear();
    asked.add(0);
    set({ ...part, pages: new Map(), loaded: false });
    startOver();
  };
  return {
    filter: 'all',
    text: '',
    sort: 'moved',
    isTurned: false,
    counts: null,
    total: 0,
    removed: 0,
    elsewhere: [],
    pages: new Map(),
    loaded: false,
    changes: 0,
    choose: (filter) => {
      if (filter !== get().filter) another({ filter });
    },
    search: (text) => another({ text }),
    sortBy: (sort) => another({ sort, isTurned: sort === get().sort && !get().isTurned }),
    recall: ({ filter, text }) => another({ filter, text }),
    need: (page) => {
      if (!asked.has(page)) void ask(page);
    },
    changed: () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        set({ changes: get().changes + 1 });
        if (asked.size === 0) void get().count();
        else startOver();
      }, changePauseMs);
    },
    count: async () => {
      const list = await quietly(window.officina.requests({ filter: 'all', text: '', offset: 0, limit: 1 }));
      if (list !== null) set({ counts: list.counts });
    },
  };
});
