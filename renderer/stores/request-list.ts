import { useEffect, useState } from 'react';
import type { RequestRow } from '../../shared/ipc/views.ts';
import { unwrap } from '../app/bridge.ts';
import { useApp } from './app-store.ts';

/** Rows that match `text`, asked of main each time it changes; null until the first answer. */
export function useRequestRows(text: string): readonly RequestRow[] | null {
  const [rows, setRows] = useState<readonly RequestRow[] | null>(null);
  useEffect(() => {
    let current = true;
    void useApp.getState().attempt(async () => {
      const list = await unwrap(window.officina.requests({ filter: 'all', text, offset: 0 }));
      if (current) setRows(list.rows);
    });
    return () => {
      current = false;
    };
  }, [text]);
  return rows;
}
