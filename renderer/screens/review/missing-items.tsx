import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { Waiver } from '../../../shared/domain/waiver.ts';
import type { DraftAdvice } from '../../../shared/ipc/advice-views.ts';
import { type CheckResult, draftCheck } from '../../../shared/rules/draft-checks.ts';
import { useTranslation } from '../../words/translation.ts';
import { Why } from '../../components/why.tsx';
import { useDraftFacts } from '../new-request/draft-results.ts';
import { lookedAt } from '../new-request/looked-at.ts';
import { GapWeight } from './gap-weight.tsx';
import { WarningReason } from './warning-reason.tsx';
import { useApp } from '../../stores/app-store.ts';

/** What is demanded and not there yet, the vendor's and ours apart, each with the way back; what is advised stands apart and lets through. */
export function MissingItems({
  id,
  missing,
  advised,
  waivers,
  completeness,
  onKept,
}: {
  readonly id: TicketId;
  readonly missing: readonly CheckResult[];
  readonly advised: readonly CheckResult[];
  /** Null until they are read: a reason kept before is not asked for again. */
  readonly waivers: readonly Waiver[] | null;
  /** What each gap weighs; null until it is known. */
  readonly completeness: DraftAdvice['completeness'] | null;
  readonly onKept: () => void;
}): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const facts = useDraftFacts();
  const go = useApp((state) => state.go);
  const back = (item: CheckResult): void =>
    go(
      item.check === 'customerCode'
        ? { screen: 'settings', at: 'profile' }
        : { screen: 'draft', id, check: item.check },
    );
  const line = (item: CheckResult): ReactNode => (
    <li key={item.check} className="row wrap">
      <button
        type="button"
        className="line-title"
        data-gap={item.status === 'missing' ? '' : undefined}
        onClick={() => back(item)}
      >
        {t(`draftCheck.${item.check}`)}
      </button>
      <GapWeight check={item.check} completeness={completeness} />
      <Why
        ruleId={item.ruleId}
        origin={draftCheck(item.check).origin}
        answer={item.status === 'missing' ? 'block' : 'warn'}
        lookedAt={facts === null ? [] : lookedAt(item.check, facts, words)}
      />
    </li>
  );
  const of = (kind: 'vendor' | 'house'): readonly CheckResult[] =>
    missing.filter(({ check }) => draftCheck(check).origin.kind === kind);
  const demands = [
    { title: t('review.missing'), items: of('vendor') },
    { title: t('review.missingOurs'), items: of('house') },
  ].filter(({ items }) => items.length > 0);
  return (
    <>
      {demands.map(({ title, items }) => (
        <section key={title} className="notice warn" aria-label={title}>
          <CircleAlert size={18} aria-hidden />
          <div className="grow">
            <p className="strong">{title}</p>
            <ul className="plain">{items.map(line)}</ul>
          </div>
        </section>
      ))}
      {advised.length === 0 ? null : (
        <section className="notice info" aria-label={t('review.advised')}>
          <Info size={18} aria-hidden />
          <div className="grow">
            <p className="strong">{t('review.advised')}</p>
            <ul className="plain">{advised.map(line)}</ul>
            {waivers === null ? null : (
              <WarningReason
                key={advised.map((item) => item.check).join(' ')}
                id={id}
                warnings={advised.map((item) => ({ ruleId: item.ruleId, about: item.check }))}
                waivers={waivers}
                label={t('advice.whyWithout')}
                onKept={onKept}
              />
            )}
          </div>
        </section>
      )}
    </>
  );
}
