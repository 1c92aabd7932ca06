import { type FormEvent, type ReactNode, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { Duplicates } from '../../../shared/ipc/advice-views.ts';
import { unwrap } from '../../app/bridge.ts';
import { useTranslation } from '../../app/translation.ts';
import { Identifier } from '../../components/identifier.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Why } from '../../components/why.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';

const shortestReason = 3;

/** A request that seems to be about the same problem: open it, or say why this one is new; the reason is kept (R-TICKET-4). */
export function TwinNote({
  id,
  twin,
  onWaived,
}: {
  readonly id: TicketId;
  readonly twin: Duplicates['twins'][number];
  readonly onWaived: () => void;
}): ReactNode {
  const { t, moment } = useTranslation();
  const go = useApp((state) => state.go);
  const [reason, setReason] = useState('');
  const reasons = twin.reasons.map((name) => t(`twinReason.${name}`));
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim().length < shortestReason) return;
    void attempt(async () =>
      unwrap(window.officina.waiveRule({ id, waiver: { ruleId: 'R-TICKET-4', about: twin.ticketId, reason: reason.trim() } })),
    ).then(onWaived);
  };
  return (
    <li className="card stack tight">
      <div className="row between">
        <span className="strong">{t(twin.state === 'closed' ? 'advice.closedTwin' : 'advice.openTwin')}</span>
        <Why ruleId="R-TICKET-4" lookedAt={reasons} />
      </div>
      <p className="row wrap">
        {twin.number === null ? null : <Identifier text={twin.number} />}
        <span>{twin.title === '' ? t('requests.untitled') : twin.title}</span>
        <span className="dim small">{moment(twin.updatedAt)}</span>
      </p>
      <p className="dim small">{reasons.join(' · ')}</p>
      <div className="row wrap">
        <button
          type="button"
          className="button"
          onClick={() => go(twin.stage === 'draft' ? { screen: 'draft', id: twin.ticketId } : { screen: 'ticket', id: twin.ticketId })}
        >
          {t(twin.stage === 'draft' || twin.state === 'closed' ? 'today.open' : 'advice.replyThere')}
        </button>
      </div>
      <form className="stack tight" onSubmit={keep}>
        <TextField label={t('advice.whyNew')} value={reason} onChange={setReason} maxLength={500} />
        <div>
          <button type="submit" className="button quiet" disabled={reason.trim().length < shortestReason}>
            {t('advice.keepReason')}
          </button>
        </div>
      </form>
    </li>
  );
}
