import { ListChecks } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { useTranslation } from '../../words/translation.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useApp } from '../../stores/app-store.ts';
import type { DraftFacts } from './draft-results.ts';
import { Summary } from './summary.tsx';

/** Where there is no room for the summary beside the form: how far, what is missing, and the way to send. */
export function EditorBar({ id, facts }: { readonly id: TicketId; readonly facts: DraftFacts }): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const repairing = useRef(false);
  const show = (): void => {
    repairing.current = false;
    setOpen(true);
  };
  const leave = (): void => {
    repairing.current = true;
    setOpen(false);
  };
  const go = useApp((state) => state.go);
  const met = facts.results.filter((item) => item.status === 'met').length;
  const missing = facts.results
    .filter((item) => item.status === 'missing')
    .map((item) => t(`draftCheck.${item.check}`));
  return (
    <div className="editor-bar">
      <button type="button" className="bar-state" onClick={show}>
        <ListChecks size={16} aria-hidden />
        <span className="strong">{t('draft.count', { met, all: facts.results.length })}</span>
        <ProgressBar
          label={t('draft.completeness')}
          share={facts.results.length === 0 ? 0 : met / facts.results.length}
        />
        <span className="dim small cut grow">
          {missing.length === 0
            ? t('draft.nothingMissing')
            : t('draft.stillMissing', { what: missing.join(', ') })}
        </span>
      </button>
      <button
        type="button"
        data-sends
        className="button primary"
        onClick={() => go({ screen: 'review', id })}
      >
        {t('draft.reviewAndSend')}
      </button>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title={t('draft.summary')}
        close={t('action.close')}
        finalFocus={() => !repairing.current}
      >
        <Summary id={id} facts={facts} onLeave={leave} />
      </Sheet>
    </div>
  );
}
