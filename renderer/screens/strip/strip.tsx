import { OctagonX } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { LiveSession } from '../../../shared/ipc/remote-views.ts';
import { quietly } from '../../bridge/bridge.ts';
import { useAppearance } from '../../features/appearance.ts';
import { durationText } from '../../words/duration.ts';
import { useElapsed } from '../../components/elapsed.ts';
import { useTranslation } from '../../words/translation.ts';
import { attempt, useApp } from '../../stores/app-store.ts';

function Line({ live, refresh }: { readonly live: LiveSession; readonly refresh: () => void }): ReactNode {
  const { t } = useTranslation();
  const hasKey = window.location.hash === '#strip';
  const elapsedMs = useElapsed(live.elapsedMs);
  const act = (): void =>
    void (
      live.ending ? quietly(window.officina.nextEndStep({})) : quietly(window.officina.endSession({}))
    ).then(refresh);
  return (
    <>
      <span className="strip-dot" aria-hidden />
      <div className="grow">
        <h1 className="cut number">{t('remote.stripTime', { time: durationText(elapsedMs) })}</h1>
        <p className="small dim cut">
          {t('remote.stripLine', { operator: live.operator, number: live.number ?? '' })}
        </p>
        <p className="small cut" title={live.reason}>
          {live.reason}
        </p>
        <output className="small strip-word">
          {live.step !== null
            ? t(`stripStep.${live.step}`)
            : hasKey
              ? t(`stripSeen.${live.seen}`)
              : t('remote.hotKeyTaken')}
        </output>
      </div>
      <button
        type="button"
        className="button danger"
        onClick={act}
        title={hasKey ? t('remote.hotKey') : t('remote.hotKeyTaken')}
      >
        <OctagonX size={16} aria-hidden />
        {t('remote.endShort')}
      </button>
    </>
  );
}

/** The strip above everything while a session is under way: time, operator, ticket, and the way out (R-REMOTE-6). */
export function Strip(): ReactNode {
  const [live, setLive] = useState<LiveSession | null>(null);
  useAppearance();
  useEffect(() => {
    const refresh = (): void => void quietly(window.officina.liveSession({})).then(setLive);
    void attempt(() => useApp.getState().refresh());
    refresh();
    return window.officina.onEvent((event) => (event.kind === 'remoteChanged' ? refresh() : undefined));
  }, []);
  const { t } = useTranslation();
  return (
    <main className="strip" aria-label={t('remote.strip')}>
      {live === null ? null : (
        <Line live={live} refresh={() => void quietly(window.officina.liveSession({})).then(setLive)} />
      )}
    </main>
  );
}
