import { CheckCheck, CircleAlert, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { stoppedBy } from '../features/stopped.ts';
import { useOutbox } from '../stores/outbox-store.ts';
import { usePortal } from '../stores/portal-store.ts';
import { useUnsaved } from '../stores/unsaved-store.ts';
import { useTranslation } from '../words/translation.ts';

/** "All saved · 1 in queue", and the way to the outbox. */
export function SyncState(): ReactNode {
  const { t } = useTranslation();
  const unsaved = useUnsaved((state) => state.places.size > 0);
  const waiting = usePortal((state) => state.status?.waiting ?? 0);
  const asking = useOutbox(
    (state) =>
      state.rows?.some(
        (row) => row.state === 'to-verify' || row.state === 'rejected' || row.hold?.kind === 'conflict',
      ) ?? false,
  );
  const stopped = usePortal(
    (state) => state.status !== null && state.status.waiting > 0 && stoppedBy(state.status) !== null,
  );
  const open = useOutbox((state) => state.setOpen);
  const needy = unsaved || asking || stopped;
  const Icon = needy ? CircleAlert : waiting > 0 ? Clock : CheckCheck;
  const words = [
    t(unsaved ? 'sync.notSaved' : 'sync.saved'),
    ...(waiting > 0 ? [t('sync.waiting', { count: waiting })] : []),
    ...(stopped ? [t('sync.stopped')] : []),
    ...(asking ? [t('sync.decide')] : []),
  ].join(' · ');
  return (
    <button
      type="button"
      className={needy ? 'sync attention' : 'sync'}
      title={t('sync.open')}
      aria-label={`${words}. ${t('sync.open')}`}
      onClick={() => open(true)}
    >
      <Icon size={16} aria-hidden />
      <span className="words">{words}</span>
      {waiting > 0 ? (
        <span className="few" aria-hidden>
          {waiting}
        </span>
      ) : null}
    </button>
  );
}
