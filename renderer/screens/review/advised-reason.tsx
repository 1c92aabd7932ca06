import { type FormEvent, type ReactNode, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { Verdict } from '../../../shared/domain/verdict.ts';
import { unwrap } from '../../app/bridge.ts';
import { useTranslation } from '../../app/translation.ts';
import { TextField } from '../../components/text-field.tsx';
import { attempt } from '../../stores/app-store.ts';

const shortestReason = 3;

/** For a case that cannot wait: why it goes without what is advised. Recorded beside the request; nobody is made to give one. */
export function AdvisedReason({ id, advised }: { readonly id: TicketId; readonly advised: readonly Verdict[] }): ReactNode {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [kept, setKept] = useState(false);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim().length < shortestReason) return;
    void attempt(async () => {
      for (const item of advised)
        await unwrap(window.officina.waiveRule({ id, waiver: { ruleId: item.ruleId, about: item.finding, reason: reason.trim() } }));
      setKept(true);
    });
  };
  return (
    <form className="stack tight" onSubmit={keep}>
      <TextField
        label={t('advice.whyWithout')}
        value={reason}
        onChange={(text) => {
          setReason(text);
          setKept(false);
        }}
        maxLength={500}
      />
      <div className="row wrap">
        <button type="submit" className="button quiet" disabled={reason.trim().length < shortestReason}>
          {t('advice.keepReason')}
        </button>
        <output className="small">{kept ? t('advice.reasonKept') : ''}</output>
      </div>
    </form>
  );
}
