import { ArrowUpRight, CornerDownLeft, MonitorCheck, Plus, RotateCw } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { OutboxRow, RequestList, RequestRow } from '../../../shared/ipc/views.ts';
import { localeOf } from '../../../shared/i18n/translator.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { openRequest } from '../../features/open-request.ts';
import { outboxReason } from '../../features/outbox-reason.ts';
import { requestLook } from '../../features/request-state.ts';
import { portalNowMs } from '../../features/portal-now.ts';
import { startRequest } from '../../features/start-request.ts';
import { useTranslation } from '../../words/translation.ts';
import { Chip } from '../../components/chip.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { PracticeAnew } from '../../features/practice-anew.tsx';
import { SampleOffer } from '../../features/sample-offer.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useEvidence } from '../../stores/evidence-store.ts';
import { useOutbox } from '../../stores/outbox-store.ts';
import { isPractice, usePortal } from '../../stores/portal-store.ts';
import { useRequestRows } from '../../stores/request-rows.ts';
import { useRequests } from '../../stores/requests-store.ts';
import { PortalDay } from './portal-day.tsx';
import { FoundOnPc } from './found-on-pc.tsx';
import { RequestLines } from './request-lines.tsx';
import { WaitingLines } from './waiting-lines.tsx';

/** Of each kind: a page that is read in a minute, with the way to the rest beneath. */
const shownRows = 6;

const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

function sentence(
  counts: {
    readonly you: number;
    readonly waiting: number;
    readonly elsewhere: number;
    readonly drafts: number;
  },
  t: ReturnType<typeof useTranslation>['t'],
): string {
  const parts = [
    ...(counts.you > 0 ? [t('today.you', { count: counts.you })] : []),
    ...(counts.waiting > 0 ? [t('today.waiting', { count: counts.waiting })] : []),
    ...(counts.elsewhere > 0 ? [t('today.elsewhere', { count: counts.elsewhere })] : []),
    ...(counts.drafts > 0 ? [t('today.drafts', { count: counts.drafts })] : []),
  ];
  return parts.length === 0 ? t('today.none') : capitalised(t('today.sentence', { parts: parts.join(', ') }));
}

/** States in which a thing of the queue goes nowhere until the person decides. */
const keptBack: ReadonlySet<OutboxRow['state']> = new Set(['rejected', 'to-verify', 'by-hand', 'set-aside']);

/** What of a request with a number goes nowhere by itself, in the words of the queue, and the way to decide. */
function KeptBack({ item, title }: { readonly item: OutboxRow; readonly title: string }): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const name = item.fileName === null ? '' : displayName(item.fileName);
  const what = t(`outboxWork.${item.work.kind}`, { name });
  return (
    <>
      <p className="ask">
        {what}. {outboxReason(item, words)}
      </p>
      <div className="row wrap">
        {item.state === 'set-aside' ? (
          <button
            type="button"
            className="button"
            aria-label={`${t('outbox.bringBack')}: ${what}, ${title}`}
            onClick={() => void attempt(() => unwrap(window.officina.retryOutboxItem({ id: item.id })))}
          >
            <RotateCw size={16} aria-hidden />
            {t('outbox.bringBack')}
          </button>
        ) : null}
        <button type="button" className="button quiet" onClick={() => useOutbox.getState().setOpen(true)}>
          {t('outbox.show')}
        </button>
      </div>
    </>
  );
}

/** What the vendor waits for in this request, and the way to give it. An operator who waits for a session comes before their last words. */
function Asked({ row }: { readonly row: RequestRow }): ReactNode {
  const { t } = useTranslation();
  const go = useApp((state) => state.go);
  const title = row.title === '' ? t('requests.untitled') : row.title;
  const kept = useOutbox((state) =>
    state.rows?.find((item) => item.ticketId === row.id && keptBack.has(item.state)),
  );
  // What never got its number asks for a decision about the queue, not for an answer.
  if (row.number === null && row.outboxState !== null) {
    const look = requestLook(row, t);
    return (
      <div className="row wrap">
        <Chip tone={look.tone} icon={look.icon}>
          {look.words}
        </Chip>
        <button
          type="button"
          className="button"
          aria-label={t('today.openOf', { title })}
          onClick={() => openRequest(row, go)}
        >
          <ArrowUpRight size={16} aria-hidden />
          {t('today.open')}
        </button>
      </div>
    );
  }
  const keptBackHere = kept === undefined ? null : <KeptBack item={kept} title={title} />;
  // What lies in the queue is told alone where the vendor asks for nothing.
  if (keptBackHere !== null && row.sessionAskedBy === null && row.state !== 'waiting-customer')
    return (
      <>
        {keptBackHere}
        <div>
          <button
            type="button"
            className="button quiet"
            aria-label={t('today.openOf', { title })}
            onClick={() => openRequest(row, go)}
          >
            <ArrowUpRight size={16} aria-hidden />
            {t('today.open')}
          </button>
        </div>
      </>
    );
  if (row.sessionAskedBy === null)
    return (
      <>
        {keptBackHere}
        {row.lastMessage === '' ? null : <p className="ask">{row.lastMessage}</p>}
        <div>
          <button
            type="button"
            className="button"
            aria-label={t('today.answerTo', { title })}
            onClick={() => openRequest(row, go)}
          >
            <CornerDownLeft size={16} aria-hidden />
            {t('today.answer')}
          </button>
        </div>
      </>
    );
  return (
    <>
      {keptBackHere}
      <p className="ask">{t('today.sessionAsked', { operator: row.sessionAskedBy })}</p>
      <div className="row wrap">
        <button
          type="button"
          className="button primary"
          aria-label={t('today.sessionOf', { title })}
          onClick={() => go({ screen: 'remote', id: row.id })}
        >
          <MonitorCheck size={16} aria-hidden />
          {t('today.session')}
        </button>
        <button
          type="button"
          className="button quiet"
          aria-label={t('today.openOf', { title })}
          onClick={() => openRequest(row, go)}
        >
          {t('today.open')}
        </button>
      </div>
    </>
  );
}

function YourTurn({ list: { rows, total } }: { readonly list: RequestList }): ReactNode {
  const { t, moment } = useTranslation();
  return (
    <section className="stack tight" aria-label={t('today.yourTurn')}>
      <h2>
        {t('today.yourTurn')} <span className="count-word">{total}</span>
      </h2>
      <ul className="turn-cards">
        {rows.map((row) => (
          <li key={row.id} className="turn-card">
            <div className="row between wrap">
              <span className="row">
                {row.number === null ? null : <Identifier text={row.number} />}
                <span className="dim">
                  {[row.productName, row.vehicle].filter((part) => part !== '').join(' · ')}
                </span>
              </span>
              <span className="dim small">{moment(row.updatedAt)}</span>
            </div>
            <h3>{row.title === '' ? t('requests.untitled') : row.title}</h3>
            <Asked row={row} />
          </li>
        ))}
      </ul>
      <TheRest filter="you" list={{ rows, total }} />
    </section>
  );
}

const restWords = {
  you: 'today.allYours',
  waiting: 'today.allOnTheWay',
  drafts: 'today.allDrafts',
  vendor: 'today.allTheirs',
} as const;

/** The way to those that have no room here. */
function TheRest({
  filter,
  list: { rows, total },
}: {
  readonly filter: keyof typeof restWords;
  readonly list: Pick<RequestList, 'rows' | 'total'>;
}): ReactNode {
  const { t } = useTranslation();
  const go = useApp((state) => state.go);
  if (total <= rows.length) return null;
  const show = (): void => {
    useRequests.getState().choose(filter);
    go({ screen: 'requests' });
  };
  return (
    <div>
      <button type="button" className="button quiet" onClick={show}>
        {t(restWords[filter], { count: total })}
      </button>
    </div>
  );
}

function FirstSteps(): ReactNode {
  const { t } = useTranslation();
  const go = useApp((state) => state.go);
  const tools = useApp((state) => state.tools.length);
  const hasSamples = useApp((state) => state.info?.hasSamples ?? true);
  const practises = usePortal((state) => isPractice(state.status));
  return (
    <section className="card roomy stack">
      <h2>{t('today.start')}</h2>
      <ol className="first-steps">
        <li data-done={tools > 0}>{t('today.step1')}</li>
        <li>{t('today.step2')}</li>
        <li>{t('today.step3')}</li>
      </ol>
      <div className="row wrap">
        {tools === 0 ? (
          <button type="button" className="button" onClick={() => go({ screen: 'tools' })}>
            <Plus size={16} aria-hidden />
            {t('tools.add')}
          </button>
        ) : null}
        <button type="button" className="button" onClick={() => startRequest()}>
          <Plus size={16} aria-hidden />
          {t('today.first')}
        </button>
      </div>
      {hasSamples || !practises ? null : (
        <SampleOffer
          onLoaded={async () => {
            await useApp.getState().refresh();
            useEvidence.getState().scanAnew();
          }}
        />
      )}
    </section>
  );
}

/** What waits for this workshop now: your turn first, then what is on its way, then the rest. */
export function Today(): ReactNode {
  const { t, language } = useTranslation();
  const company = useApp((state) => state.info?.profile?.company ?? '');
  const yours = useRequestRows('you', shownRows);
  const waiting = useRequestRows('waiting', shownRows);
  const drafts = useRequestRows('drafts', shownRows);
  const vendor = useRequestRows('vendor', shownRows);
  const elsewhere = usePortal((state) => state.status?.elsewhere ?? 0);
  useEffect(() => {
    const { candidates, scan } = useEvidence.getState();
    if (candidates.length === 0) void scan();
  }, []);
  if (yours === null || waiting === null || drafts === null || vendor === null)
    return (
      <div className="page">
        <Skeleton lines={6} label={t('action.loading')} />
      </div>
    );
  const nothing = yours.total + waiting.total + elsewhere + drafts.total + vendor.total === 0;
  return (
    <div className="page wide-gap">
      <div className="page-head">
        <div>
          <h1>{company === '' ? t('nav.today') : t('today.title', { company })}</h1>
          <p className="dim">
            {sentence({ you: yours.total, waiting: waiting.total, elsewhere, drafts: drafts.total }, t)}
          </p>
        </div>
        <span className="dim small">
          {capitalised(
            new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'full' }).format(portalNowMs()),
          )}
        </span>
      </div>
      <PortalDay />
      <PracticeAnew since={null} />
      {yours.rows.length === 0 ? null : <YourTurn list={yours} />}
      <FoundOnPc />
      {nothing ? <FirstSteps /> : null}
      {waiting.rows.length === 0 ? null : (
        <section className="stack tight" aria-label={t('today.onTheWay')}>
          <h2>{t('today.onTheWay')}</h2>
          <WaitingLines rows={waiting.rows} />
          <TheRest filter="waiting" list={waiting} />
        </section>
      )}
      {drafts.rows.length === 0 ? null : (
        <section className="stack tight" aria-label={t('today.inProgress')}>
          <h2>{t('today.inProgress')}</h2>
          <RequestLines rows={drafts.rows} />
          <TheRest filter="drafts" list={drafts} />
        </section>
      )}
      {vendor.rows.length === 0 ? null : (
        <section className="stack tight" aria-label={t('today.theirTurn')}>
          <h2>{t('today.theirTurn')}</h2>
          <RequestLines rows={vendor.rows} />
          <TheRest filter="vendor" list={vendor} />
        </section>
      )}
    </div>
  );
}
