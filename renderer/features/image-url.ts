import { useEffect, useState } from 'react';
import type { EvidencePreview } from '../../shared/domain/evidence.ts';

/** An address by which a picture can be shown for as long as it stands there; null until it is made, and for what is no picture. */
export function useImageUrl(preview: EvidencePreview | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (preview?.kind !== 'image') return;
    const made = URL.createObjectURL(new Blob([new Uint8Array(preview.bytes)], { type: preview.mimeType }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [preview]);
  return url;
}
