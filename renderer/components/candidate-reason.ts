import { displayName } from '../../shared/domain/display-name.ts';
import type { EvidenceCandidate } from '../../shared/domain/evidence.ts';
import type { Words } from '../words/translation.ts';

/** Why this file is here: what it was near, or what it seems to be. */
export function candidateReason(candidate: EvidenceCandidate, { t, ago }: Words): string {
  const { suggestion } = candidate;
  const when = t('evidence.changedAgo', { when: ago(candidate.modifiedAt) });
  if (suggestion?.reason === 'near-failure')
    return `${when} · ${t('evidence.nearFailure', { name: displayName(suggestion.failureName), count: suggestion.apartSeconds })}`;
  if (suggestion?.reason === 'failure')
    return `${when} · ${t('evidence.holdsFailure', { text: displayName(suggestion.errorText) })}`;
  return `${when} · ${t(`evidenceNote.${candidate.kind}`)}`;
}
