import {
  CalendarX,
  Clock,
  CornerUpLeft,
  DatabaseBackup,
  FileSignature,
  FileWarning,
  FlaskConical,
  type LucideIcon,
} from 'lucide-react';
import { isClockWrong } from '../../shared/calendar/clock-offset.ts';
import type { AppError } from '../../shared/domain/app-error.ts';
import type { Notice } from '../../shared/domain/notice.ts';
import { noneUnreadable } from '../../shared/domain/row-kinds.ts';
import { spanText } from '../../shared/i18n/amounts.ts';
import { isInForce } from '../../shared/rules/announcements.ts';
import type { AppInfo, PortalStatus, StoreHealth } from '../../shared/ipc/views.ts';
import { unwrap } from '../bridge/bridge.ts';
import { toScreen } from '../components/to-screen.ts';
import { portalNowMs } from '../features/portal-now.ts';
import { portalMoment } from '../features/portal-words.ts';
import { attempt, useApp } from '../stores/app-store.ts';
import { useOutbox } from '../stores/outbox-store.ts';
import { isPractice } from '../stores/portal-store.ts';
import type { Words } from '../words/translation.ts';
import type { BannerFact } from './banner-rule.ts';

/** One line as it could stand above the screen: a failure in its three parts, or words with what can be done. */
export type BannerLine = BannerFact &
  (
    | { readonly error: AppError }
    | {
        readonly error?: never;
        readonly tone: 'info' | 'warn';
        readonly icon: LucideIcon;
        readonly text: string;
        readonly isUrgent?: boolean;
        readonly act?: { readonly label: string; readonly isLoud?: boolean; readonly onPress: () => void };
      }
  );

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
export function storeLines(health: StoreHealth, words: Words): readonly BannerLine[] {
  const { t } = words;
  if (health.kind === 'healthy') return [];
  if (health.kind === 'read-only')
    return [{ kind: 'store-read-only', key: 'store-read-only', error: health.error }];
  if (health.kind === 'damaged')
    return [
      {
        kind: 'store-damaged',
        key: 'store-damaged',
        tone: 'warn',
        icon: DatabaseBackup,
        text: t('banner.foundDamaged'),
        isUrgent: true,
        act: {
          label: t('banner.restart'),
          isLoud: true,
          onPress: () => void attempt(() => unwrap(window.officina.restartProgram({}))),
        },
      },
    ];
  const dismiss = (): void =>
    void attempt(async () => {
      await unwrap(window.officina.dismissStoreNotice({}));
      await useApp.getState().refresh();
      toScreen();
    });
  return [
    {
      kind: 'store-restored',
      key: 'store-restored',
      tone: 'warn',
      icon: DatabaseBackup,
      text: restoredText(health, words),
      act: { label: t('banner.dismiss'), onPress: dismiss },
    },
  ];
}

const otherKinds = ['messages', 'files', 'tools', 'folders', 'sessions', 'templates'] as const;

/** What the store holds and cannot read any more, or has lost the other half of: said with the one way to have it back. */
function unreadableLines(info: AppInfo, { t }: Words): readonly BannerLine[] {
  const { unreadable = noneUnreadable } = info;
  const parts = otherKinds
    .filter((kind) => unreadable[kind] > 0)
    .map((kind) => t(`banner.part_${kind}`, { count: unreadable[kind] }));
  const line = (kind: BannerLine['kind'], text: string): BannerLine => ({
    kind,
    key: kind,
    tone: 'warn',
    icon: FileWarning,
    text,
    act: {
      label: t('banner.toBackups'),
      onPress: () => useApp.getState().go({ screen: 'settings', at: 'backups' }),
    },
  });
  return [
    ...(info.isProfileUnreadable ? [line('profile-unreadable', t('banner.profileUnreadable'))] : []),
    ...(unreadable.requests > 0
      ? [line('requests-unreadable', t('banner.unreadable', { count: unreadable.requests }))]
      : []),
    ...(parts.length > 0
      ? [line('parts-unreadable', t('banner.unreadableParts', { parts: parts.join(', ') }))]
      : []),
    ...(info.hasOrphans ? [line('parts-missing', t('banner.orphans'))] : []),
  ];
}

/** R-ACCEPT-1: what waits for a person's acceptance goes by nobody else's doing, so it is said on every screen. */
function termsLines(waiting: number, { t }: Words): readonly BannerLine[] {
  if (waiting === 0) return [];
  return [
    {
      kind: 'terms',
      key: 'terms',
      tone: 'warn',
      icon: FileSignature,
      text: t('banner.terms', { count: waiting }),
      act: { label: t('banner.toTerms'), onPress: () => useOutbox.getState().setOpen(true) },
    },
  ];
}

/** What was made for another portal address or customer moves by nobody's doing but the person's. */
function elsewhereLines(status: PortalStatus, { t }: Words): readonly BannerLine[] {
  if (status.elsewhere === 0) return [];
  const inPractice = isPractice(status);
  return [
    {
      kind: 'elsewhere',
      key: 'elsewhere',
      tone: 'warn',
      icon: CornerUpLeft,
      text: t('banner.elsewhere', { count: status.elsewhere }),
      act: {
        label: t(inPractice ? 'outbox.choosePortal' : 'outbox.show'),
        onPress: () =>
          inPractice
            ? useApp.getState().go({ screen: 'settings', at: 'portal' })
            : useOutbox.getState().setOpen(true),
      },
    },
  ];
}

/** What the portal told and cannot be shown is told once; news that stop short, for as long as they do. */
function newsLines({ news: { aside, isStuck } }: PortalStatus, { t }: Words): readonly BannerLine[] {
  if (!isStuck && aside === 0) return [];
  const dismiss = (): void =>
    void attempt(async () => {
      await unwrap(window.officina.dismissNewsNotice({}));
      toScreen();
    });
  return [
    {
      kind: 'news',
      key: 'news',
      tone: 'warn',
      icon: FileWarning,
      text: [
        ...(isStuck ? [t('banner.newsStuck')] : []),
        ...(aside === 0 ? [] : [t('banner.newsAside', { count: aside })]),
      ].join(' '),
      ...(aside === 0 ? {} : { act: { label: t('banner.dismiss'), onPress: dismiss } }),
    },
  ];
}

function noticeLine(notice: Notice, words: Words): BannerLine {
  const { t, language } = words;
  const start = portalMoment(notice.startsAt, words);
  return {
    kind: notice.kind === 'maintenance' ? 'maintenance' : 'closure',
    key: notice.id,
    tone: 'warn',
    icon: CalendarX,
    text: `${notice.title[language]} · ${
      notice.endsAt === null
        ? t('banner.from', { start })
        : t('banner.fromTo', { start, end: portalMoment(notice.endsAt, words) })
    }`,
  };
}

function clockLines(offsetMs: number, { t, language }: Words): readonly BannerLine[] {
  if (!isClockWrong(offsetMs)) return [];
  const amount = spanText(Math.abs(offsetMs), language);
  return [
    {
      kind: 'clock',
      key: 'clock',
      tone: 'warn',
      icon: Clock,
      text: t(offsetMs > 0 ? 'banner.clockBehind' : 'banner.clockAhead', { amount }),
    },
  ];
}

function practiceLines(status: PortalStatus, { t }: Words): readonly BannerLine[] {
  if (!isPractice(status)) return [];
  return [
    {
      kind: 'practice',
      key: 'practice',
      tone: 'info',
      icon: FlaskConical,
      text: t('banner.practice'),
      act: {
        label: t('banner.toRealPortal'),
        onPress: () => useApp.getState().go({ screen: 'settings', at: 'portal' }),
      },
    },
  ];
}

/** Everything that is in force now and changes how the rest is to be read, in no order. `waiting`: items that wait for the new terms. */
export function bannerFacts(
  info: AppInfo | null,
  status: PortalStatus | null,
  waiting: number,
  words: Words,
): readonly BannerLine[] {
  const nowMs = portalNowMs();
  const failure = info?.backupFailure ?? null;
  return [
    ...(info === null ? [] : [...storeLines(info.storeHealth, words), ...unreadableLines(info, words)]),
    // A store nobody can bring back is worth a line until a copy of it could be written again.
    ...(failure === null
      ? []
      : [{ kind: 'backup-failed', key: 'backup-failed', error: failure } satisfies BannerLine]),
    ...termsLines(waiting, words),
    ...(status === null
      ? []
      : [
          ...elsewhereLines(status, words),
          ...newsLines(status, words),
          ...practiceLines(status, words),
          ...status.notices
            .filter((notice) => isInForce(notice, nowMs))
            .map((notice) => noticeLine(notice, words)),
          ...clockLines(status.clockOffsetMs ?? 0, words),
        ]),
  ];
}
