import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { failurePicture } from '../../shared/logs/failure-picture.ts';
import { quietly } from '../bridge/bridge.ts';
import { FailurePicture } from './failure-picture.tsx';

/** The failure of a copied LOG at a glance; nothing while it is read, and where it tells of none. */
export function LogFailure({ id }: { readonly id: Evidence['id'] }): ReactNode {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void quietly(window.officina.evidencePreview({ evidenceId: id })).then((preview) => {
      if (current && preview?.kind === 'text' && !preview.truncated) setText(preview.text);
    });
    return () => {
      current = false;
    };
  }, [id]);
  const facts = useMemo(() => (text === null ? null : failurePicture(text)), [text]);
  return facts === null ? null : <FailurePicture facts={facts} />;
}
