import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Step } from '../../../shared/domain/draft.ts';
import { useTranslation } from '../../words/translation.ts';
import { TextField } from '../../components/text-field.tsx';

/** Id of the field that the next step is written in. */
export const newStepId = 'step-new';

/**
 * What adds a step, in reach however long the list is: words and Enter, or a button that says of which kind it is. Without words a button
 * adds an empty line to write in. `most`: how many there may be; at that many the words stay, and it says why.
 */
export function StepAdd({
  isFull,
  most,
  onAdd,
}: {
  readonly isFull: boolean;
  readonly most: number;
  readonly onAdd: (kind: Step['kind'], text: string, isWritten: boolean) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const add = (kind: Step['kind']): void => {
    const text = words.trim();
    const field = document.getElementById(newStepId);
    if (isFull || text !== '') field?.focus();
    if (isFull) return;
    onAdd(kind, text, text !== '');
    setWords('');
  };
  return (
    <form
      className="step-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (words.trim() !== '') add('done');
      }}
    >
      <TextField
        id={newStepId}
        label={t('draft.newStep')}
        hideLabel
        placeholder={t('draft.newStepHint')}
        value={words}
        maxLength={500}
        onChange={setWords}
        {...(isFull ? { note: t('draft.stepsFull', { count: most }), warned: true } : {})}
      />
      {(['done', 'tried'] as const).map((kind) => (
        <button
          key={kind}
          id={kind === 'done' ? 'draft-addDone' : 'draft-addTried'}
          type="button"
          className="button"
          aria-disabled={isFull}
          aria-label={t(kind === 'done' ? 'draft.addDone' : 'draft.addTried')}
          onClick={() => add(kind)}
        >
          <Plus size={16} aria-hidden />
          {t(kind === 'done' ? 'draft.addDoneShort' : 'draft.addTriedShort')}
        </button>
      ))}
    </form>
  );
}
