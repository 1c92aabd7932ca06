import { Archive, ArrowUpRight, Check, FolderDown, KeyRound, RotateCw, Settings, Trash2 } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { type AppError, appError, type ErrorCode } from '../../../shared/domain/app-error.ts';
import { displayName } from '../../../shared/domain/display-name.ts';
import { waitRule } from '../../../shared/flows/queue-gate.ts';
import type { OutboxRow } from '../../../shared/ipc/views.ts';
import { CallFailed, unwrap } from '../../bridge/bridge.ts';
import {
  isInLine,
  outboxReason,
  saysItFollows,
  shownFailure,
  waitFacts,
} from '../../features/outbox-reason.ts';
import { stopOf } from '../../features/stopped.ts';
import { outboxLook } from '../../features/request-state.ts';
import { writeToFolder } from '../../features/save-folder.ts';
import { useTranslation } from '../../words/translation.ts';
import { Chip } from '../../components/chip.tsx';
import { ErrorNotice } from '../../features/error-notice.tsx';
import { Why } from '../../components/why.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { type Route, useApp } from '../../stores/app-store.ts';
import { useOutbox } from '../../stores/outbox-store.ts';
import { NewTerms } from './new-terms.tsx';
import { HoldItem } from './hold-item.tsx';
import { DecideItem } from './decide-item.tsx';

/** What the person may take out of the way without taking it back. */
const canBeSetAside: ReadonlySet<OutboxRow['state']> = new Set([
  'queued',
  'sending',
  'unknown',
  'to-verify',
  'rejected',
]);

/** Failures that may pass by themselves, and may lie in what stands in the settings. */
const mendedInSettings: ReadonlySet<ErrorCode> = new Set(['portal.notTheApi', 'portal.forbidden']);

/** How much of a file is on the portal by now. */
function SentSoFar({ row }: { readonly row: OutboxRow }): ReactNode {
  const { t, size } = useTranslation();
  if (row.sentBytes === null || row.totalBytes === null) return null;
  return (
    <div className="progress-line">
      <ProgressBar
        label={t('outbox.uploading')}
        share={row.totalBytes === 0 ? null : row.sentBytes / row.totalBytes}
      />
      <span className="dim small number">
        {t('evidence.copied', { done: size(row.sentBytes), all: size(row.totalBytes) })}
      </span>
    </div>
  );
}

function BringBack({
  row,
  onAct,
}: {
  readonly row: OutboxRow;
  readonly onAct: (work: () => Promise<unknown>) => void;
}): ReactNode {
  const { t } = useTranslation();
  if (row.state !== 'set-aside') return null;
  return (
    <button
      type="button"
      className="button"
      onClick={() => onAct(() => unwrap(window.officina.retryOutboxItem({ id: row.id })))}
    >
      <RotateCw size={16} aria-hidden />
      {t('outbox.bringBack')}
    </button>
  );
}

/** Leaves the panel for another screen. */
function goTo(route: Route): void {
  useOutbox.getState().setOpen(false);
  useApp.getState().go(route);
}

/** What a person can do about one thing on its way, as it stands; `failure` as it is shown above. */
function ItemActions({
  row,
  follows,
  failure,
  onAct,
  onRemove,
}: {
  readonly row: OutboxRow;
  readonly follows: boolean;
  readonly failure: AppError | null;
  readonly onAct: (work: () => Promise<unknown>) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const forTerms = row.waitReason?.kind === 'terms';
  const isElsewhere = row.waitReason?.kind === 'recipient';
  const isHeld = row.waitReason?.kind === 'held';
  const stop = row.waitReason?.kind === 'person' ? stopOf(failure, words) : null;
  return (
    <div className="row wrap">
      {stop === null ? null : (
        <button
          type="button"
          className="button primary"
          onClick={() => goTo({ screen: 'settings', at: stop.field })}
        >
          <KeyRound size={16} aria-hidden />
          {stop.go}
        </button>
      )}
      {isElsewhere || (failure !== null && mendedInSettings.has(failure.code)) ? (
        <button type="button" className="button" onClick={() => goTo({ screen: 'settings', at: 'portal' })}>
          <Settings size={16} aria-hidden />
          {t(isElsewhere ? 'outbox.choosePortal' : 'outbox.toSettings')}
        </button>
      ) : null}
      {!follows &&
      !forTerms &&
      !isElsewhere &&
      !isHeld &&
      !isInLine(row) &&
      (row.state === 'queued' || row.state === 'rejected' || row.state === 'unknown') ? (
        <button
          type="button"
          className="button"
          onClick={() => onAct(() => unwrap(window.officina.retryOutboxItem({ id: row.id })))}
        >
          <RotateCw size={16} aria-hidden />
          {t('outbox.retryNow')}
        </button>
      ) : null}
      {row.state === 'by-hand' && row.work.kind !== 'create-ticket' ? (
        <button
          type="button"
          className="button"
          onClick={() =>
            onAct(() =>
              unwrap(window.officina.decideOutboxItem({ id: row.id, decision: { kind: 'carried' } })),
            )
          }
        >
          <Check size={16} aria-hidden />
          {t('outbox.carried')}
        </button>
      ) : null}
      <BringBack row={row} onAct={onAct} />
      <button
        type="button"
        className="button quiet"
        onClick={() => goTo({ screen: 'ticket', id: row.ticketId })}
      >
        <ArrowUpRight size={16} aria-hidden />
        {t('today.open')}
      </button>
      {row.work.kind === 'create-ticket' ? (
        <button
          type="button"
          className="button quiet"
          onClick={() => onAct(() => writeToFolder(row.ticketId, t))}
        >
          <FolderDown size={16} aria-hidden />
          {t('action.saveFolder')}
        </button>
      ) : null}
      {!canBeSetAside.has(row.state) || follows ? null : (
        <button
          type="button"
          className="button quiet"
          onClick={() => onAct(() => unwrap(window.officina.setOutboxItemAside({ id: row.id })))}
        >
          <Archive size={16} aria-hidden />
          {t('outbox.setAside')}
        </button>
      )}
      <button type="button" className="button quiet" onClick={onRemove}>
        <Trash2 size={16} aria-hidden />
        {t('outbox.remove')}
      </button>
    </div>
  );
}

/** One thing on its way, with everything known of it and what can be done; what only follows another says so and no more. Failures are told inside the card: the panel covers the screen. */
export function OutboxItemCard({
  row,
  follows,
  onRemove,
}: {
  readonly row: OutboxRow;
  readonly follows: boolean;
  readonly onRemove: () => void;
}): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const [failure, setFailure] = useState<AppError | null>(null);
  const card = useRef<HTMLElement>(null);
  const look = outboxLook(row.state, t, row.work.kind);
  const isElsewhere = row.waitReason?.kind === 'recipient';
  const isHeld = row.waitReason?.kind === 'held';
  const lastError = shownFailure(row, follows);
  const isFollower = saysItFollows(row, follows);
  const rule = isFollower ? 'R-TICKET-1' : waitRule(row.waitReason);
  // A button that goes with the state it was for must not throw the keyboard back to the head of the panel.
  const keepFocus = (): void => {
    if (document.activeElement?.contains(card.current) === true) card.current?.focus({ preventScroll: true });
  };
  const act = (work: () => Promise<unknown>): void =>
    void work()
      .then(() => setFailure(null))
      .catch((fault: unknown) =>
        setFailure(fault instanceof CallFailed ? fault.error : appError('E_UNEXPECTED')),
      )
      .finally(() => void useOutbox.getState().refresh().then(keepFocus));
  const what = t(`outboxWork.${row.work.kind}`, {
    name: row.fileName === null ? '' : displayName(row.fileName),
  });
  return (
    <article ref={card} tabIndex={-1} className="card roomy stack tight" aria-label={`${what}: ${row.title}`}>
      <div className="row between wrap">
        <span className="strong">{what}</span>
        <Chip tone={look.tone} icon={look.icon}>
          {look.words}
        </Chip>
      </div>
      <p className="dim small">{[row.number ?? '', row.title].filter((part) => part !== '').join(' · ')}</p>
      <p className="small">
        {isFollower ? t('outboxWhy.follows') : outboxReason(row, words)}
        {row.attempts > 0 && row.state !== 'by-hand'
          ? ` ${t('outbox.attempts', { count: row.attempts })}`
          : ''}{' '}
        {rule === null ? null : <Why ruleId={rule} answer="inform" lookedAt={waitFacts(row, words)} />}
      </p>
      <SentSoFar row={row} />
      {lastError === null ? null : <ErrorNotice error={lastError} />}
      {row.state === 'to-verify' ? <DecideItem row={row} onAct={act} /> : null}
      {row.waitReason?.kind === 'terms' ? <NewTerms /> : null}
      {follows || isElsewhere || (isHeld && row.hold === null) ? null : <HoldItem row={row} onAct={act} />}
      {failure === null ? null : <ErrorNotice error={failure} onDismiss={() => setFailure(null)} />}
      <ItemActions row={row} follows={follows} failure={lastError} onAct={act} onRemove={onRemove} />
    </article>
  );
}
