import { useEffect, useState } from 'react';
import type { RequestFilter, RequestList } from '../../shared/ipc/views.ts';
import { quietly } from '../bridge/bridge.ts';
import { useRequests } from './requests-store.ts';

/** The newest `limit` requests of one filter and how many there are, kept up to date; null until the first answer. */
export function useRequestRows(filter: RequestFilter, limit: number): RequestList | null {
  const [list, setList] = useState<RequestList | null>(null);
  useEffect(() => {
    let current = true;
    const ask = (): void => {
      void quietly(window.officina.requests({ filter, text: '', offset: 0, limit })).then((answer) => {
        if (current && answer !== null) setList(answer);
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
  }, [filter, limit]);
  return list;
}
