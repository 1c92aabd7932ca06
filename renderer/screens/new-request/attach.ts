import { useCallback } from 'react';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import { attempt } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';

/** Puts files on the draft that is on screen now, also when they arrive after another one took its place. */
export function useAttach(): (files: readonly Evidence[]) => void {
  const id = useDraft((state) => state.draft?.id);
  return useCallback(
    (files) => {
      if (id !== undefined) void attempt(() => useDraft.getState().attach(id, files));
    },
    [id],
  );
}

/** Takes a file off the draft on screen; the copy itself stays. */
export function detach(id: EvidenceId): void {
  useDraft
    .getState()
    .change((now) => ({ ...now, evidenceIds: now.evidenceIds.filter((item) => item !== id) }));
}
