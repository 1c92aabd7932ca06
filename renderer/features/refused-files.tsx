import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { FreezeReport } from '../../shared/ipc/views.ts';
import { useTranslation } from '../words/translation.ts';
import { takeFiles, useEvidence } from '../stores/evidence-store.ts';
import { ErrorNotice } from './error-notice.tsx';
import { FileName } from '../components/file-name.tsx';

type Refused = FreezeReport['refused'][number];

/** Files that could not be taken, each with its reason, and a way to try it again; a large one may be taken by its end. */
export function RefusedFiles({
  onTaken,
}: {
  readonly onTaken: (files: readonly Evidence[]) => void;
}): ReactNode {
  const { t } = useTranslation();
  const refused = useEvidence((state) => state.refused);
  if (refused.length === 0) return null;
  const others = (item: Refused): Refused[] => refused.filter((other) => other !== item);
  const again = ({ candidateId, ...item }: Refused): void => {
    if (candidateId === undefined) return;
    const rest = refused.filter((other) => other.candidateId !== candidateId);
    void takeFiles(() =>
      window.officina.freezeCandidates({
        candidateIds: [candidateId],
        tailOfLarge: item.error.code === 'evidence.tooLarge',
      }),
    ).then((taken) => {
      useEvidence.setState({ refused: [...rest, ...useEvidence.getState().refused] });
      onTaken(taken);
    });
  };
  return (
    <div className="stack tight">
      {refused.map((item) => (
        <div key={item.name} className="stack tight">
          <FileName name={item.name} />
          <ErrorNotice error={item.error} onDismiss={() => useEvidence.setState({ refused: others(item) })} />
          {item.candidateId === undefined ? null : (
            <div>
              <button type="button" className="button" onClick={() => again(item)}>
                <RotateCw size={16} aria-hidden />
                {t(item.error.code === 'evidence.tooLarge' ? 'evidence.takeTail' : 'evidence.takeAgain', {
                  name: item.name,
                })}
              </button>
            </div>
          )}
        </div>
      ))}
    </div>
  );
}
