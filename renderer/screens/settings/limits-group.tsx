import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { attempt } from '../../stores/app-store.ts';
import { usePortal } from '../../stores/portal-store.ts';
import { SettingsGroup } from './settings-group.tsx';

/** What the portal in use takes, who says so and since when; what was learnt from refusals can be forgotten. */
export function LimitsGroup(): ReactNode {
  const { t, size, day } = useTranslation();
  const limits = usePortal((state) => state.status?.limits ?? null);
  if (limits === null) return null;
  const { learnt } = limits;
  const learntAt = (kind: (typeof learnt)[number]['kind']): string => {
    const at = learnt.find((limit) => limit.kind === kind)?.at;
    return at === undefined ? t('sizeMeter.learnt') : t('limits.learntAt', { time: day(at) });
  };
  const from = (origin: typeof limits.fileFrom, kind: (typeof learnt)[number]['kind']): string =>
    origin === 'learnt' ? learntAt(kind) : t(`sizeMeter.${origin}`);
  const rows = [
    { what: t('limits.file', { size: size(limits.fileBytes) }), from: from(limits.fileFrom, 'file') },
    {
      what: t('limits.request', { size: size(limits.ticketBytes) }),
      from: from(limits.ticketFrom, 'request'),
    },
    { what: t('limits.count', { count: limits.files }), from: '' },
    ...(limits.textBytes === null
      ? []
      : [{ what: t('limits.words', { size: size(limits.textBytes) }), from: learntAt('text') }]),
  ];
  const forget = (): void =>
    void attempt(async () => usePortal.getState().put(await unwrap(window.officina.forgetLimits({}))));
  return (
    <SettingsGroup place="limits" title={t('limits.title')} text={t('limits.text')}>
      <ul className="list" aria-label={t('limits.title')}>
        {rows.map(({ what, from: origin }) => (
          <li key={what} className="line">
            <span className="grow">{what}</span>
            <span className="dim small">{origin}</span>
          </li>
        ))}
      </ul>
      {learnt.length === 0 ? null : (
        <div className="stack tight">
          <div>
            <button type="button" className="button" onClick={forget}>
              <RotateCcw size={16} aria-hidden />
              {t('limits.forget')}
            </button>
          </div>
          <p className="dim small">{t('limits.forgetWhy')}</p>
        </div>
      )}
    </SettingsGroup>
  );
}
