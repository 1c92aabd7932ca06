import { ExternalLink, FileInput, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TermsView } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { FileName } from '../../components/file-name.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { attempt } from '../../stores/app-store.ts';

/** The terms in our own words with the way to the official ones; accepting them is one act that says what it does, and nothing else does it (R-ACCEPT-1). */
export function TermsCard({
  terms,
  onAccepted,
}: {
  readonly terms: TermsView;
  readonly onAccepted: (terms: TermsView) => void;
}): ReactNode {
  const { t, language, moment } = useTranslation();
  const bringIn = (): void =>
    void attempt(() => unwrap(window.officina.importTermsDocument({}))).then((view) =>
      view === null ? undefined : onAccepted(view),
    );
  const accept = (): void =>
    void attempt(async () =>
      onAccepted(await unwrap(window.officina.acceptTerms({ version: terms.version, sha256: terms.sha256 }))),
    );
  return (
    <section className="stack tight" aria-label={t('terms.title')}>
      <div className="row between wrap">
        <h2>{t('terms.title')}</h2>
        <button
          type="button"
          className="button quiet"
          onClick={() => void attempt(() => unwrap(window.officina.openExternalLink({ url: terms.url })))}
        >
          <ExternalLink size={16} aria-hidden />
          {t('terms.official')}
        </button>
      </div>
      <div className="card roomy stack tight">
        {terms.summary.length === 0 ? (
          <p className="dim">{t('terms.noSummary')}</p>
        ) : (
          <ul className="points">
            {terms.summary.map((point) => (
              <li key={point.ruleId}>{point[language]}</li>
            ))}
          </ul>
        )}
        <p className="dim small">{t('terms.version', { version: terms.version })}</p>
        <details className="licence small">
          <summary aria-label={`${t('action.details')}: ${t('terms.title')}`}>{t('action.details')}</summary>
          <p className="dim hash">
            SHA-256 <Identifier text={terms.sha256} />
          </p>
        </details>
        {terms.document === null ? null : (
          <p className="small">
            <FileName name={terms.document.name} />{' '}
            <span className="dim">
              {t('terms.documentKept', { time: moment(terms.document.importedAt) })}{' '}
              {t(terms.document.sha256 === terms.sha256 ? 'terms.documentSame' : 'terms.documentOther')}
            </span>
          </p>
        )}
        <div>
          <button type="button" className="button quiet" onClick={bringIn}>
            <FileInput size={16} aria-hidden />
            {t('terms.bringIn')}
          </button>
        </div>
        {terms.acceptedAt === null ? (
          <div>
            <button id="terms-accept" type="button" className="button" onClick={accept}>
              <ShieldCheck size={16} aria-hidden />
              {t('terms.accept')}
            </button>
          </div>
        ) : (
          <p className="row ok small">
            <ShieldCheck size={16} aria-hidden />
            {t('terms.accepted', { time: moment(terms.acceptedAt) })}
          </p>
        )}
      </div>
    </section>
  );
}
