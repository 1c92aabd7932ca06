import { FileWarning } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EvidenceCandidate } from '../../../shared/domain/evidence.ts';
import { startRequest, likelyTool } from '../../app/start-request.ts';
import { useTranslation } from '../../app/translation.ts';
import { candidateReason } from '../../components/candidate-reason.ts';
import { FileName } from '../../components/file-name.tsx';
import { useApp } from '../../stores/app-store.ts';
import { takeFiles, useEvidence } from '../../stores/evidence-store.ts';
import { RefusedFiles } from '../../components/refused-files.tsx';

/** Older failures are history, not news. */
const freshMs = 48 * 3_600_000;
const most = 3;

async function open(candidate: EvidenceCandidate, related: readonly EvidenceCandidate[]): Promise<void> {
  // Files of a customer's ECU are never taken unasked; everything else near the failure comes along.
  const ids = [candidate, ...related.filter((item) => item.kind !== 'ecu-read' && item.id !== candidate.id)].map((item) => item.id).slice(0, 10);
  const frozen = await takeFiles(() => window.officina.freezeCandidates({ candidateIds: ids, tailOfLarge: true }));
  if (frozen.length > 0) startRequest(likelyTool(candidate.productGuess), frozen.map((file) => file.id));
}

/** A failure that was just written to disk, with the shortest way to a request. */
export function FoundOnPc(): ReactNode {
  const words = useTranslation();
  const { t, size } = words;
  const candidates = useEvidence((state) => state.candidates);
  const products = useApp((state) => state.products);
  const recent = candidates.filter((item) => Date.now() - new Date(item.modifiedAt).getTime() < freshMs);
  const near = (item: EvidenceCandidate): boolean => item.suggestion?.reason === 'near-failure';
  // A package written beside a failure that is listed comes along with it; alone, it is a failure of its own.
  const failures = recent.filter((item) => item.suggestion?.reason === 'failure' || (item.kind === 'protected-package' && !near(item))).slice(0, most);
  if (failures.length === 0) return null;
  return (
    <section className="stack tight" aria-label={t('today.found')}>
      <h2>{t('today.found')}</h2>
      <RefusedFiles />
      <ul className="list">
        {failures.map((item) => (
          <li key={item.id} className="line">
            <FileWarning size={16} className="bad" aria-hidden />
            <div className="grow"><FileName name={item.name} /><div className="dim small">{[candidateReason(item, words), size(item.sizeBytes)].join(' · ')}</div></div>
            <span className="dim small">{products.find((product) => product.id === item.productGuess)?.name ?? ''}</span>
            <button type="button" className="button" onClick={() => void open(item, recent.filter((other) => other.suggestion?.reason === 'near-failure' && other.suggestion.failureName === item.name))}>{t('today.openRequest')}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}
