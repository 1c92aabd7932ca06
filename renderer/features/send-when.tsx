import { type ReactNode, useState } from 'react';
import { typedMoment } from '../../shared/calendar/typed-day.ts';
import type { Hold } from '../../shared/domain/hold.ts';
import { isHoldPossible } from '../../shared/flows/holding.ts';
import { instantInItaly } from '../../shared/i18n/italian-time.ts';
import { ChoiceField } from '../components/choice-field.tsx';
import { TextField } from '../components/text-field.tsx';
import { Why } from '../components/why.tsx';
import { usePortal } from '../stores/portal-store.ts';
import { useTranslation } from '../words/translation.ts';
import { portalNowMs } from './portal-now.ts';
import { portalMoment } from './portal-words.ts';

const ways = ['now', 'staffed', 'until'] as const;
type Way = (typeof ways)[number];

/** What was chosen: `hold` null goes at the first moment; `isReady` false while a day and time are still to be written. */
export type SendChoice = { readonly hold: Hold | null; readonly isReady: boolean };

export const sendNow: SendChoice = { hold: null, isReady: true };

/** An instant by the vendor's clock, as closures are written; null while it is no day and time, or one that is over. */
function untilOf(text: string): Hold | null {
  const written = typedMoment(text);
  if (written === null) return null;
  const hold: Hold = { kind: 'until', at: instantInItaly(written) };
  return isHoldPossible(hold, portalNowMs()) ? hold : null;
}

/** When finished work goes: at once, from the next staffed hours, or at a time; and what waiting costs (R-TICKET-2). */
export function SendWhen({ onChoose }: { readonly onChoose: (choice: SendChoice) => void }): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const status = usePortal((state) => state.status);
  const [way, setWay] = useState<Way>('now');
  const [moment, setMoment] = useState('');
  const until = untilOf(moment);
  const offersStaffed = status !== null && status.state !== 'staffed' && status.staffedFrom !== null;
  const choose = (next: Way, text: string): void => {
    setWay(next);
    setMoment(text);
    const hold =
      next === 'until' ? untilOf(text) : next === 'staffed' ? ({ kind: 'staffed' } as const) : null;
    onChoose({ hold, isReady: next !== 'until' || hold !== null });
  };
  const label: Readonly<Record<Way, string>> = {
    now: t('hold.now'),
    staffed: t('hold.staffed', {
      time: status?.staffedFrom == null ? '' : portalMoment(status.staffedFrom, words),
    }),
    until: t('hold.until'),
  };
  return (
    <div className="stack tight send-when">
      <ChoiceField
        label={t('hold.when')}
        value={way}
        onChange={(value) => choose(ways.find((item) => item === value) ?? 'now', moment)}
        choices={ways
          .filter((item) => item !== 'staffed' || offersStaffed)
          .map((value) => ({ value, label: label[value] }))}
      />
      {way === 'until' ? (
        <TextField
          label={t('hold.moment')}
          value={moment}
          onChange={(text) => choose('until', text)}
          maxLength={30}
          note={
            until?.kind === 'until'
              ? t('outboxWhy.leavesAt', { time: portalMoment(until.at, words) })
              : t('notices.momentHint')
          }
          {...(moment.trim().length >= 12 && until === null ? { error: t('hold.noMoment') } : {})}
        />
      ) : null}
      {way === 'now' ? null : (
        <p className="dim small">
          {t('hold.cost')} <Why ruleId="R-TICKET-2" answer="inform" lookedAt={[]} />
        </p>
      )}
    </div>
  );
}
