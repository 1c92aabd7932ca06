import { useEffect, useState } from 'react';

/** The time main told, going on by itself between two tellings; in milliseconds. */
export function useElapsed(toldMs: number): number {
  const [state, setState] = useState({ toldMs, atMs: performance.now(), nowMs: performance.now() });
  if (state.toldMs !== toldMs) setState({ toldMs, atMs: performance.now(), nowMs: performance.now() });
  useEffect(() => {
    const timer = setInterval(() => setState((before) => ({ ...before, nowMs: performance.now() })), 1_000);
    return () => clearInterval(timer);
  }, []);
  return state.toldMs + (state.nowMs - state.atMs);
}
