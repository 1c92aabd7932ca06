import { type ReactNode, useEffect, useState } from 'react';

const pauseMs = 200;

/** Grey lines where text will stand; shown only when the answer takes longer than a blink. */
export function Skeleton({ lines, label }: { readonly lines: number; readonly label: string }): ReactNode {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), pauseMs);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <output className="skeleton" aria-label={label}>
      {Array.from({ length: lines }, (_, index) => index).map((index) => (
        <span key={index} className="bone" />
      ))}
    </output>
  );
}
