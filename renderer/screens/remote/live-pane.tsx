import { Eye, OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import { durationText } from '../../words/duration.ts';
import { useElapsed } from '../../components/elapsed.ts';
import { useTranslation } from '../../words/translation.ts';
import { CodesForm } from './codes-form.tsx';
import { remoteAct } from '../../features/remote-act.ts';

/** The session while it runs: who, how long, what is seen and what is not, and the way out (R-REMOTE-6). */
export function LivePane({ view }: { readonly view: RemoteView }): ReactNode {
  const { t } = useTranslation();
  const { session } = view;
  const elapsedMs = useElapsed(view.elapsedMs ?? 0);
  if (session.phase !== 'live' && session.phase !== 'ending' && session.phase !== 'launching') return null;
  const ending = session.phase === 'ending';
  return (
    <section className="stack" aria-label={t('remote.liveTitle')}>
      <h2>
        {t(ending ? 'remote.endingTitle' : 'remote.liveTitle')} ·{' '}
        <span className="number">{durationText(elapsedMs)}</span>
      </h2>
      <p className="row seen-line">
        <Eye size={16} aria-hidden className="info" />
        <span>
          <span className="strong">{t('remote.seenTitle')}:</span> {t(`seen.${session.seen}`)}
        </span>
      </p>
      <p className="dim">{t('remote.notSeen')}</p>
      {ending ? (
        <div className="notice warn column">
          <p>{t(`endStep.${session.step}`)}</p>
          <div className="row wrap">
            <button
              type="button"
              className="button"
              onClick={() => void remoteAct(() => window.officina.nextEndStep({}))}
            >
              {t(session.step === 'elevated' ? 'remote.askAgain' : 'remote.nextStep')}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => void remoteAct(() => window.officina.sayEnded({}))}
            >
              {t('remote.sayEnded')}
            </button>
          </div>
        </div>
      ) : (
        <>
          {session.seen === 'left' ? (
            <output className="notice warn column">
              <span className="strong">{t('remote.leftTitle')}</span>
              <span>{t('remote.leftText')}</span>
            </output>
          ) : null}
          <CodesForm view={view} />
          <div className="row wrap">
            <button
              type="button"
              className="button danger"
              onClick={() => void remoteAct(() => window.officina.endSession({}))}
            >
              <OctagonX size={16} aria-hidden />
              {t('remote.end')}
            </button>
            <span className="dim small">{t('remote.hotKey')}</span>
          </div>
        </>
      )}
    </section>
  );
}
