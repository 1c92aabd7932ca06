import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Whether files hover, and no text of the page. */
export const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes files dropped on what it holds; a frame and a sentence show it while they hover. Dropping is never the only way. */
export function DropZone({
  hint,
  onFiles,
  children,
}: {
  readonly hint: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}): ReactNode {
  const zone = useRef<HTMLDivElement>(null);
  const take = useRef(onFiles);
  const [over, setOver] = useState(false);
  useEffect(() => {
    take.current = onFiles;
  }, [onFiles]);
  useEffect(() => {
    const box = zone.current;
    if (box === null) return;
    let depth = 0;
    const step =
      (by: 1 | -1) =>
      (event: DragEvent): void => {
        if (!hasFiles(event)) return;
        depth += by;
        setOver(depth > 0);
      };
    const enter = step(1);
    const leave = step(-1);
    const drop = (event: DragEvent): void => {
      depth = 0;
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      take.current([...(event.dataTransfer?.files ?? [])]);
    };
    box.addEventListener('dragenter', enter);
    box.addEventListener('dragleave', leave);
    box.addEventListener('drop', drop);
    return () => {
      box.removeEventListener('dragenter', enter);
      box.removeEventListener('dragleave', leave);
      box.removeEventListener('drop', drop);
    };
  }, []);
  return (
    <div ref={zone} className={over ? 'drop-zone over' : 'drop-zone'}>
      {children}
      {over ? (
        <div className="drop-hint" aria-hidden>
          {hint}
        </div>
      ) : null}
    </div>
  );
}
