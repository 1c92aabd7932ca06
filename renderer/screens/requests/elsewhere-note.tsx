import { CornerUpLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { portalKinds } from '../../../shared/domain/portal-kind.ts';
import { useTranslation } from '../../words/translation.ts';
import { useApp } from '../../stores/app-store.ts';
import { useRequests } from '../../stores/requests-store.ts';

/** Where the requests are that this list does not show, for each was sent to a portal of its own. */
export function ElsewhereNote(): ReactNode {
  const { t } = useTranslation();
  const elsewhere = useRequests((state) => state.elsewhere);
  const go = useApp((state) => state.go);
  if (elsewhere.length === 0) return null;
  const place = ({ realm, label, count }: (typeof elsewhere)[number]): string => {
    const named = portalKinds[realm].hasAddress ? [label] : [t(`realm.${realm}`), label];
    const words = named.filter((part) => part !== '').join(', ');
    return t('requests.elsewherePlace', { place: words === '' ? t(`realm.${realm}`) : words, count });
  };
  return (
    <p className="row wrap dim small">
      <CornerUpLeft size={16} aria-hidden />
      <span>
        {t('requests.elsewhere', {
          count: elsewhere.reduce((sum, { count }) => sum + count, 0),
          places: elsewhere.map(place).join(', '),
        })}
      </span>
      <button type="button" className="button quiet" onClick={() => go({ screen: 'settings', at: 'portal' })}>
        {t('requests.showElsewhere')}
      </button>
    </p>
  );
}
