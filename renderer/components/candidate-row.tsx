import { type ReactNode, useId } from 'react';
import { useTranslation } from '../words/translation.ts';
import type { CandidateGroup } from './candidate-groups.ts';
import { CandidateWords } from './candidate-words.tsx';
import { Chip } from './chip.tsx';
import { evidenceIcons } from './evidence-kinds.ts';

export type CandidateRowProps = {
  readonly group: CandidateGroup;
  readonly isOn: boolean;
  readonly onToggle: (on: boolean) => void;
  readonly onLook: () => void;
  /** True while it is the one that is shown beside the list. */
  readonly isLooked?: boolean;
};

/** A file seen on disk: a press on the line shows it, the tick takes it. At its end stands why it is offered, or that it is an ECU read. */
export function CandidateRow({
  group,
  isOn,
  onToggle,
  onLook,
  isLooked = false,
}: CandidateRowProps): ReactNode {
  const { t, size } = useTranslation();
  const words = useId();
  const { kind, suggestion } = group.lead;
  const Icon = evidenceIcons[kind];
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
      {suggestion !== null ? (
        <Chip tone="info">{t('evidence.suggested')}</Chip>
      ) : kind === 'ecu-read' ? (
        <Chip tone="plain">{t('evidence.readChip')}</Chip>
      ) : null}
    </li>
  );
}
