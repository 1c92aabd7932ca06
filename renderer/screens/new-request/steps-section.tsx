import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Step } from '../../../shared/domain/draft.ts';
import { useTranslation } from '../../app/translation.ts';
import { TextField } from '../../components/text-field.tsx';
import { useDraft } from '../../stores/draft-store.ts';

function moved(steps: readonly Step[], from: number, to: number): Step[] {
  const copy = [...steps];
  const [step] = copy.splice(from, 1);
  if (step !== undefined) copy.splice(to, 0, step);
  return copy;
}

/** Ordered steps, done before and tried after (R-INFO-6), with the mark where it failed. */
export function StepsSection(): ReactNode {
  const { t } = useTranslation();
  const content = useDraft((state) => state.draft?.content);
  const put = useDraft((state) => state.change);
  if (content === undefined) return null;
  const { steps } = content;
  const set = (next: Step[]): void => put({ ...content, steps: next });
  const add = (kind: Step['kind']): void => set([...steps, { id: crypto.randomUUID(), kind, text: '', failedHere: false }]);
  return (
    <div className="stack">
      <ol className="plain stack">
        {steps.map((step, index) => (
          <li key={step.id} className="row">
            <div className="grow"><TextField label={`${t('draft.step')} ${index + 1} · ${t(step.kind === 'done' ? 'verdict.stepsDone' : 'verdict.stepsTried')}`} value={step.text} maxLength={500} onChange={(text) => set(steps.map((item) => (item.id === step.id ? { ...item, text } : item)))} /></div>
            <label className="row small"><input type="checkbox" checked={step.failedHere} onChange={(event) => set(steps.map((item) => ({ ...item, failedHere: item.id === step.id && event.target.checked })))} />{t('draft.failedHere')}</label>
            <button type="button" className="button quiet" aria-label={`${t('draft.moveUp')} ${index + 1}`} disabled={index === 0} onClick={() => set(moved(steps, index, index - 1))}><ArrowUp size={16} aria-hidden /></button>
            <button type="button" className="button quiet" aria-label={`${t('draft.moveDown')} ${index + 1}`} disabled={index === steps.length - 1} onClick={() => set(moved(steps, index, index + 1))}><ArrowDown size={16} aria-hidden /></button>
            <button type="button" className="button quiet" aria-label={`${t('draft.removeStep')} ${index + 1}`} onClick={() => set(steps.filter((item) => item.id !== step.id))}><Trash2 size={16} aria-hidden /></button>
          </li>
        ))}
      </ol>
      <div className="row">
        <button type="button" className="button" disabled={steps.length >= 60} onClick={() => add('done')}><Plus size={16} aria-hidden />{t('draft.addDone')}</button>
        <button type="button" className="button" disabled={steps.length >= 60} onClick={() => add('tried')}><Plus size={16} aria-hidden />{t('draft.addTried')}</button>
      </div>
    </div>
  );
}
