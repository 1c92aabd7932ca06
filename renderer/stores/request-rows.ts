import { useEffect, useState } from 'react';
import type { RequestFilter, RequestRow } from '../../shared/ipc/views.ts';
import { quietly } from '../app/bridge.ts';
import { useRequests } from './requests-store.ts';

/** First page of one filter, kept up to date; null until the first answer. */
export function useRequestRows(filter: RequestFilter): readonly RequestRow[] | null {
  const [rows, setRows] = useState<readonly RequestRow[] | null>(null);
  useEffect(() => {
    let current = true;
    const ask = (): void => {
      void quietly(window.officina.requests({ filter, text: '', offset: 0 })).then((list) => {
        if (current && list !== null) setRows(list.rows);
      });
    };
    ask();
    const stop = useRequests.subscribe((now, before) => {
      if (now.changes !== before.changes) ask();
    });
    return () => {
      current = false;
      stop();
    };
  }, [filter]);
  return rows;
}
