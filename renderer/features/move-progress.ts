import { useEffect, useState } from 'react';

/** How far a file for another PC, or from one, has come, between 0 and 1; null while nobody can say. */
export function useMoveProgress(isWatched: boolean): number | null {
  const [share, setShare] = useState<number | null>(null);
  useEffect(() => {
    if (!isWatched) return undefined;
    setShare(null);
    return window.officina.onEvent((event) => {
      if (event.kind === 'moveProgressed' && event.totalBytes > 0)
        setShare(event.doneBytes / event.totalBytes);
    });
  }, [isWatched]);
  return share;
}
