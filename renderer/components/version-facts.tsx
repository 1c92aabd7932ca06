import { ArrowUp, Check, CircleHelp, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import type { FoundVersion, VersionCheck } from '../../shared/domain/vendor-version.ts';
import { writtenDay } from '../../shared/calendar/typed-day.ts';
import { useTranslation, type Words } from '../words/translation.ts';
import { Chip } from './chip.tsx';

const looks = {
  current: { tone: 'ok', icon: Check },
  outdated: { tone: 'warn', icon: TriangleAlert },
  'newer-than-known': { tone: 'info', icon: ArrowUp },
  'cannot-tell': { tone: 'plain', icon: CircleHelp },
} as const;

function originText({ origin }: FoundVersion, { t, moment }: Words): string {
  if (origin.kind === 'stated')
    return t('versionFrom.stated', { source: origin.source, day: writtenDay(origin.on) });
  return origin.kind === 'portal'
    ? t('versionFrom.portal', { time: moment(origin.at) })
    : origin.kind === 'file'
      ? t('versionFrom.file', { name: displayName(origin.name) })
      : t(`versionFrom.${origin.kind}`);
}

/** Why nothing can be said of a version, by what is missing. */
function untold({ installed, latest }: VersionCheck): 'noInstalled' | 'noLatest' | 'noShape' {
  return installed === null ? 'noInstalled' : latest === null ? 'noLatest' : 'noShape';
}

/** R-VERSION-1: how the installed version stands, in a word. */
export function VersionChip({ version }: { readonly version: VersionCheck }): ReactNode {
  const { t } = useTranslation();
  const { tone, icon } = looks[version.status];
  return (
    <Chip tone={tone} icon={icon}>
      {t(version.status === 'cannot-tell' ? `version.${untold(version)}` : `version.${version.status}`)}
    </Chip>
  );
}

/** R-VERSION-1: how the installed version stands, both numbers, and where each came from. */
export function VersionFacts({
  version,
  isBare = false,
}: {
  readonly version: VersionCheck;
  /** True where how it stands is said already. */
  readonly isBare?: boolean;
}): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const { installed, latest } = version;
  const line = (found: FoundVersion | null, key: 'installed' | 'latest'): string =>
    found === null
      ? t(`version.${key}Unknown`)
      : t(`version.${key}`, { version: found.text, from: originText(found, words) });
  return (
    <div className="version-facts">
      {isBare ? null : <VersionChip version={version} />}
      <span>{line(installed, 'installed')}</span>
      <span>{line(latest, 'latest')}</span>
    </div>
  );
}
