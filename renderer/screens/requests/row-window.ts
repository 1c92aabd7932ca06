import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { requestPageRows } from '../../../shared/ipc/page-rows.ts';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { RequestRow } from '../../../shared/ipc/views.ts';
import { useRequests } from '../../stores/requests-store.ts';

export type RowWindow = {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly active: number;
  readonly setActive: (index: number) => void;
  readonly rowAt: (index: number) => RequestRow | undefined;
  /** Its page is here and it is not on it: it stands in the store, and cannot be read any more. */
  readonly isUnreadable: (index: number) => boolean;
  readonly onKey: (event: KeyboardEvent) => void;
};

/** Of a list that is drawn anew with every request it opens: the one that is open, and where the list was before. */
export type Stay = { readonly chosen: TicketId; readonly offset: number };

/** Where a request stands among the pages read so far; -1 when in none of them. */
function indexOf(id: TicketId | undefined, pages: ReadonlyMap<number, readonly RequestRow[]>): number {
  for (const [page, rows] of pages) {
    const at = rows.findIndex((row) => row.id === id);
    if (at >= 0) return page * requestPageRows + at;
  }
  return -1;
}

/** The part of the list that can be seen: asks for its pages, moves by keys, opens by Enter. */
export function useRowWindow(rowHeight: number, onOpen: (row: RequestRow) => void, stay?: Stay): RowWindow {
  const box = useRef<HTMLDivElement>(null);
  const total = useRequests((state) => state.total);
  const pages = useRequests((state) => state.pages);
  const need = useRequests((state) => state.need);
  const [active, setActive] = useState(0);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: stay?.offset ?? 0,
  });
  const shown = virtualizer.getVirtualItems();
  const first = Math.floor((shown[0]?.index ?? 0) / requestPageRows);
  const last = Math.floor((shown.at(-1)?.index ?? 0) / requestPageRows);
  useEffect(() => {
    for (let page = first; page <= last; page += 1) need(page);
  }, [first, last, need]);
  const open = indexOf(stay?.chosen, pages);
  const stoodAt = useRef(-1);
  useEffect(() => {
    const before = stoodAt.current;
    stoodAt.current = open;
    if (open < 0) return;
    // The list moved under it; whoever has gone on by keys is not brought back.
    setActive((now) => (before < 0 || now === before ? open : now));
    if (before < 0) virtualizer.scrollToIndex(open);
  }, [open, virtualizer]);
  const rowAt = (index: number): RequestRow | undefined =>
    pages.get(Math.floor(index / requestPageRows))?.[index % requestPageRows];
  const isUnreadable = (index: number): boolean =>
    pages.has(Math.floor(index / requestPageRows)) && rowAt(index) === undefined;
  const moveTo = (index: number): void => {
    const next = Math.max(0, Math.min(total - 1, index));
    setActive(next);
    virtualizer.scrollToIndex(next);
    // Where rows can hold the focus it follows, once the row has been drawn.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus()),
    );
  };
  const onKey = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 1);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    };
    const target = targets[event.key];
    const row = rowAt(active);
    if (target !== undefined) {
      event.preventDefault();
      moveTo(target);
    } else if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      onOpen(row);
    }
  };
  return { box, virtualizer, active, setActive, rowAt, isUnreadable, onKey };
}
