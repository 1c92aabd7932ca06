import {
  CalendarX,
  Clock,
  CornerUpLeft,
  DatabaseBackup,
  FileSignature,
  FileWarning,
  FlaskConical,
  X,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Notice } from '../../shared/domain/notice.ts';
import { noneUnreadable } from '../../shared/domain/row-kinds.ts';
import { spanText } from '../../shared/i18n/amounts.ts';
import type { StoreHealth } from '../../shared/ipc/views.ts';
import { isPossible } from '../../shared/rules/announcements.ts';
import { isClockWrong } from '../../shared/calendar/clock-offset.ts';
import { attempt, useApp } from '../stores/app-store.ts';
import { useOutbox } from '../stores/outbox-store.ts';
import { isPractice, usePortal } from '../stores/portal-store.ts';
import { ErrorNotice } from '../features/error-notice.tsx';
import { unwrap } from '../bridge/bridge.ts';
import { portalNowMs } from '../features/portal-now.ts';
import { portalMoment } from '../features/portal-words.ts';
import { toScreen } from '../components/to-screen.ts';
import { useTranslation, type Words } from '../words/translation.ts';

/** More lines than these would push what a person works at off the screen; the rest stands in the settings. */
const noticeLines = 3;

function isAhead(notice: Notice): boolean {
  return (
    notice.kind !== 'info' &&
    isPossible(notice) &&
    (notice.endsAt === null || new Date(notice.endsAt).getTime() > portalNowMs())
  );
}

type Restored = Extract<StoreHealth, { readonly kind: 'restored' }>;

/** A store without a backup behind it began empty, whatever happened to the one before; one that merely lost its end did not. */
function restoredWords({ cause, backupAt }: Restored): 'emptied' | 'lostTaken' | Restored['cause'] {
  if (backupAt === null) return cause === 'damaged' || cause === 'gone' ? 'emptied' : cause;
  return cause === 'lost' ? 'lostTaken' : cause;
}

/** What happened to the store, from when the copy is, and whether something is missing since. */
function restoredText(health: Restored, { t, moment }: Words): string {
  const words = restoredWords(health);
  const told = t(`banner.${words}`, { time: health.backupAt === null ? '' : moment(health.backupAt) });
  if (words === 'moved' || words === 'mended' || words === 'emptied' || words === 'unsure') return told;
  const { missingEntries } = health;
  return `${told} ${missingEntries === 0 ? t('banner.missingNone') : t('banner.missing', { count: missingEntries })}`;
}

/** How the store came up, where that is not as it was left. */
export function StoreBanner(): ReactNode {
  const translation = useTranslation();
  const { t } = translation;
  const health = useApp((state) => state.info?.storeHealth);
  if (health === undefined || health.kind === 'healthy') return null;
  if (health.kind === 'read-only')
    return (
      <div className="banner bare">
        <ErrorNotice error={health.error} />
      </div>
    );
  if (health.kind === 'damaged')
    return (
      <div className="banner warn" role="alert">
        <DatabaseBackup size={16} aria-hidden />
        <span className="grow">{t('banner.foundDamaged')}</span>
        <button
          type="button"
          className="button"
          onClick={() => void attempt(() => unwrap(window.officina.restartProgram({})))}
        >
          {t('banner.restart')}
        </button>
      </div>
    );
  const dismiss = (): void =>
    void attempt(async () => {
      await unwrap(window.officina.dismissStoreNotice({}));
      await useApp.getState().refresh();
      toScreen();
    });
  return (
    <output className="banner warn">
      <DatabaseBackup size={16} aria-hidden />
      <span className="grow">{restoredText(health, translation)}</span>
      <button type="button" className="button quiet" onClick={dismiss}>
        {t('banner.dismiss')}
      </button>
    </output>
  );
}

/** A store nobody can bring back is worth a line until a copy of it could be written again. */
function BackupBanner(): ReactNode {
  const failure = useApp((state) => state.info?.backupFailure ?? null);
  return failure === null ? null : (
    <div className="banner bare">
      <ErrorNotice error={failure} />
    </div>
  );
}

const otherKinds = ['messages', 'files', 'tools', 'folders', 'sessions'] as const;

/** What the store holds and cannot read any more, or has lost the other half of: said with the one way to have it back. */
function RowsBanner(): ReactNode {
  const { t } = useTranslation();
  const unreadable = useApp((state) => state.info?.unreadable ?? noneUnreadable);
  const isProfileUnreadable = useApp((state) => state.info?.isProfileUnreadable ?? false);
  const hasOrphans = useApp((state) => state.info?.hasOrphans ?? false);
  const go = useApp((state) => state.go);
  const parts = otherKinds
    .filter((kind) => unreadable[kind] > 0)
    .map((kind) => t(`banner.part_${kind}`, { count: unreadable[kind] }));
  const lines = [
    ...(isProfileUnreadable ? [t('banner.profileUnreadable')] : []),
    ...(unreadable.requests > 0 ? [t('banner.unreadable', { count: unreadable.requests })] : []),
    ...(parts.length > 0 ? [t('banner.unreadableParts', { parts: parts.join(', ') })] : []),
    ...(hasOrphans ? [t('banner.orphans')] : []),
  ];
  return lines.map((line) => (
    <div key={line} className="banner warn">
      <FileWarning size={16} aria-hidden />
      <output className="grow">{line}</output>
      <button
        type="button"
        className="button quiet"
        onClick={() => go({ screen: 'settings', at: 'backups' })}
      >
        {t('banner.toBackups')}
      </button>
    </div>
  ));
}

/** R-ACCEPT-1: what waits for a person's acceptance goes by nobody else's doing, so it is said on every screen. */
function TermsBanner(): ReactNode {
  const { t } = useTranslation();
  const waiting = useOutbox(
    (state) => (state.rows ?? []).filter((row) => row.waitReason?.kind === 'terms').length,
  );
  if (waiting === 0) return null;
  return (
    <div className="banner warn">
      <FileSignature size={16} aria-hidden />
      <output className="grow">{t('banner.terms', { count: waiting })}</output>
      <button type="button" className="button quiet" onClick={() => useOutbox.getState().setOpen(true)}>
        {t('banner.toTerms')}
      </button>
    </div>
  );
}

/** What the portal told and cannot be shown is told once; news that stop short, for as long as they do. */
function NewsBanner(): ReactNode {
  const { t } = useTranslation();
  const aside = usePortal((state) => state.status?.news.aside ?? 0);
  const isStuck = usePortal((state) => state.status?.news.isStuck ?? false);
  const dismiss = (): void =>
    void attempt(async () => {
      await unwrap(window.officina.dismissNewsNotice({}));
      toScreen();
    });
  const lines = [
    ...(isStuck ? [t('banner.newsStuck')] : []),
    ...(aside === 0 ? [] : [t('banner.newsAside', { count: aside })]),
  ];
  if (lines.length === 0) return null;
  return (
    <div className="banner warn">
      <FileWarning size={16} aria-hidden />
      <output className="grow">{lines.join(' ')}</output>
      {aside === 0 ? null : (
        <button type="button" className="button quiet" onClick={dismiss}>
          {t('banner.dismiss')}
        </button>
      )}
    </div>
  );
}

/** What was made for another portal address or customer moves by nobody's doing but the person's. */
function ElsewhereBanner(): ReactNode {
  const { t } = useTranslation();
  const waiting = usePortal((state) => state.status?.elsewhere ?? 0);
  const inPractice = usePortal((state) => isPractice(state.status));
  const go = useApp((state) => state.go);
  if (waiting === 0) return null;
  return (
    <div className="banner warn">
      <CornerUpLeft size={16} aria-hidden />
      <output className="grow">{t('banner.elsewhere', { count: waiting })}</output>
      <button
        type="button"
        className="button quiet"
        onClick={() =>
          inPractice ? go({ screen: 'settings', at: 'portal' }) : useOutbox.getState().setOpen(true)
        }
      >
        {t(inPractice ? 'outbox.choosePortal' : 'outbox.show')}
      </button>
    </div>
  );
}

/** Thin lines for what changes how everything else is to be read; nothing else may stand here. */
export function Banners(): ReactNode {
  const words = useTranslation();
  const { t, language } = words;
  const status = usePortal((state) => state.status);
  const offsetMs = status?.clockOffsetMs ?? 0;
  const ahead = (status?.notices ?? []).filter(isAhead);
  // Until the next start; the chip in the bar above goes on saying it.
  const [isRead, setRead] = useState(false);
  const more = ahead.length - noticeLines + (status?.furtherNotices ?? 0);
  return (
    <div className="banners">
      <StoreBanner />
      <BackupBanner />
      <RowsBanner />
      <TermsBanner />
      <ElsewhereBanner />
      <NewsBanner />
      {isPractice(status) && !isRead ? (
        <div className="banner info">
          <FlaskConical size={16} aria-hidden />
          <output className="grow">{t('banner.practice')}</output>
          <button
            type="button"
            className="button quiet"
            onClick={() => useApp.getState().go({ screen: 'settings', at: 'portal' })}
          >
            {t('banner.toRealPortal')}
          </button>
          <button
            type="button"
            className="button icon quiet"
            aria-label={t('action.dismiss')}
            title={t('action.dismiss')}
            onClick={() => {
              setRead(true);
              toScreen();
            }}
          >
            <X size={16} aria-hidden />
          </button>
        </div>
      ) : null}
      {ahead.slice(0, noticeLines).map((notice) => (
        <output key={notice.id} className="banner warn">
          <CalendarX size={16} aria-hidden />
          <span>
            {notice.title[language]} ·{' '}
            {notice.endsAt === null
              ? t('banner.from', { start: portalMoment(notice.startsAt, words) })
              : t('banner.fromTo', {
                  start: portalMoment(notice.startsAt, words),
                  end: portalMoment(notice.endsAt, words),
                })}
          </span>
        </output>
      ))}
      {more > 0 ? (
        <output className="banner warn">
          <CalendarX size={16} aria-hidden />
          <span>{t('banner.more', { count: more })}</span>
        </output>
      ) : null}
      {isClockWrong(offsetMs) ? (
        <output className="banner warn">
          <Clock size={16} aria-hidden />
          <span>
            {t(offsetMs > 0 ? 'banner.clockBehind' : 'banner.clockAhead', {
              amount: spanText(Math.abs(offsetMs), language),
            })}
          </span>
        </output>
      ) : null}
    </div>
  );
}
