import type { ReactNode } from 'react';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import { useTranslation } from '../../words/translation.ts';
import { detach } from './attach.ts';

/** Files on the draft whose entry in the store cannot be read: nothing is sent without them unseen, so they are told and can be taken off (DAMAGE-3). */
export function LostFiles({
  ids,
  files,
}: {
  readonly ids: readonly EvidenceId[];
  readonly files: readonly Evidence[];
}): ReactNode {
  const { t } = useTranslation();
  const known = new Set(files.map((file) => file.id));
  const lost = ids.filter((id) => !known.has(id));
  if (lost.length === 0) return null;
  return (
    <div className="notice warn column">
      <p>{t('evidence.lost', { count: lost.length })}</p>
      <div className="row">
        <button
          type="button"
          className="button"
          onClick={() => {
            for (const id of lost) detach(id);
          }}
        >
          {t('evidence.takeOffLost')}
        </button>
      </div>
    </div>
  );
}
