import { FileDown, ScrollText, ShieldAlert, ShieldCheck } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import {
  auditDetails,
  auditKinds,
  type AuditLine,
  type AuditReport,
  type AuditSubject,
} from '../../../shared/ipc/remote-views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { openRequest } from '../../features/open-request.ts';
import { useProductWord } from '../../features/product-word.ts';
import { useTranslation } from '../../words/translation.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FileName } from '../../components/file-name.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useToast } from '../../stores/toast-store.ts';

type Kind = (typeof auditKinds)[number];

function Subject({ about }: { readonly about: AuditSubject }): ReactNode {
  const { t } = useTranslation();
  const go = useApp((state) => state.go);
  if (about.kind === 'file') return <FileName name={about.name} />;
  return (
    <button type="button" className="go" onClick={() => openRequest(about, go)}>
      {[about.number, about.title === '' ? t('requests.untitled') : about.title]
        .filter((part) => part !== null)
        .join(' · ')}
    </button>
  );
}

function Entry({ entry }: { readonly entry: AuditLine }): ReactNode {
  const { t, moment } = useTranslation();
  const wordOf = useProductWord();
  const said = (key: (typeof auditDetails)[number], value: string | number): string =>
    key === 'product' ? wordOf(String(value)) : String(value);
  // The request's own number stands in front of its title already.
  const ownNumber = entry.about?.kind === 'request' ? entry.about.number : null;
  const detail = auditDetails
    .flatMap((key) =>
      entry.detail[key] === undefined || entry.detail[key] === ownNumber
        ? []
        : [`${t(`auditDetail.${key}`)}: ${said(key, entry.detail[key])}`],
    )
    .join(' · ');
  return (
    <li className="line">
      <span className="number dim small">{entry.sequence}</span>
      <span className="grow">
        <span className="strong">{t(`auditAction.${entry.action}`)}</span>
        {entry.about === null && detail === '' ? null : (
          <span className="note">
            {entry.about === null ? null : <Subject about={entry.about} />}
            {entry.about === null || detail === '' ? '' : ' · '}
            {displayName(detail)}
          </span>
        )}
      </span>
      <span className="when dim small">{moment(entry.at)}</span>
    </li>
  );
}

function ReportWords({ report }: { readonly report: AuditReport }): ReactNode {
  const { t } = useTranslation();
  const Icon = report.ok ? ShieldCheck : ShieldAlert;
  return (
    <output className={report.ok ? 'notice info' : 'notice warn'}>
      <Icon size={16} aria-hidden />
      <span>
        {report.ok
          ? t('audit.intact', { entries: report.entries, records: report.records })
          : t('audit.broken', { at: report.firstFaultAt ?? 0 })}
      </span>
    </output>
  );
}

/** What happened on this PC, newest first; proved on demand and written out with its seal (THREAT-12). */
export function Audit(): ReactNode {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('all');
  const [shown, setShown] = useState<{
    readonly entries: readonly AuditLine[];
    readonly total: number;
  } | null>(null);
  const [report, setReport] = useState<AuditReport | null>(null);
  const load = useCallback(async (wanted: Kind, before: readonly AuditLine[]): Promise<void> => {
    const page = await attempt(() =>
      unwrap(window.officina.auditPage({ kind: wanted, offset: before.length })),
    );
    if (page !== null) setShown({ entries: [...before, ...page.entries], total: page.total });
  }, []);
  useEffect(() => void load(kind, []), [kind, load]);
  const verify = (): void => void attempt(() => unwrap(window.officina.verifyAudit({}))).then(setReport);
  const save = async (): Promise<void> => {
    const saved = await attempt(() => unwrap(window.officina.exportAudit({})));
    if (saved !== null) useToast.getState().say(t('audit.exported', { folder: displayName(saved.folder) }));
  };
  return (
    <div className="page readable">
      <div className="page-head">
        <h1>{t('audit.title')}</h1>
        <div className="row wrap">
          <button type="button" className="button" onClick={verify}>
            <ShieldCheck size={16} aria-hidden />
            {t('audit.verify')}
          </button>
          <button type="button" className="button" onClick={() => void save()}>
            <FileDown size={16} aria-hidden />
            {t('audit.export')}
          </button>
        </div>
      </div>
      <p className="dim">{t('audit.text')}</p>
      {report === null ? null : <ReportWords report={report} />}
      <fieldset className="row wrap">
        <legend className="unseen">{t('audit.kinds')}</legend>
        {auditKinds.map((name) => (
          <button
            key={name}
            type="button"
            className="pill"
            aria-pressed={kind === name}
            onClick={() => setKind(name)}
          >
            {t(`audit.kind_${name}`)}
          </button>
        ))}
        <span className="dim small">{shown === null ? '' : t('audit.count', { count: shown.total })}</span>
      </fieldset>
      {shown === null ? null : shown.entries.length === 0 ? (
        <EmptyState icon={ScrollText} title={t('audit.empty')} text={t('audit.emptyText')} />
      ) : (
        <>
          <ol className="list whole">
            {shown.entries.map((entry) => (
              <Entry key={entry.sequence} entry={entry} />
            ))}
          </ol>
          {shown.entries.length < shown.total ? (
            <div>
              <button type="button" className="button" onClick={() => void load(kind, shown.entries)}>
                {t('audit.more')}
              </button>
            </div>
          ) : null}
        </>
      )}
    </div>
  );
}
