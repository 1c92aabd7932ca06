import type { ReactNode } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { fieldText } from '../../../shared/domain/draft.ts';
import type { Waiver } from '../../../shared/domain/waiver.ts';
import type { Duplicates } from '../../../shared/ipc/advice-views.ts';
import { useTranslation } from '../../words/translation.ts';
import { Identifier } from '../../components/identifier.tsx';
import { Why } from '../../components/why.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';
import { WarningReason } from './warning-reason.tsx';

/** What is set beside the other request's words. */
const said = ['stage', 'problem', 'errorText'] as const;

/** What follows from looking for doubles, in one sentence: reply there, or a request of its own is right (R-TICKET-4, R-TICKET-5). */
export function DuplicateAdvice({
  duplicates: { advice, found, compared },
}: {
  readonly duplicates: Duplicates;
}): ReactNode {
  const { t } = useTranslation();
  if (compared === null) return null;
  const [likeliest] = found.filter((duplicate) => duplicate.state !== 'closed');
  const looked = compared === 0 ? t('advice.comparedNone') : t('advice.compared', { count: compared });
  const sentence =
    advice === 'new' || likeliest === undefined
      ? t('advice.newProblem')
      : likeliest.number === null
        ? t('advice.sameAsOwn')
        : t('advice.replyTo', { number: likeliest.number });
  return (
    <div className="row between">
      <span>
        <span className="strong">{sentence}</span> <span className="dim small">{looked}</span>
      </span>
      {advice === 'new' ? (
        <Why ruleId="R-TICKET-5" answer="inform" lookedAt={[looked.replace(/\.$/u, '')]} />
      ) : null}
    </div>
  );
}

/** A request that seems to be about the same problem: open it, or say why this one is new; the reason is kept (R-TICKET-4). */
export function DuplicateNote({
  id,
  duplicate,
  waivers,
  onKept,
}: {
  readonly id: TicketId;
  readonly duplicate: Duplicates['found'][number];
  readonly waivers: readonly Waiver[];
  readonly onKept: () => void;
}): ReactNode {
  const { t, moment } = useTranslation();
  const go = useApp((state) => state.go);
  const content = useDraft((state) => (state.draft?.id === id ? state.draft.content : null));
  const own =
    content === null
      ? ''
      : said
          .map((key) => fieldText(content, key))
          .filter((part) => part !== '')
          .join('\n');
  const reasons = duplicate.reasons.map((name) => t(`duplicateReason.${name}`));
  return (
    <li className="card stack tight">
      <div className="row between">
        <span className="strong">
          {t(duplicate.state === 'closed' ? 'advice.closedDuplicate' : 'advice.openDuplicate')}
        </span>
        <Why
          ruleId="R-TICKET-4"
          answer={duplicate.state === 'closed' ? 'inform' : 'warn'}
          lookedAt={reasons}
        />
      </div>
      <p className="row wrap">
        {duplicate.number === null ? null : <Identifier text={duplicate.number} />}
        <span>{duplicate.title === '' ? t('requests.untitled') : duplicate.title}</span>
        <span className="dim small">{moment(duplicate.updatedAt)}</span>
      </p>
      <p className="dim small">{reasons.join(' · ')}</p>
      <div className="side-by-side small">
        <div>
          <p className="strong">{t('advice.thisOne')}</p>
          <p className="said">{own}</p>
        </div>
        <div>
          <p className="strong">{duplicate.number ?? t('advice.thatOne')}</p>
          <p className="said">{duplicate.words}</p>
        </div>
      </div>
      <div className="row wrap">
        <button
          type="button"
          className="button"
          onClick={() =>
            go(
              duplicate.stage === 'draft'
                ? { screen: 'draft', id: duplicate.ticketId }
                : { screen: 'ticket', id: duplicate.ticketId },
            )
          }
        >
          {t(
            duplicate.stage === 'draft' || duplicate.state === 'closed' ? 'today.open' : 'advice.replyThere',
          )}
        </button>
      </div>
      <WarningReason
        id={id}
        warnings={[{ ruleId: 'R-TICKET-4', about: duplicate.ticketId }]}
        waivers={waivers}
        label={t('advice.whyNew')}
        onKept={onKept}
      />
    </li>
  );
}
