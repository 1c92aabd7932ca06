import { Calculator, Copy, Pause, Play, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { BackupView } from '../../../shared/ipc/remote-views.ts';
import { useTranslation } from '../../words/translation.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { remoteAct } from '../../features/remote-act.ts';

const act = (name: 'start' | 'pause' | 'resume' | 'cancel') => (): void =>
  void remoteAct(() => window.officina.runBackup({ act: name }));

/** What was left out, and what came back different: always told, also when the rest went well. */
function Differences({ backup }: { readonly backup: BackupView }): ReactNode {
  const { t } = useTranslation();
  const { skipped, skippedTotal, different } = backup.differences;
  return (
    <>
      {different.length === 0 ? null : (
        <details className="licence" open>
          <summary className="bad">{t('remote.differentTitle')}</summary>
          <ul className="points">
            {different.map((place) => (
              <li key={place}>
                <bdi>{displayName(place)}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
      {skippedTotal === 0 ? null : (
        <details className="licence">
          <summary>{t('remote.skippedTitle', { count: skippedTotal })}</summary>
          <ul className="points">
            {skipped.map(({ place, reason }) => (
              <li key={place}>
                <bdi>{displayName(place)}</bdi>: {t(`skipReason.${reason}`)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** From the estimate to the proof: how far it is, and what can be done now. */
export function BackupRun({ backup }: { readonly backup: BackupView }): ReactNode {
  const { t, size } = useTranslation();
  const { state, freeBytes } = backup;
  const needs = backup.folders.every((folder) => !folder.chosen)
    ? t('remote.estimateNeedsFolder')
    : backup.destination === null
      ? t('remote.estimateNeedsPlace')
      : null;
  const count = (): void => {
    if (needs === null) void remoteAct(() => window.officina.estimateBackup({}));
  };
  const estimate = (
    <div className="row wrap">
      <button
        type="button"
        className="button"
        aria-disabled={needs !== null}
        aria-describedby={needs === null ? undefined : 'estimate-needs'}
        onClick={count}
      >
        <Calculator size={16} aria-hidden />
        {t('remote.estimate')}
      </button>
      <span id="estimate-needs" className="dim small">
        {needs}
      </span>
    </div>
  );
  const cancel = (
    <button type="button" className="button quiet" onClick={act('cancel')}>
      <X size={16} aria-hidden />
      {t('remote.cancel')}
    </button>
  );
  return (
    <div className="stack tight" aria-live="polite">
      {state.phase === 'choosing' || state.phase === 'proved' ? estimate : null}
      {state.phase === 'estimating' ? (
        <>
          <p className="dim">{t('remote.estimating')}</p>
          <div>{cancel}</div>
        </>
      ) : null}
      {state.phase === 'estimated' ? (
        <>
          <p>{t('remote.estimated', { files: state.files, size: size(state.bytes) })}</p>
          {state.files === 0 ? <p className="note wrong">{t('remote.nothingToCopy')}</p> : null}
          {freeBytes !== null && freeBytes < state.bytes ? (
            <p className="note wrong">{t('remote.tooSmall')}</p>
          ) : null}
          <div>
            <button
              type="button"
              className="button primary"
              disabled={state.files === 0 || (freeBytes !== null && freeBytes < state.bytes)}
              onClick={act('start')}
            >
              <Copy size={16} aria-hidden />
              {t('remote.startBackup')}
            </button>
          </div>
        </>
      ) : null}
      {state.phase === 'copying' || state.phase === 'paused' ? (
        <>
          <p>
            {t(`remote.${state.phase}`, { files: state.progress.files, total: state.progress.totalFiles })}
          </p>
          <ProgressBar
            label={t('remote.gate_backup')}
            share={state.progress.totalBytes === 0 ? null : state.progress.bytes / state.progress.totalBytes}
          />
          <div className="row wrap">
            {state.phase === 'copying' ? (
              <button type="button" className="button" onClick={act('pause')}>
                <Pause size={16} aria-hidden />
                {t('remote.pause')}
              </button>
            ) : (
              <button type="button" className="button" onClick={act('resume')}>
                <Play size={16} aria-hidden />
                {t('remote.resume')}
              </button>
            )}
            {cancel}
          </div>
        </>
      ) : null}
      {state.phase === 'restoring' ? <p className="dim">{t('remote.restoring')}</p> : null}
      {state.phase === 'stopped' ? (
        <>
          <p className="notice warn">
            <TriangleAlert size={16} aria-hidden />
            <span>{t(`stopReason.${state.reason}`)}</span>
          </p>
          {estimate}
        </>
      ) : null}
      <Differences backup={backup} />
    </div>
  );
}
