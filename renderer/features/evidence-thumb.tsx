import { type ReactNode, useEffect, useState } from 'react';
import type { Evidence, EvidencePreview } from '../../shared/domain/evidence.ts';
import { evidenceIcons } from '../components/evidence-kinds.ts';
import { useImageUrl } from './image-url.ts';

/** A picture in small, as it will be sent; its kind's sign until it is read, and for every other file. */
export function EvidenceThumb({ file }: { readonly file: Pick<Evidence, 'id' | 'kind'> }): ReactNode {
  const { id, kind } = file;
  const [preview, setPreview] = useState<EvidencePreview | null>(null);
  const [isBroken, setBroken] = useState(false);
  const url = useImageUrl(preview);
  useEffect(() => {
    if (kind !== 'image') return;
    let current = true;
    void window.officina.evidencePreview({ evidenceId: id }).then((result) => {
      if (current && result.ok) setPreview(result.value);
    });
    return () => {
      current = false;
    };
  }, [id, kind]);
  const Icon = evidenceIcons[kind];
  if (url === null || isBroken) return <Icon size={16} aria-hidden />;
  return <img className="thumb" src={url} alt="" onError={() => setBroken(true)} />;
}
