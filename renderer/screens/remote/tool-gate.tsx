import { CircleCheck, CircleX, FileSearch, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import { useTranslation } from '../../words/translation.ts';
import { DatabankLink } from '../../features/databank-link.tsx';
import { remoteAct } from '../../features/remote-act.ts';

/** R-REMOTE-2: place, signature and version of the TeamViewer on this PC, each refusal with its reason. */
export function ToolGate({ view }: { readonly view: RemoteView }): ReactNode {
  const { t } = useTranslation();
  const { tool } = view;
  return (
    <section className="stack" aria-label={t('remote.gate_teamviewer')}>
      <h2>{t('remote.toolTitle')}</h2>
      <p className="dim">{t('remote.toolText')}</p>
      {tool === null ? null : tool.kind === 'verified' ? (
        <p className="hint-line">
          <CircleCheck size={16} className="ok" aria-hidden />
          {tool.practice
            ? t('remote.toolPractice')
            : t('remote.toolFound', { version: tool.version, signer: tool.signer })}
        </p>
      ) : (
        <p className="notice warn">
          <CircleX size={16} aria-hidden />
          <span>
            {t(`toolRefusal.${tool.reason}`)}{' '}
            {tool.version === null || tool.required === null
              ? ''
              : t('remote.toolVersions', { found: tool.version, required: tool.required })}
          </span>
        </p>
      )}
      <div className="row wrap">
        <button
          type="button"
          className="button primary"
          onClick={() => void remoteAct(() => window.officina.checkTeamViewer({}))}
        >
          <ShieldCheck size={16} aria-hidden />
          {t('remote.check')}
        </button>
        {view.practice ? null : (
          <button
            type="button"
            className="button"
            onClick={() => void remoteAct(() => window.officina.chooseTeamViewer({}))}
          >
            <FileSearch size={16} aria-hidden />
            {t('remote.chooseTool')}
          </button>
        )}
        <DatabankLink />
      </div>
      {view.practice ? null : <p className="dim small">{t('remote.chooseToolNote')}</p>}
    </section>
  );
}
