import { type ReactNode, useState } from 'react';
import { useTranslation } from '../words/translation.ts';
import type { CandidateGroup } from './candidate-groups.ts';
import { CandidateRow, type CandidateRowProps } from './candidate-row.tsx';

const shownAtFirst = 8;

export type CandidateListProps = {
  readonly groups: readonly CandidateGroup[];
  readonly isOn: (group: CandidateGroup) => boolean;
  readonly onToggle: (group: CandidateGroup, on: boolean) => void;
  readonly onLook: (group: CandidateGroup) => void;
  /** Draws the line of a group its own way, with a menu or a picture. */
  readonly drawn?: (group: CandidateGroup, row: CandidateRowProps) => ReactNode;
};

/** Files seen on disk with a tick each; a long list opens on request. */
export function CandidateList({ groups, isOn, onToggle, onLook, drawn }: CandidateListProps): ReactNode {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (groups.length === 0) return null;
  const shown = all ? groups : groups.slice(0, shownAtFirst);
  return (
    <>
      <ul className="list">
        {shown.map((group) => {
          const row: CandidateRowProps = {
            group,
            isOn: isOn(group),
            onToggle: (on) => onToggle(group, on),
            onLook: () => onLook(group),
          };
          return drawn === undefined ? <CandidateRow key={group.key} {...row} /> : drawn(group, row);
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
