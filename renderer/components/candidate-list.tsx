import { type ReactNode, useState } from 'react';
import { useTranslation } from '../words/translation.ts';
import type { CandidateGroup } from './candidate-groups.ts';
import { CandidateWords } from './candidate-words.tsx';
import { Chip } from './chip.tsx';
import { evidenceIcons } from './evidence-kinds.ts';

const shownAtFirst = 8;

export type CandidateListProps = {
  readonly groups: readonly CandidateGroup[];
  readonly isOn: (group: CandidateGroup) => boolean;
  readonly onToggle: (group: CandidateGroup, on: boolean) => void;
};

/** Files seen on disk with a tick each; a long list opens on request. */
export function CandidateList({ groups, isOn, onToggle }: CandidateListProps): ReactNode {
  const { t, size } = useTranslation();
  const [all, setAll] = useState(false);
  if (groups.length === 0) return null;
  const shown = all ? groups : groups.slice(0, shownAtFirst);
  return (
    <>
      <ul className="list">
        {shown.map((group) => {
          const Icon = evidenceIcons[group.lead.kind];
          return (
            <li key={group.key} className="line">
              <label className="candidate">
                <input type="checkbox" className="tick" checked={isOn(group)} onChange={(event) => onToggle(group, event.target.checked)} />
                <Icon size={16} aria-hidden />
                <CandidateWords group={group} />
              </label>
              <span className="dim small number">{size(group.sizeBytes)}</span>
              {group.lead.suggestion === null ? (
                group.lead.kind === 'ecu-read' ? (
                  <Chip tone="plain">{t('evidence.readChip')}</Chip>
                ) : null
              ) : (
                <Chip tone="info">{t('evidence.suggested')}</Chip>
              )}
            </li>
          );
        })}
      </ul>
      {groups.length > shown.length ? (
        <div>
          <button type="button" className="button quiet" onClick={() => setAll(true)}>
            {t('evidence.showAll', { count: groups.length })}
          </button>
        </div>
      ) : null}
    </>
  );
}
