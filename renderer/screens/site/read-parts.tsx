import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SiteView } from '../../../shared/ipc/site-views.ts';
import { useTranslation } from '../../words/translation.ts';

/** What was read on the request's page, and which of its parts were not recognised. */
export function ReadParts({ view: { read } }: { readonly view: SiteView }): ReactNode {
  const { t } = useTranslation();
  if (read === null) return null;
  const { added, odd, unknown } = read;
  const warnings = [
    ...(odd === 0 ? [] : [t('site.readOdd', { count: odd })]),
    ...unknown.map((part) => t('site.readUnknown', { part: t(`sitePart.${part}`) })),
  ];
  return (
    <section className="stack tight" aria-label={t('site.readTitle')}>
      <h2>{t('site.readTitle')}</h2>
      <ul className="site-parts stack tight">
        <li className="site-part">
          <CircleCheck size={18} className="ok" aria-hidden />
          <p>{added === 0 ? t('site.readNothing') : t('site.readAdded', { count: added })}</p>
        </li>
        {warnings.map((warning) => (
          <li key={warning} className="site-part">
            <CircleAlert size={18} className="warn" aria-hidden />
            <p>{warning}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
