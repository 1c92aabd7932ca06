import { type ReactNode, useState } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import type { EvidenceCandidate } from '../../shared/domain/evidence.ts';
import { useTranslation, type Words } from '../app/translation.ts';
import { Chip } from './chip.tsx';
import { evidenceIcons } from './evidence-kinds.ts';
import { FileName } from './file-name.tsx';

const shownAtFirst = 8;

/** Why this file is here: what it was near, or what it seems to be. */
export function candidateReason(candidate: EvidenceCandidate, { t, ago }: Words): string {
  const { suggestion } = candidate;
  const when = t('evidence.changedAgo', { when: ago(candidate.modifiedAt) });
  if (suggestion?.reason === 'near-failure') return `${when} · ${t('evidence.nearFailure', { name: displayName(suggestion.failureName), count: suggestion.apartSeconds })}`;
  if (suggestion?.reason === 'failure') return `${when} · ${t('evidence.holdsFailure', { text: displayName(suggestion.errorText) })}`;
  return `${when} · ${t(`evidenceNote.${candidate.kind}`)}`;
}

export type CandidateListProps = { readonly candidates: readonly EvidenceCandidate[]; readonly isOn: (candidate: EvidenceCandidate) => boolean; readonly onToggle: (candidate: EvidenceCandidate, on: boolean) => void };

/** Files seen on disk with a tick each; a long list opens on request. */
export function CandidateList({ candidates, isOn, onToggle }: CandidateListProps): ReactNode {
  const words = useTranslation();
  const { t, size } = words;
  const [all, setAll] = useState(false);
  if (candidates.length === 0) return null;
  const shown = all ? candidates : candidates.slice(0, shownAtFirst);
  return (
    <>
      <ul className="list">
        {shown.map((candidate) => {
          const Icon = evidenceIcons[candidate.kind];
          return (
            <li key={candidate.id} className="line">
              <label className="candidate">
                <input type="checkbox" className="tick" checked={isOn(candidate)} onChange={(event) => onToggle(candidate, event.target.checked)} />
                <Icon size={16} aria-hidden />
                <span className="grow"><FileName name={candidate.name} /> <bdi className="dim small">{displayName(candidate.folderLabel)}</bdi><span className="reason dim small">{candidateReason(candidate, words)}</span></span>
              </label>
              <span className="dim small number">{size(candidate.sizeBytes)}</span>
              {candidate.suggestion === null ? (candidate.kind === 'ecu-read' ? <Chip tone="plain">{t('evidence.readChip')}</Chip> : null) : <Chip tone="info">{t('evidence.suggested')}</Chip>}
            </li>
          );
        })}
      </ul>
      {candidates.length > shown.length ? <div><button type="button" className="button quiet" onClick={() => setAll(true)}>{t('evidence.showAll', { count: candidates.length })}</button></div> : null}
    </>
  );
}
