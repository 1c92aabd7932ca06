import { ChevronRight, CircleAlert, CircleCheck, CircleHelp, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CheckResult } from '../../../shared/domain/draft-check.ts';
import { draftCheck } from '../../../shared/rules/draft-checks.ts';
import { useTranslation } from '../../words/translation.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Why } from '../../components/why.tsx';
import type { DraftFacts } from './draft-results.ts';
import { lookedAt } from './looked-at.ts';
import { useEditorPlace } from './editor-place.ts';

const answers = { met: 'met', missing: 'block', advised: 'warn' } as const;
const icons = { met: CircleCheck, missing: CircleAlert, advised: Info } as const;

/** What the vendor asks for (section 3 of the terms), each item with its rule, why it stands so, and the way to its field. */
export function Checklist({
  facts,
  onLeave,
}: {
  readonly facts: DraftFacts;
  readonly onLeave?: () => void;
}): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const { results } = facts;
  const place = useEditorPlace();
  const met = results.filter((item) => item.status === 'met').length;
  const line = (item: CheckResult): ReactNode => {
    const Icon = icons[item.status];
    const name = t(`draftCheck.${item.check}`);
    const leave = (): void => {
      onLeave?.();
      place.repair(item.section, item.check);
    };
    return (
      <li key={item.check} className="check">
        <Icon size={16} className={item.status} aria-hidden />
        <span>
          {name}{' '}
          <span className={item.status === 'met' ? 'unseen' : `word ${item.status}`}>
            {t(`draftCheck.${item.status}`)}
          </span>
        </span>
        <Why
          ruleId={item.ruleId}
          origin={draftCheck(item.check).origin}
          answer={answers[item.status]}
          lookedAt={lookedAt(item.check, facts, words)}
          trigger={
            <span className="rule">
              {item.ruleId} <CircleHelp size={12} aria-hidden />
            </span>
          }
        />
        {item.status === 'met' ? (
          <span />
        ) : (
          <button
            type="button"
            className="go"
            aria-label={`${t('draft.goThere')}: ${item.ruleId} ${name}`}
            onClick={leave}
          >
            {t('draft.goThere')}
          </button>
        )}
      </li>
    );
  };
  return (
    <section className="checklist" aria-label={t('draft.completeness')}>
      <div className="row between">
        <h2>{t('draft.completeness')}</h2>
        <strong>{t('draft.count', { met, all: results.length })}</strong>
      </div>
      <ProgressBar label={t('draft.completeness')} share={results.length === 0 ? 0 : met / results.length} />
      <ul className="plain">{results.filter((item) => item.status !== 'met').map(line)}</ul>
      {met === 0 ? null : (
        <details className="check-done">
          <summary>
            <CircleCheck size={16} className="met" aria-hidden />
            {t('draft.inPlace', { count: met })}
            <ChevronRight size={16} aria-hidden />
          </summary>
          <ul className="plain">{results.filter((item) => item.status === 'met').map(line)}</ul>
        </details>
      )}
    </section>
  );
}
