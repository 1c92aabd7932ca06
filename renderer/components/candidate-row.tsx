import { type ReactNode, useId } from 'react';
import { useTranslation } from '../words/translation.ts';
import type { CandidateGroup } from './candidate-groups.ts';
import { CandidateWords } from './candidate-words.tsx';
import { evidenceIcons } from './evidence-kinds.ts';

export type CandidateRowProps = {
  readonly group: CandidateGroup;
  readonly isOn: boolean;
  readonly onToggle: (on: boolean) => void;
  readonly onLook: () => void;
  /** True while it is the one that is shown beside the list. */
  readonly isLooked?: boolean;
  /** What stands at the end of the line. */
  readonly children?: ReactNode;
};

/** A file seen on disk: a press on the line shows it, the tick takes it. */
export function CandidateRow({
  group,
  isOn,
  onToggle,
  onLook,
  isLooked = false,
  children,
}: CandidateRowProps): ReactNode {
  const { size } = useTranslation();
  const words = useId();
  const Icon = evidenceIcons[group.lead.kind];
  return (
    <li className="line linked" aria-current={isLooked ? 'true' : undefined}>
      <input
        type="checkbox"
        className="tick"
        aria-labelledby={words}
        checked={isOn}
        onChange={(event) => onToggle(event.target.checked)}
      />
      <Icon size={16} aria-hidden />
      <button type="button" className="line-title candidate" onClick={onLook}>
        <span id={words} className="grow">
          <CandidateWords group={group} />
        </span>
      </button>
      <span className="dim small number">{size(group.sizeBytes)}</span>
      {children}
    </li>
  );
}
