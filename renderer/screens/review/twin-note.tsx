import type { ReactNode } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { Waiver } from '../../../shared/domain/waiver.ts';
import type { Duplicates } from '../../../shared/ipc/advice-views.ts';
import { useTranslation } from '../../app/translation.ts';
import { Identifier } from '../../components/identifier.tsx';
import { Why } from '../../components/why.tsx';
import { useApp } from '../../stores/app-store.ts';
import { WarningReason } from './warning-reason.tsx';

/** A request that seems to be about the same problem: open it, or say why this one is new; the reason is kept (R-TICKET-4). */
export function TwinNote({
  id,
  twin,
  waivers,
  onKept,
}: {
  readonly id: TicketId;
  readonly twin: Duplicates['twins'][number];
  readonly waivers: readonly Waiver[];
  readonly onKept: () => void;
}): ReactNode {
  const { t, moment } = useTranslation();
  const go = useApp((state) => state.go);
  const reasons = twin.reasons.map((name) => t(`twinReason.${name}`));
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
      <WarningReason
        id={id}
        warnings={[{ ruleId: 'R-TICKET-4', about: twin.ticketId }]}
        waivers={waivers}
        label={t('advice.whyNew')}
        onKept={onKept}
      />
    </li>
  );
}
