import { Menu } from '@base-ui/react/menu';
import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ArrowDown, ArrowUp, Ellipsis, GripVertical, OctagonX, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Step } from '../../../shared/domain/draft.ts';
import { useTranslation } from '../../words/translation.ts';
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

function StepMenu({
  number,
  index,
  last,
  onMove,
  onRemove,
}: Pick<StepRowProps, 'index' | 'last' | 'onMove' | 'onRemove'> & { readonly number: number }): ReactNode {
  const { t } = useTranslation();
  const label = `${t('draft.stepMenu')} ${number}`;
  return (
    <Menu.Root>
      <Menu.Trigger className="button icon quiet" aria-label={label} title={t('draft.stepMenu')}>
        <Ellipsis size={16} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <section aria-label={label}>
          <Menu.Positioner sideOffset={4} align="end" className="over">
            <Menu.Popup className="popup" aria-label={label}>
              <Menu.Item className="menu-item" disabled={index === 0} onClick={() => onMove(-1)}>
                <ArrowUp size={16} aria-hidden />
                {t('draft.moveUp')}
              </Menu.Item>
              <Menu.Item className="menu-item" disabled={last} onClick={() => onMove(1)}>
                <ArrowDown size={16} aria-hidden />
                {t('draft.moveDown')}
              </Menu.Item>
              <Menu.Item className="menu-item danger" onClick={onRemove}>
                <Trash2 size={16} aria-hidden />
                {t('draft.removeStep')}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </section>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** One step on one line: what moves it, its words, whether it failed there, and a menu with the rest. */
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
      <span className="step-index" aria-hidden>
        {number}
      </span>
      <TextField
        id={`step-${step.id}`}
        label={`${t('draft.step')} ${number} · ${t(`stepKind.${step.kind}`)}`}
        hideLabel
        value={step.text}
        maxLength={500}
        onChange={(text) => onEdit({ text })}
      />
      {step.kind === 'tried' ? <span className="step-kind">{t('stepKind.tried')}</span> : null}
      <button
        type="button"
        className="button icon quiet step-failed"
        aria-pressed={step.failedHere}
        aria-label={`${t('draft.failedHere')} ${number}`}
        title={t('draft.failedHere')}
        onClick={() => onFailed(!step.failedHere)}
      >
        <OctagonX size={16} aria-hidden />
        {step.failedHere ? <span>{t('draft.failedHere')}</span> : null}
      </button>
      <StepMenu number={number} index={index} last={last} onMove={onMove} onRemove={onRemove} />
    </li>
  );
}
