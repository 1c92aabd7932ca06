import { ChevronRight, CircleAlert, CircleCheck, CircleHelp, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { type CheckResult, draftCheck } from '../../../shared/rules/draft-checks.ts';
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
        {item.status === 'met' ? (
          <span className="check-name">
            <Icon size={16} className="met" aria-hidden />
            <span>
              {name} <span className="unseen">{t('draftCheck.met')}</span>
            </span>
          </span>
        ) : (
          <button type="button" className="check-name" onClick={leave}>
            <Icon size={16} className={item.status} aria-hidden />
            <span>{name}</span>
          </button>
        )}
        <Why
          ruleId={item.ruleId}
          origin={draftCheck(item.check).origin}
          answer={answers[item.status]}
          lookedAt={lookedAt(item.check, facts, words)}
          trigger={<CircleHelp size={14} aria-hidden />}
        />
      </li>
    );
  };
  const group = (status: 'missing' | 'advised'): ReactNode => {
    const items = results.filter((item) => item.status === status);
    if (items.length === 0) return null;
    return (
      <>
        <h3 className={`word ${status}`}>{t(`draftCheck.${status}`)}</h3>
        <ul className="plain" aria-label={t(`draftCheck.${status}`)}>
          {items.map(line)}
        </ul>
      </>
    );
  };
  return (
    <section className="checklist" aria-label={t('draft.completeness')}>
      <div className="row between">
        <h2>{t('draft.completeness')}</h2>
        <strong>{t('draft.count', { met, all: results.length })}</strong>
      </div>
      <ProgressBar label={t('draft.completeness')} share={results.length === 0 ? 0 : met / results.length} />
      {group('missing')}
      {group('advised')}
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
