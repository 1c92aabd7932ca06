import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Step } from '../../../shared/domain/draft.ts';
import { useTranslation } from '../../words/translation.ts';
import { useDraft } from '../../stores/draft-store.ts';
import { useDraftFacts } from './draft-results.ts';
import { isPhrase, type Phrase } from './phrases.ts';
import { newStepId, StepAdd } from './step-add.tsx';
import { StepRow } from './step-row.tsx';

const most = 60;
/** As many lines as stand on one screen and a half at their ordinary height; more of them stand closer. */
const comfortable = 36;

/** Ordered steps, done before and tried after (R-INFO-6), with the mark where it failed; moved by mouse, keys or buttons. */
export function StepsSection(): ReactNode {
  const { t } = useTranslation();
  const change = useDraft((state) => state.change);
  const facts = useDraftFacts();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  if (facts === null) return null;
  const { content, product } = facts;
  const { steps } = content;
  const phrases: Readonly<Record<Step['kind'], readonly Phrase[]>> = {
    done: (product?.phrases ?? []).filter(isPhrase),
    tried: (product?.triedPhrases ?? []).filter(isPhrase),
  };
  const set = (next: (now: readonly Step[]) => Step[], place?: string): void =>
    change((now) => ({ ...now, steps: next(now.steps) }), place);
  const add = (kind: Step['kind'], text: string, isWritten = false): void => {
    const id = crypto.randomUUID();
    set((now) => (now.length >= most ? [...now] : [...now, { id, kind, text, failedHere: false }]));
    // Whoever wrote the words writes the next ones; whoever has none yet writes them in their line.
    if (!isWritten) requestAnimationFrame(() => document.getElementById(`step-${id}`)?.focus());
  };
  const remove = (id: string): void => {
    set((now) => now.filter((item) => item.id !== id));
    // The line took the focus with it.
    requestAnimationFrame(() => document.getElementById(newStepId)?.focus());
  };
  const move = (from: number, to: number): void => set((now) => arrayMove([...now], from, to));
  const drop = ({ active, over }: DragEndEvent): void => {
    const from = steps.findIndex((step) => step.id === active.id);
    const to = steps.findIndex((step) => step.id === over?.id);
    if (from >= 0 && to >= 0 && from !== to) move(from, to);
  };
  const full = steps.length >= most;
  const position = (id: string | number): number => steps.findIndex((step) => step.id === id) + 1;
  return (
    <div className="stack">
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={drop}
        accessibility={{
          screenReaderInstructions: { draggable: t('draft.dragHelp') },
          announcements: {
            onDragStart: ({ active }) => t('draft.dragStart', { step: position(active.id) }),
            onDragOver: ({ over }) =>
              over === null ? undefined : t('draft.dragOver', { step: position(over.id) }),
            onDragEnd: ({ over }) =>
              over === null ? undefined : t('draft.dragOver', { step: position(over.id) }),
            onDragCancel: () => t('draft.dragCancel'),
          },
        }}
      >
        <SortableContext items={steps.map((step) => step.id)} strategy={verticalListSortingStrategy}>
          <ol className="steps" data-dense={steps.length > comfortable}>
            {steps.map((step, index) => (
              <StepRow
                key={step.id}
                step={step}
                index={index}
                last={index === steps.length - 1}
                onEdit={(part) =>
                  set(
                    (now) => now.map((item) => (item.id === step.id ? { ...item, ...part } : item)),
                    step.id,
                  )
                }
                onFailed={(failed) =>
                  set((now) => now.map((item) => ({ ...item, failedHere: item.id === step.id && failed })))
                }
                onMove={(by) => move(index, index + by)}
                onRemove={() => remove(step.id)}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      <StepAdd isFull={full} most={most} onAdd={add} />
      {(['done', 'tried'] as const).map((kind) =>
        phrases[kind].length === 0 ? null : (
          <fieldset key={kind} className="group">
            <legend>{t(kind === 'done' ? 'draft.quickPhrases' : 'draft.quickTried')}</legend>
            <div className="row wrap">
              {phrases[kind].map((phrase) => (
                <button
                  key={phrase}
                  type="button"
                  className="pill"
                  disabled={full}
                  onClick={() => add(kind, t(`phrase.${phrase}`))}
                >
                  <Plus size={14} aria-hidden />
                  {t(`phrase.${phrase}`)}
                </button>
              ))}
            </div>
          </fieldset>
        ),
      )}
    </div>
  );
}
