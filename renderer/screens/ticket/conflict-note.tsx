import { Archive, CornerDownLeft, Send } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { OutboxItem } from '../../../shared/domain/outbox-item.ts';
import type { Message } from '../../../shared/domain/ticket.ts';
import type { TicketView } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { CopyButton } from '../../features/copy-button.tsx';
import { TextBlock } from '../../components/text-block.tsx';
import { attempt } from '../../stores/app-store.ts';
import { useOutbox } from '../../stores/outbox-store.ts';
import { useTicket } from '../../stores/ticket-store.ts';
import { useTranslation } from '../../words/translation.ts';

type Conflict = {
  readonly item: OutboxItem;
  readonly reply: Message;
  readonly meanwhile: readonly Message[];
};

/** Replies that wait for a person's word, each with what came from the portal after it was written. */
function conflictsOf(view: TicketView, heldIds: ReadonlySet<string>): readonly Conflict[] {
  const { messages, outbox } = view;
  return outbox.flatMap((item) => {
    const { work } = item;
    if (work.kind !== 'send-message' || !heldIds.has(item.id)) return [];
    const place = messages.findIndex(({ id }) => id === work.messageId);
    const reply = messages[place];
    if (reply === undefined) return [];
    const meanwhile = messages
      .slice(place + 1)
      .filter((message) => message.delivery === 'delivered' && message.author.kind !== 'system');
    return [{ item, reply, meanwhile }];
  });
}

/** What the portal says now, in its own words. */
function PortalSide({
  meanwhile,
  isClosed,
}: {
  readonly meanwhile: readonly Message[];
  readonly isClosed: boolean;
}): ReactNode {
  const { t, moment } = useTranslation();
  return (
    <>
      {isClosed ? <p className="strong">{t('conflict.closed')}</p> : null}
      {meanwhile.map(({ id, author, at, text }) => (
        <div key={id} className="stack tight">
          <p className="dim small">
            {author.kind === 'operator'
              ? t('ticket.operator', { name: author.name })
              : t('conflict.elsewhere')}{' '}
            · {moment(at)}
          </p>
          <p className="words-kept">{text}</p>
        </div>
      ))}
    </>
  );
}

function OneConflict({
  conflict,
  isClosed,
}: {
  readonly conflict: Conflict;
  readonly isClosed: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const title = useId();
  const { item, reply, meanwhile } = conflict;
  const act = (work: () => Promise<unknown>): void =>
    void attempt(async () => {
      await work();
      await Promise.all([useOutbox.getState().refresh(), useTicket.getState().refresh()]);
    });
  return (
    <section className="card stack tight conflict" aria-labelledby={title}>
      <h2 id={title}>{t('conflict.title')}</h2>
      <p className="dim small">{t('conflict.text')}</p>
      <div className="conflict-sides">
        <section className="stack tight" aria-label={t('conflict.portal')}>
          <h3>{t('conflict.portal')}</h3>
          <PortalSide meanwhile={meanwhile} isClosed={isClosed} />
        </section>
        <section className="stack tight" aria-label={t('conflict.here')}>
          <div className="row between">
            <h3>{t('conflict.here')}</h3>
            <CopyButton text={reply.text} label={t('conflict.copy')} />
          </div>
          <TextBlock text={reply.text} label={t('conflict.here')} />
        </section>
      </div>
      {isClosed ? <p className="dim small">{t('conflict.closedHint')}</p> : null}
      <div className="row wrap">
        <button
          type="button"
          className="button"
          onClick={() => act(() => unwrap(window.officina.holdOutboxItem({ id: item.id, hold: null })))}
        >
          <Send size={16} aria-hidden />
          {t('conflict.send')}
        </button>
        {isClosed ? null : (
          <button
            type="button"
            className="button"
            onClick={() =>
              act(async () => {
                await unwrap(window.officina.removeOutboxItem({ id: item.id }));
                const { reply: back } = await unwrap(window.officina.ticket({ id: item.ticketId }));
                useTicket.getState().bring(back);
                document.getElementById('reply-text')?.focus();
              })
            }
          >
            <CornerDownLeft size={16} aria-hidden />
            {t('conflict.change')}
          </button>
        )}
        <button
          type="button"
          className="button quiet"
          onClick={() => act(() => unwrap(window.officina.setOutboxItemAside({ id: item.id })))}
        >
          <Archive size={16} aria-hidden />
          {t('conflict.takeBack')}
        </button>
      </div>
    </section>
  );
}

/**
 * A reply waited here while the ticket was closed, or answered from elsewhere: both stand side by side, and nothing of the reply is sent
 * or changed before the person says what becomes of it.
 */
export function ConflictNotes({ view }: { readonly view: TicketView }): ReactNode {
  const rows = useOutbox((state) => state.rows);
  const heldIds = new Set(
    (rows ?? []).filter(({ hold }) => hold?.kind === 'conflict').map(({ id }) => id as string),
  );
  return conflictsOf(view, heldIds).map((conflict) => (
    <OneConflict key={conflict.item.id} conflict={conflict} isClosed={view.ticket.state === 'closed'} />
  ));
}
