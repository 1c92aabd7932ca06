import { type ReactNode, type Ref, useId } from 'react';
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
  /** A picture in place of the sign of its kind. */
  readonly picture?: ReactNode;
  /** What else can be done with it, at the end of the line. */
  readonly dots?: ReactNode;
  readonly ref?: Ref<HTMLLIElement>;
};

/** A file seen on disk: a press on the line shows it, the tick takes it. At its end stands why it is offered, or that it is an ECU read. */
export function CandidateRow({
  group,
  isOn,
  onToggle,
  onLook,
  isLooked = false,
  picture,
  dots,
  // A menu of the line lays its own hands on it.
  ...rest
}: CandidateRowProps): ReactNode {
  const { t, size } = useTranslation();
  const words = useId();
  const { kind, suggestion } = group.lead;
  const Icon = evidenceIcons[kind];
  return (
    <li {...rest} className="line linked" aria-current={isLooked ? 'true' : undefined}>
      <label className="tick-room">
        <input
          type="checkbox"
          className="tick"
          aria-labelledby={words}
          checked={isOn}
          onChange={(event) => onToggle(event.target.checked)}
        />
      </label>
      {picture ?? <Icon size={16} aria-hidden />}
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
      {dots}
    </li>
  );
}
