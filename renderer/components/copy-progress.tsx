import type { ReactNode } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import { useTranslation } from '../app/translation.ts';
import { useEvidence } from '../stores/evidence-store.ts';
import { ProgressBar } from './progress-bar.tsx';

/** The copy being made, when it takes long enough to be reported, with a way to stop it. */
export function CopyProgress(): ReactNode {
  const { t, size } = useTranslation();
  const copying = useEvidence((state) => state.copying);
  if (copying === null) return null;
  const label = t('evidence.copying', { name: displayName(copying.name) });
  return (
    <div className="progress-line">
      <span className="cut grow small">{label}</span>
      <ProgressBar label={label} share={copying.totalBytes === 0 ? null : copying.copiedBytes / copying.totalBytes} />
      <span className="dim small number">{t('evidence.copied', { done: size(copying.copiedBytes), all: size(copying.totalBytes) })}</span>
      <button type="button" className="button" onClick={() => void window.officina.cancelFreeze({})}>{t('action.stop')}</button>
    </div>
  );
}
