import { CalendarX, Clock, DatabaseBackup, FlaskConical } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Notice } from '../../shared/domain/notice.ts';
import { attempt, useApp } from '../stores/app-store.ts';
import { usePortal } from '../stores/portal-store.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { unwrap } from './bridge.ts';
import { useTranslation } from './translation.ts';

/** From here on the clock of the PC is called wrong; less is drift. */
const clockToleranceMs = 120_000;

function isAhead(notice: Notice): boolean {
  return notice.kind !== 'info' && (notice.endsAt === null || new Date(notice.endsAt).getTime() > Date.now());
}

function StoreBanner(): ReactNode {
  const { t } = useTranslation();
  const health = useApp((state) => state.info?.storeHealth);
  if (health === undefined || health.kind === 'healthy') return null;
  if (health.kind === 'read-only') return <div className="banner bare"><ErrorNotice error={health.error} /></div>;
  const dismiss = (): void => void attempt(async () => {
    await unwrap(window.officina.dismissStoreNotice({}));
    await useApp.getState().refresh();
  });
  return (
    <output className="banner warn">
      <DatabaseBackup size={16} aria-hidden />
      <span className="grow">{t(`banner.${health.cause}`, { missing: health.missingEntries })}</span>
      <button type="button" className="button quiet" onClick={dismiss}>{t('banner.dismiss')}</button>
    </output>
  );
}

/** Thin lines for what changes how everything else is to be read; nothing else may stand here. */
export function Banners(): ReactNode {
  const { t, language, moment } = useTranslation();
  const status = usePortal((state) => state.status);
  const offsetMs = status?.clockOffsetMs ?? 0;
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  return (
    <div className="banners">
      <StoreBanner />
      {status?.realm === 'practice' ? <output className="banner info"><FlaskConical size={16} aria-hidden /><span>{t('banner.practice')}</span></output> : null}
      {(status?.notices ?? []).filter(isAhead).map((notice) => (
        <output key={notice.id} className="banner warn"><CalendarX size={16} aria-hidden /><span>{notice.title[language]} · {notice.endsAt === null ? t('banner.from', { start: moment(notice.startsAt) }) : t('banner.fromTo', { start: moment(notice.startsAt), end: moment(notice.endsAt) })}</span></output>
      ))}
      {Math.abs(offsetMs) > clockToleranceMs ? <output className="banner warn"><Clock size={16} aria-hidden /><span>{t(offsetMs > 0 ? 'banner.clockBehind' : 'banner.clockAhead', { count: minutes })}</span></output> : null}
    </div>
  );
}
