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

/** R-VERSION-1: how the installed version stands, both numbers, and where each came from. */
export function VersionFacts({ version }: { readonly version: VersionCheck }): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const { status, installed, latest } = version;
  const { tone, icon } = looks[status];
  const line = (found: FoundVersion | null, key: 'installed' | 'latest'): string =>
    found === null
      ? t(`version.${key}Unknown`)
      : t(`version.${key}`, { version: found.text, from: originText(found, words) });
  return (
    <div className="version-facts">
      <Chip tone={tone} icon={icon}>
        {t(status === 'cannot-tell' ? `version.${untold(version)}` : `version.${status}`)}
      </Chip>
      <span>{line(installed, 'installed')}</span>
      <span>{line(latest, 'latest')}</span>
    </div>
  );
}
