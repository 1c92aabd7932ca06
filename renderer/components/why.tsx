import { Popover } from '@base-ui/react/popover';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from '../words/translation.ts';
import type { WhyProps } from './why-words.tsx';

/** The rules look at a whole draft: they are read when somebody asks, and are no part of the first screen. */
const WhyWords = lazy(() => import('./why-words.tsx').then((module) => ({ default: module.WhyWords })));

/** "Why?" beside what a rule says: the rule in our words, what was looked at, and whose word it is. */
export function Why(props: WhyProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Popover.Root>
      <Popover.Trigger className="button quiet why" aria-label={t('why.about', { rule: props.ruleId })}>
        {props.trigger ?? t('why.ask')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} className="over">
          <Popover.Popup className="popup roomy">
            <Suspense fallback={null}>
              <WhyWords {...props} />
            </Suspense>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
