import { type ReactNode, useEffect, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { evidenceIcons } from '../components/evidence-kinds.ts';

/** A picture in small, as it will be sent; its kind's sign until it is read, and for every other file. */
export function EvidenceThumb({ file }: { readonly file: Pick<Evidence, 'id' | 'kind'> }): ReactNode {
  const { id, kind } = file;
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (kind !== 'image') return;
    let made: string | null = null;
    let current = true;
    void window.officina.evidencePreview({ evidenceId: id }).then((result) => {
      if (!current || !result.ok || result.value.kind !== 'image') return;
      made = URL.createObjectURL(
        new Blob([new Uint8Array(result.value.bytes)], { type: result.value.mimeType }),
      );
      setUrl(made);
    });
    return () => {
      current = false;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [id, kind]);
  const Icon = evidenceIcons[kind];
  if (url === null) return <Icon size={16} aria-hidden />;
  return <img className="thumb" src={url} alt="" onError={() => setUrl(null)} />;
}
