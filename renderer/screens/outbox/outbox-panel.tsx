import { Inbox } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type AppError, appError } from '../../../shared/domain/app-error.ts';
import { isPerhapsThere } from '../../../shared/flows/queue-gate.ts';
import type { OutboxRow } from '../../../shared/ipc/views.ts';
import { followsRequest } from '../../features/outbox-reason.ts';
import { useTranslation } from '../../words/translation.ts';
import { Confirm } from '../../components/confirm.tsx';
import { ErrorNotice } from '../../features/error-notice.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useOutbox } from '../../stores/outbox-store.ts';
import { OutboxItemCard } from './outbox-item-card.tsx';

/** What removing means: for what may have reached the portal something else than for what certainly did not. */
function removalText(
  row: OutboxRow | null,
): 'outbox.removeText' | 'outbox.removeDoubtText' | 'outbox.removeSentText' {
  if (row === null || !isPerhapsThere(row)) return 'outbox.removeText';
  return row.work.kind === 'create-ticket' ? 'outbox.removeDoubtText' : 'outbox.removeSentText';
}

/** Everything on its way to the portal: state, reason, time, last answer; nothing in it moves without being seen here (COMPLAINT-11). */
export function OutboxPanel(): ReactNode {
  const { t } = useTranslation();
  const { rows, open, setOpen, refresh } = useOutbox();
  const [failure, setFailure] = useState<AppError | null>(null);
  const [removing, setRemoving] = useState<OutboxRow | null>(null);
  const remove = (): void => {
    if (removing === null) return;
    void window.officina
      .removeOutboxItem({ id: removing.id })
      .then(
        (result) => setFailure(result.ok ? null : result.error),
        () => setFailure(appError('E_UNEXPECTED')),
      )
      .then(refresh);
  };
  const waiting = (rows ?? []).filter((row) => row.state !== 'accepted');
  return (
    <>
      <Sheet open={open} onOpenChange={setOpen} title={t('outbox.title')} close={t('action.close')}>
        {failure === null ? null : <ErrorNotice error={failure} onDismiss={() => setFailure(null)} />}
        {waiting.length === 0 ? (
          <EmptyState icon={Inbox} title={t('outbox.emptyTitle')} text={t('outbox.empty')} />
        ) : (
          <ul className="plain stack">
            {waiting.map((row) => (
              <li key={row.id}>
                <OutboxItemCard
                  row={row}
                  follows={followsRequest(row, waiting)}
                  onRemove={() => setRemoving(row)}
                />
              </li>
            ))}
          </ul>
        )}
      </Sheet>
      <Confirm
        open={removing !== null}
        onOpenChange={(asked) => (asked ? undefined : setRemoving(null))}
        title={t('outbox.removeTitle')}
        text={t(removalText(removing))}
        keep={t('outbox.removeKeep')}
        go={t('outbox.remove')}
        onGo={remove}
      />
    </>
  );
}
