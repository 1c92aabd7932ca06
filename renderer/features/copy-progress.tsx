import type { ReactNode } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import { useTranslation } from '../words/translation.ts';
import { type FreezeProgressed, useEvidence } from '../stores/evidence-store.ts';
import { ProgressBar } from '../components/progress-bar.tsx';

function Copying({ copying }: { readonly copying: FreezeProgressed }): ReactNode {
  const { t, size } = useTranslation();
  const label = t('evidence.copying', { name: displayName(copying.name) });
  return (
    <div className="progress-line">
      <span className="cut grow small">{label}</span>
      <ProgressBar
        label={label}
        share={copying.totalBytes === 0 ? null : copying.copiedBytes / copying.totalBytes}
      />
      <span className="dim small number">
        {t('evidence.copied', { done: size(copying.copiedBytes), all: size(copying.totalBytes) })}
      </span>
      <button type="button" className="button" onClick={() => void window.officina.cancelFreeze({})}>
        {t('action.stop')}
      </button>
    </div>
  );
}

/** What is being waited for: another program holds these files, and they are taken as soon as it lets go (D3). */
function HeldFiles({ names }: { readonly names: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  const label = t('evidence.heldBy', { name: names.map(displayName).join(', ') });
  return (
    <div className="progress-line">
      <output className="grow small">{label}</output>
      <ProgressBar label={label} share={null} />
      <button type="button" className="button" onClick={() => void window.officina.cancelFreeze({})}>
        {t('action.stop')}
      </button>
    </div>
  );
}

/** The copy being made, when it takes long enough to be reported, and what is waited for, each with a way to stop it. */
export function CopyProgress(): ReactNode {
  const copying = useEvidence((state) => state.copying);
  const held = useEvidence((state) => state.held);
  return (
    <>
      {copying === null ? null : <Copying copying={copying} />}
      {held.length === 0 ? null : <HeldFiles names={held} />}
    </>
  );
}
