import { AppWindow, Eye, ShieldCheck } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import { useTranslation } from '../../words/translation.ts';
import { CheckField } from '../../components/check-field.tsx';
import { remoteAct } from '../../features/remote-act.ts';

/** Windows shows the apps of its store, mail and photos among them, in windows of this one program. */
const storeFrame = /^applicationframehost$/iu;

/** R-REMOTE-4: what is open, by its name alone; each asked to close, none ended by force. */
export function ProgramsGate({ view }: { readonly view: RemoteView }): ReactNode {
  const { t } = useTranslation();
  const { programs } = view;
  const unseen = programs === null;
  useEffect(() => {
    if (unseen) void remoteAct(() => window.officina.lookAtPrograms({}));
  }, [unseen]);
  const nameOf = (name: string): string => (storeFrame.test(name) ? t('remote.storeApps') : name);
  const foreign = (programs?.programs ?? []).filter((item) => !item.belongs);
  const left = foreign.filter((item) => !item.kept).length;
  return (
    <section className="stack" aria-label={t('remote.gate_programs')}>
      <h2>{t('remote.programsTitle')}</h2>
      <p className="dim">{t('remote.programsText')}</p>
      {programs === null ? null : !programs.known ? (
        <p className="hint-line">{t('remote.programsUnknown')}</p>
      ) : foreign.length === 0 ? (
        <p className="hint-line">{t('remote.programsNone')}</p>
      ) : (
        <ul className="list">
          {foreign.map((item) => (
            <li key={item.id} className="line">
              <AppWindow size={16} aria-hidden />
              <span className="grow strong">{nameOf(item.name)}</span>
              <CheckField
                label={t('remote.keep')}
                checked={item.kept}
                onChange={(kept) => remoteAct(() => window.officina.keepProgram({ id: item.id, kept }))}
              />
              <button
                type="button"
                className="button"
                aria-label={t('remote.askClose', { name: nameOf(item.name) })}
                onClick={() => void remoteAct(() => window.officina.askProgramToClose({ id: item.id }))}
              >
                {t('remote.askCloseShort')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="row wrap">
        <button
          type="button"
          className="button"
          onClick={() => void remoteAct(() => window.officina.lookAtPrograms({}))}
        >
          <Eye size={16} aria-hidden />
          {t('remote.lookAgain')}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={left > 0}
          onClick={() => void remoteAct(() => window.officina.confirmPrograms({}))}
        >
          <ShieldCheck size={16} aria-hidden />
          {t('remote.confirmPrograms')}
        </button>
      </div>
    </section>
  );
}
