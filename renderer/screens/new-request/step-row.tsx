import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ArrowDown, ArrowUp, GripVertical, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Step } from '../../../shared/domain/draft.ts';
import { useTranslation } from '../../words/translation.ts';
import { CheckField } from '../../components/check-field.tsx';
import { TextField } from '../../components/text-field.tsx';

export type StepRowProps = {
  readonly step: Step;
  readonly index: number;
  readonly last: boolean;
  readonly onEdit: (part: Pick<Step, 'text'> | Pick<Step, 'kind'>) => void;
  readonly onFailed: (failed: boolean) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
};

/** One step: its words, whether it came before or was an attempt, where it failed, and the ways to move it. */
export function StepRow({ step, index, last, onEdit, onFailed, onMove, onRemove }: StepRowProps): ReactNode {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id: step.id,
  });
  const number = index + 1;
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  return (
    <li
      ref={setNodeRef}
      className={isDragging ? 'step lifted' : 'step'}
      data-failed={step.failedHere}
      style={{ transform: CSS.Transform.toString(transform), transition: isStill ? undefined : transition }}
    >
      <button
        type="button"
        className="grip"
        aria-label={`${t('draft.drag')} ${number}`}
        title={t('draft.drag')}
        {...attributes}
        {...listeners}
      >
        <GripVertical size={16} aria-hidden />
      </button>
      <div className="step-words">
        <TextField
          id={`step-${step.id}`}
          label={`${t('draft.step')} ${number} · ${t(`stepKind.${step.kind}`)}`}
          value={step.text}
          maxLength={500}
          onChange={(text) => onEdit({ text })}
        />
        <div className="row between wrap">
          <CheckField label={t('draft.failedHere')} checked={step.failedHere} onChange={onFailed} />
          <div className="row">
            <button
              type="button"
              className="button icon"
              aria-label={`${t('draft.moveUp')} ${number}`}
              title={t('draft.moveUp')}
              disabled={index === 0}
              onClick={() => onMove(-1)}
            >
              <ArrowUp size={16} aria-hidden />
            </button>
            <button
              type="button"
              className="button icon"
              aria-label={`${t('draft.moveDown')} ${number}`}
              title={t('draft.moveDown')}
              disabled={last}
              onClick={() => onMove(1)}
            >
              <ArrowDown size={16} aria-hidden />
            </button>
            <button
              type="button"
              className="button icon"
              aria-label={`${t('draft.removeStep')} ${number}`}
              title={t('draft.removeStep')}
              onClick={onRemove}
            >
              <Trash2 size={16} aria-hidden />
            </button>
          </div>
        </div>
      </div>
    </li>
  );
}
