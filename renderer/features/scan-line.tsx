import { type ReactNode, useEffect, useState } from 'react';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { useTranslation } from '../words/translation.ts';
import { useEvidence } from '../stores/evidence-store.ts';
import { ProgressBar } from '../components/progress-bar.tsx';

const pauseMs = 300;

function useLasting(on: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!on) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), pauseMs);
    return () => clearTimeout(timer);
  }, [on]);
  return lasting;
}

/** How far the search of the disk is, with a way to stop it; afterwards, how it ended. */
export function ScanLine(): ReactNode {
  const { t } = useTranslation();
  const scanning = useEvidence((state) => state.scanId !== null);
  const seen = useEvidence((state) => state.seenEntries);
  const finished = useEvidence((state) => state.finished);
  const found = useEvidence((state) => state.candidates.length);
  const lasting = useLasting(scanning);
  if (scanning) {
    if (!lasting) return null;
    return (
      <div className="progress-line">
        <output className="small grow">{t('evidence.searching', { count: seen })}</output>
        <ProgressBar label={t('evidence.searchLabel')} share={null} />
        <button type="button" className="button" onClick={() => useEvidence.getState().cancel()}>
          {t('action.stop')}
        </button>
      </div>
    );
  }
  if (finished === null) return found > 0 ? null : <p className="dim small">{t('evidence.noneFound')}</p>;
  const unreadable =
    finished.unreadableFolders > 0
      ? ` ${t('evidence.unreadableFolders', { count: finished.unreadableFolders })}`
      : '';
  const capped = found < evidenceLimits.listed ? '' : ` ${t('evidence.listCapped', { count: found, seen })}`;
  return (
    <output className="dim small">
      {found === 0 ? t('evidence.noneFound') : t(`scanOutcome.${finished.outcome}`, { count: found })}
      {capped}
      {unreadable}
    </output>
  );
}
