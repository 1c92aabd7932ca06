import { FileWarning } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { EvidenceCandidate } from '../../../shared/domain/evidence.ts';
import { useProductWord } from '../../features/product-word.ts';
import { startRequest, likelyTool } from '../../features/start-request.ts';
import { useTranslation } from '../../words/translation.ts';
import { candidateReason } from '../../components/candidate-reason.ts';
import { FileName } from '../../components/file-name.tsx';
import { takeFiles, useEvidence } from '../../stores/evidence-store.ts';
import { RefusedFiles } from '../../features/refused-files.tsx';

/** Older failures are history, not news. */
const freshMs = 48 * 3_600_000;
const most = 3;

async function open(candidate: EvidenceCandidate, related: readonly EvidenceCandidate[]): Promise<void> {
  // Files of a customer's ECU are never taken unasked; everything else near the failure comes along.
  const ids = [candidate, ...related.filter((item) => item.kind !== 'ecu-read' && item.id !== candidate.id)]
    .map((item) => item.id)
    .slice(0, 10);
  const frozen = await takeFiles(() =>
    window.officina.freezeCandidates({ candidateIds: ids, tailOfLarge: true }),
  );
  if (frozen.length > 0)
    startRequest(
      likelyTool(candidate.productGuess),
      frozen.map((file) => file.id),
    );
}

/** A failure that was just written to disk, with the shortest way to a request. */
export function FoundOnPc(): ReactNode {
  const words = useTranslation();
  const { t, size } = words;
  const candidates = useEvidence((state) => state.candidates);
  const frozen = useEvidence((state) => state.frozen);
  const wordOf = useProductWord();
  useEffect(() => void useEvidence.getState().refresh(), []);
  if (frozen === null) return null;
  // A failure that is on a request already would only make its double (R-TICKET-4); written to since, it is news again.
  const isAsked = (item: EvidenceCandidate): boolean =>
    frozen.some(
      (file) =>
        file.onRequest &&
        file.name === item.name &&
        file.sizeBytes === item.sizeBytes &&
        file.fileModifiedAt === item.modifiedAt,
    );
  const recent = candidates.filter((item) => Date.now() - new Date(item.modifiedAt).getTime() < freshMs);
  const near = (item: EvidenceCandidate): boolean => item.suggestion?.reason === 'near-failure';
  // A package written beside a failure that is listed comes along with it; alone, it is a failure of its own.
  const failures = recent
    .filter((item) => !isAsked(item))
    .filter(
      (item) => item.suggestion?.reason === 'failure' || (item.kind === 'protected-package' && !near(item)),
    )
    .slice(0, most);
  if (failures.length === 0) return null;
  return (
    <section className="stack tight" aria-label={t('today.found')}>
      <h2>{t('today.found')}</h2>
      <RefusedFiles
        onTaken={(files) =>
          files.length === 0
            ? undefined
            : startRequest(
                undefined,
                files.map((file) => file.id),
              )
        }
      />
      <ul className="list">
        {failures.map((item) => (
          <li key={item.id} className="line">
            <FileWarning size={16} className="bad" aria-hidden />
            <div className="grow">
              <FileName name={item.name} />
              <div className="dim small">
                {[candidateReason(item, words), size(item.sizeBytes)].join(' · ')}
              </div>
            </div>
            <span className="dim small">{item.productGuess === null ? '' : wordOf(item.productGuess)}</span>
            <button
              type="button"
              className="button"
              onClick={() =>
                void open(
                  item,
                  recent.filter(
                    (other) =>
                      other.suggestion?.reason === 'near-failure' &&
                      other.suggestion.failureName === item.name,
                  ),
                )
              }
            >
              {t('today.openRequest')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
