import { MonitorPlay } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import { useTranslation } from '../../words/translation.ts';
import { remoteAct } from '../../features/remote-act.ts';
import { firstShut } from './gate-look.ts';

/** The start: everything is looked at once more by main, and only then TeamViewer is started (R-REMOTE-2, R-REMOTE-4). */
export function LaunchGate({ view }: { readonly view: RemoteView }): ReactNode {
  const { t } = useTranslation();
  const [starting, setStarting] = useState(false);
  const [failed, setFailed] = useState(false);
  const launch = async (): Promise<void> => {
    setStarting(true);
    setFailed(false);
    const answer = await remoteAct(() => window.officina.launchTeamViewer({}));
    setFailed(answer?.launched === false);
    setStarting(false);
  };
  const shut = firstShut(view) !== null;
  return (
    <section className="stack" aria-label={t('remote.gate_launch')}>
      <h2>{t('remote.launchTitle')}</h2>
      <p className="dim">{t('remote.launchText')}</p>
      {failed ? (
        <p className="note wrong" role="alert">
          {t('remote.launchFailed')}
        </p>
      ) : null}
      {shut ? <p className="hint-line">{t('remote.missingGates')}</p> : null}
      <div>
        <button
          type="button"
          className="button primary"
          disabled={shut || starting}
          onClick={() => void launch()}
        >
          <MonitorPlay size={16} aria-hidden />
          {t('remote.launch')}
        </button>
      </div>
    </section>
  );
}
