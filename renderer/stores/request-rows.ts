import { useEffect, useState } from 'react';
import type { RequestFilter, RequestList } from '../../shared/ipc/views.ts';
import { quietly } from '../bridge/bridge.ts';
import { useRequests } from './requests-store.ts';

/** Asks at once, and again with every change of the requests, until it is let go; an answer that comes after that is nobody's. */
export function askWithChanges<T>(ask: () => Promise<T | null>, take: (answer: T) => void): () => void {
  let current = true;
  const again = (): void =>
    void ask().then((answer) => {
      if (current && answer !== null) take(answer);
    });
  again();
  const stop = useRequests.subscribe((now, before) => {
    if (now.changes !== before.changes) again();
  });
  return () => {
    current = false;
    stop();
  };
}

/** The newest `limit` requests of one filter and how many there are, kept up to date; null until the first answer. */
export function useRequestRows(filter: RequestFilter, limit: number): RequestList | null {
  const [list, setList] = useState<RequestList | null>(null);
  useEffect(
    () =>
      askWithChanges(
        () => quietly(window.officina.requests({ filter, text: '', offset: 0, limit })),
        setList,
      ),
    [filter, limit],
  );
  return list;
}
