import { Scissors } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { twoProblems } from '../../../shared/rules/open-warnings.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { focusWhenShown } from '../../components/focus-when-shown.ts';
import { Why } from '../../components/why.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';
import type { NoteProps } from './note-props.ts';
import { WarningReason } from './warning-reason.tsx';

/** R-TICKET-5: two problems in one text, and the way to make the second a draft of its own about the same tool. */
export function SplitNote({
  id,
  advice: { duplicates, waivers },
  onKept,
  onSplit,
}: NoteProps & { readonly onSplit: () => Promise<void> }): ReactNode {
  const { t } = useTranslation();
  const go = useApp((state) => state.go);
  const [second, setSecond] = useState<TicketId | null>(null);
  const divide = (): void =>
    void attempt(async () => {
      await useDraft.getState().flush();
      const { draft } = useDraft.getState();
      if (draft === null || draft.id !== id) return;
      const made = await unwrap(window.officina.splitDraft({ id, revision: draft.revision }));
      await onSplit();
      setSecond(made.id);
    });
  return (
    <>
      {second === null ? null : (
        <li className="card row between">
          <output>{t('advice.wasSplit')}</output>
          <button
            type="button"
            className="button"
            ref={focusWhenShown}
            onClick={() => go({ screen: 'draft', id: second })}
          >
            {t('advice.openSecond')}
          </button>
        </li>
      )}
      {duplicates.split === null ? null : (
        <li className="card stack tight">
          <div className="row between">
            <span className="strong">{t('advice.twoProblems')}</span>
            <Why
              ruleId="R-TICKET-5"
              answer="warn"
              lookedAt={[duplicates.split.first, duplicates.split.second].map((text) =>
                t('draft.quoted', { text }),
              )}
            />
          </div>
          <div className="side-by-side small">
            <div>
              <p className="strong">{t('advice.staysHere')}</p>
              <p className="said">{duplicates.split.first}</p>
            </div>
            <div>
              <p className="strong">{t('advice.goesApart')}</p>
              <p className="said">{duplicates.split.second}</p>
            </div>
          </div>
          <div>
            <button type="button" className="button" onClick={divide}>
              <Scissors size={16} aria-hidden />
              {t('advice.split')}
            </button>
          </div>
          <WarningReason
            id={id}
            warnings={[{ ruleId: 'R-TICKET-5', about: twoProblems }]}
            waivers={waivers}
            label={t('advice.whyTogether')}
            onKept={onKept}
          />
        </li>
      )}
    </>
  );
}
