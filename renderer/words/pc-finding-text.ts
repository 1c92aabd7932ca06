import type { LikelyCause } from '../../shared/domain/exclusion-pack.ts';
import type { PcCheck, PcFinding } from '../../shared/domain/pc-check.ts';
import type { Words } from './translation.ts';

/** What was found on this PC, in one sentence. */
export function pcFindingText(finding: PcFinding, { t, size }: Words): string {
  switch (finding.kind) {
    case 'on-battery':
      return t(finding.onBattery ? 'pcFinding.battery' : 'pcFinding.mains');
    case 'free-space':
      return t('pcFinding.space', { size: size(finding.freeBytes) });
    case 'restart':
      return t(finding.pending ? 'pcFinding.restart' : 'pcFinding.noRestart');
    case 'missing-runtimes':
      return finding.names.length === 0
        ? t('pcFinding.runtimes')
        : t('pcFinding.missing', { names: finding.names.join(', ') });
    case 'windows-build':
      return t('pcFinding.windows', { build: finding.build });
    case 'usb-devices':
      return t('pcFinding.usb', { count: finding.faulty });
    case 'clock-offset':
      return t('pcFinding.clock', { seconds: Math.round(Math.abs(finding.offsetMs) / 1_000) });
    case 'portal-reached':
      return t(finding.reached ? 'pcFinding.reached' : 'pcFinding.unreached');
    case 'not-told':
      return t('pcFinding.notTold');
  }
}

/** What speaks for a cause: the findings on this PC, then the person's own words. */
export function causeFacts(
  cause: LikelyCause,
  checks: readonly PcCheck[] | null,
  words: Words,
): readonly string[] {
  const found = cause.checks.flatMap((id) => checks?.find((check) => check.id === id) ?? []);
  return [
    ...found.map((check) => pcFindingText(check.finding, words)),
    ...cause.words.map((text) => words.t('draft.quoted', { text })),
  ];
}
