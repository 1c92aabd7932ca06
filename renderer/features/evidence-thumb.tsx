import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { EvidencePreview } from '../../shared/domain/evidence.ts';
import { evidenceIcons } from '../components/evidence-kinds.ts';
import { quietly } from '../bridge/bridge.ts';
import type { ShownFile } from './evidence-preview.tsx';
import { useImageUrl } from './image-url.ts';

/** A picture in small, read once it comes into sight; its kind's sign until then, and for every other file. */
export function EvidenceThumb({
  file,
}: {
  readonly file: Pick<ShownFile, 'key' | 'kind' | 'load'>;
}): ReactNode {
  const { key, kind } = file;
  const [preview, setPreview] = useState<EvidencePreview | null>(null);
  const [isBroken, setBroken] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const load = useRef(file.load);
  load.current = file.load;
  const url = useImageUrl(preview);
  useEffect(() => {
    void key;
    if (kind !== 'image' || place.current === null) return;
    let current = true;
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting !== true) return;
      seen.disconnect();
      void quietly(load.current()).then((found) => {
        if (current && found !== null) setPreview(found);
      });
    });
    seen.observe(place.current);
    return () => {
      current = false;
      seen.disconnect();
    };
  }, [key, kind]);
  const Icon = evidenceIcons[kind];
  if (kind !== 'image') return <Icon size={16} aria-hidden />;
  // Its room is there from the first moment: a picture that arrives moves nothing.
  return (
    <span ref={place} className="thumb">
      {url === null || isBroken ? (
        <Icon size={16} aria-hidden />
      ) : (
        <img src={url} alt="" onError={() => setBroken(true)} />
      )}
    </span>
  );
}
