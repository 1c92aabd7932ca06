import type { ReactNode } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import { useTranslation } from '../words/translation.ts';
import type { CandidateGroup } from './candidate-groups.ts';
import { candidateReason } from './candidate-reason.ts';
import { FileName } from './file-name.tsx';

/** Name, companions, folder and reason of a file seen on disk. */
export function CandidateWords({ group }: { readonly group: CandidateGroup }): ReactNode {
  const words = useTranslation();
  const { lead, others } = group;
  const tails = others.map((item) =>
    item.name.startsWith(lead.name) ? item.name.slice(lead.name.length) : item.name,
  );
  return (
    <span className="grow">
      <FileName name={lead.name} />
      {tails.length === 0 ? null : <bdi className="dim mono"> {tails.map(displayName).join(' ')}</bdi>}{' '}
      <span className="dim small">
        {words.t('evidence.inFolder', { folder: displayName(lead.folderLabel) })}
      </span>
      <span className="reason dim small">{candidateReason(lead, words)}</span>
    </span>
  );
}
