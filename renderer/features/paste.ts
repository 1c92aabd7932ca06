import { useEffect } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { takeClipboardImage, takeFiles } from '../stores/evidence-store.ts';

/** Takes a pasted picture or pasted files anywhere on the screen; pasted text stays the field's business. */
export function usePastedFiles(onTaken: (files: readonly Evidence[]) => void): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const data = event.clipboardData;
      if (data === null || data.types.includes('text/plain')) return;
      const files = [...data.files];
      const first = files[0];
      if (first === undefined) return;
      event.preventDefault();
      void (
        first.type.startsWith('image/')
          ? takeClipboardImage()
          : takeFiles(() => window.officina.freezeDroppedFiles(files))
      ).then(onTaken);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, [onTaken]);
}
