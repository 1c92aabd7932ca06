import { Check, CircleX, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { type FailurePicture as Facts, pictureStages } from '../../shared/logs/failure-picture.ts';
import { useTranslation } from '../words/translation.ts';

const icons = { named: Check, broken: CircleX, unnamed: Minus } as const;

/** The failure of a LOG at a glance: the acts, where it broke off, and the words of its line. `onLine` leads to that line. */
export function FailurePicture({
  facts,
  onLine,
}: {
  readonly facts: Facts;
  readonly onLine?: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { stages, reached, first, last } = facts;
  return (
    <section className="failure-picture" aria-label={t('failurePicture.title')}>
      <h3>{t('failurePicture.title')}</h3>
      <ol>
        {pictureStages.map((stage) => {
          const state = stages[stage];
          const Icon = icons[state];
          return (
            <li key={stage} data-state={state}>
              <Icon size={16} aria-hidden />
              <span>
                {t(`failurePicture.stage_${stage}`)}
                {state === 'broken' && reached !== null ? `, ${reached}` : ''}
                <span className="small state">{t(`failurePicture.state_${state}`)}</span>
              </span>
            </li>
          );
        })}
      </ol>
      <p className="small">
        {t('failurePicture.first', { line: first.line })} <span className="mono">{first.errorText}</span>
      </p>
      {last === null ? null : (
        <p className="small dim">
          {t('failurePicture.last', { line: last.line })} <span className="mono">{last.errorText}</span>
        </p>
      )}
      {onLine === undefined ? null : (
        <div>
          <button type="button" className="button" onClick={onLine}>
            {t('failurePicture.show')}
          </button>
        </div>
      )}
    </section>
  );
}
