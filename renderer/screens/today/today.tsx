import { CornerDownLeft, Plus } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { RequestRow } from '../../../shared/ipc/views.ts';
import { localeOf } from '../../../shared/i18n/translator.ts';
import { openRequest } from '../../app/open-request.ts';
import { startRequest } from '../../app/start-request.ts';
import { useTranslation } from '../../app/translation.ts';
import { Identifier } from '../../components/identifier.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useEvidence } from '../../stores/evidence-store.ts';
import { useRequestRows } from '../../stores/request-rows.ts';
import { useRequests } from '../../stores/requests-store.ts';
import { PortalDay } from './portal-day.tsx';
import { FoundOnPc } from './found-on-pc.tsx';
import { RequestLines } from './request-lines.tsx';
import { WaitingLines } from './waiting-lines.tsx';

const shownDrafts = 6;

const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

function sentence(counts: { readonly you: number; readonly waiting: number; readonly drafts: number } | null, t: ReturnType<typeof useTranslation>['t']): string {
  if (counts === null) return '';
  const parts = [...(counts.you > 0 ? [t('today.you', { count: counts.you })] : []), ...(counts.waiting > 0 ? [t('today.waiting', { count: counts.waiting })] : []), ...(counts.drafts > 0 ? [t('today.drafts', { count: counts.drafts })] : [])];
  return parts.length === 0 ? t('today.none') : capitalised(t('today.sentence', { parts: parts.join(', ') }));
}

function YourTurn({ rows }: { readonly rows: readonly RequestRow[] }): ReactNode {
  const { t, moment } = useTranslation();
  const go = useApp((state) => state.go);
  return (
    <section className="stack tight" aria-label={t('today.yourTurn')}>
      <h2>{t('today.yourTurn')} <span className="count-word">{rows.length}</span></h2>
      <ul className="turn-cards">
        {rows.map((row) => (
          <li key={row.id} className="turn-card">
            <div className="row between wrap"><span className="row">{row.number === null ? null : <Identifier text={row.number} />}<span className="dim">{[row.productName, row.vehicle].filter((part) => part !== '').join(' · ')}</span></span><span className="dim small">{moment(row.updatedAt)}</span></div>
            <h3>{row.title === '' ? t('requests.untitled') : row.title}</h3>
            {row.lastMessage === '' ? null : <p className="ask">{row.lastMessage}</p>}
            <div><button type="button" className="button" aria-label={t('today.answerTo', { title: row.title })} onClick={() => openRequest(row, go)}><CornerDownLeft size={16} aria-hidden />{t('today.answer')}</button></div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FirstSteps(): ReactNode {
  const { t } = useTranslation();
  const go = useApp((state) => state.go);
  const tools = useApp((state) => state.tools.length);
  return (
    <section className="card roomy stack">
      <h2>{t('today.start')}</h2>
      <ol className="first-steps"><li data-done={tools > 0}>{t('today.step1')}</li><li>{t('today.step2')}</li><li>{t('today.step3')}</li></ol>
      <div className="row wrap">
        {tools === 0 ? <button type="button" className="button" onClick={() => go({ screen: 'tools' })}><Plus size={16} aria-hidden />{t('tools.add')}</button> : null}
        <button type="button" className="button" onClick={() => startRequest()}><Plus size={16} aria-hidden />{t('today.first')}</button>
      </div>
    </section>
  );
}

/** What waits for this workshop now: your turn first, then what is on its way, then the rest. */
export function Today(): ReactNode {
  const { t, language } = useTranslation();
  const company = useApp((state) => state.info?.profile?.company ?? '');
  const go = useApp((state) => state.go);
  const counts = useRequests((state) => state.counts);
  const yours = useRequestRows('you')?.filter((row) => row.stage !== 'draft') ?? null;
  const waiting = useRequestRows('waiting');
  const drafts = useRequestRows('drafts');
  const vendor = useRequestRows('vendor');
  useEffect(() => {
    const { candidates, scan } = useEvidence.getState();
    if (candidates.length === 0) void scan();
  }, []);
  if (yours === null || waiting === null || drafts === null || vendor === null) return <div className="page"><Skeleton lines={6} label={t('action.loading')} /></div>;
  const nothing = yours.length + waiting.length + drafts.length + vendor.length === 0;
  return (
    <div className="page wide-gap">
      <div className="page-head"><div><h1>{t('today.title', { company })}</h1><p className="dim">{sentence(counts === null ? null : { you: yours.length, waiting: counts.waiting ?? 0, drafts: counts.drafts ?? 0 }, t)}</p></div><span className="dim small">{capitalised(new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'full' }).format(new Date()))}</span></div>
      <PortalDay />
      {yours.length === 0 ? null : <YourTurn rows={yours} />}
      {nothing ? <FirstSteps /> : null}
      <FoundOnPc />
      {waiting.length === 0 ? null : <section className="stack tight" aria-label={t('today.onTheWay')}><h2>{t('today.onTheWay')}</h2><WaitingLines rows={waiting} /></section>}
      {drafts.length === 0 ? null : (
        <section className="stack tight" aria-label={t('today.inProgress')}>
          <h2>{t('today.inProgress')}</h2>
          <RequestLines rows={drafts.slice(0, shownDrafts)} />
          {drafts.length > shownDrafts ? <div><button type="button" className="button quiet" onClick={() => {
            useRequests.getState().choose('drafts');
            go({ screen: 'requests' });
          }}>{t('today.allDrafts', { count: counts?.drafts ?? drafts.length })}</button></div> : null}
        </section>
      )}
      {vendor.length === 0 ? null : <section className="stack tight" aria-label={t('today.theirTurn')}><h2>{t('today.theirTurn')}</h2><RequestLines rows={vendor.slice(0, shownDrafts)} /></section>}
    </div>
  );
}
