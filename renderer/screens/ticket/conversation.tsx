import {
  CircleCheck,
  CircleX,
  Clock,
  Info,
  type LucideIcon,
  MonitorCheck,
  MonitorOff,
  Paperclip,
  RotateCcw,
  Send,
  Trash2,
  UserCheck,
} from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { fieldText } from '../../../shared/domain/draft.ts';
import type { Attachment, Message, ToldEvent } from '../../../shared/domain/ticket.ts';
import type { TicketView } from '../../../shared/ipc/views.ts';
import { asInQueue, followsRequest, outboxCause } from '../../features/outbox-reason.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { Confirm } from '../../components/confirm.tsx';
import { FileName } from '../../components/file-name.tsx';
import { TicketPaper } from '../../components/ticket-paper.tsx';
import { attempt } from '../../stores/app-store.ts';
import { useOutbox } from '../../stores/outbox-store.ts';
import { useTicket } from '../../stores/ticket-store.ts';

const eventIcons: Readonly<Record<ToldEvent, LucideIcon>> = {
  'session-requested': MonitorCheck,
  'session-ended': MonitorOff,
  received: CircleCheck,
  assigned: UserCheck,
  closed: CircleX,
  reopened: RotateCcw,
  other: Info,
};
const deliveryIcons: Record<Message['delivery'], LucideIcon> = {
  queued: Clock,
  delivered: CircleCheck,
  failed: CircleX,
  withdrawn: CircleX,
};

function Files({ files }: { readonly files: readonly Attachment[] }): ReactNode {
  const { size } = useTranslation();
  if (files.length === 0) return null;
  return (
    <ul className="message-files">
      {files.map((file, index) => (
        <li key={file.evidenceId ?? `${index}:${file.name}`}>
          <Paperclip size={14} aria-hidden />
          <FileName name={file.name} />
          {/* A page that names a file does not always say how large it is. */}
          {file.sizeBytes === 0 && file.evidenceId === null ? null : (
            <span className="dim">{size(file.sizeBytes)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Written down here by a person: said beside it, and taken back where it was a slip. */
function StatedMark({ message }: { readonly message: Message }): ReactNode {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (message.author.kind === 'customer' || message.author.stated !== true) return null;
  const withdraw = (): void =>
    void attempt(async () => {
      await unwrap(window.officina.withdrawStated({ id: message.id }));
      await useTicket.getState().refresh();
    });
  return (
    <>
      {' · '}
      <span className="stated-mark">{t('stated.mark')}</span>
      <button
        type="button"
        className="button icon quiet"
        aria-label={t('stated.remove')}
        title={t('stated.remove')}
        onClick={() => setAsking(true)}
      >
        <Trash2 size={14} aria-hidden />
      </button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('stated.removeTitle')}
        text={t('stated.removeText')}
        keep={t('action.cancel')}
        go={t('stated.remove')}
        tone="plain"
        onGo={withdraw}
      />
    </>
  );
}

function SystemEntry({ message }: { readonly message: Message & { author: { kind: 'system' } } }): ReactNode {
  const { t, moment } = useTranslation();
  const { event, detail } = message.author;
  const Icon = eventIcons[event];
  return (
    <div className="system-event">
      <Icon size={14} aria-hidden />
      {t(`systemEvent.${event}`, { detail })} · {moment(message.at)}
      <StatedMark message={message} />
      {message.text === '' ? null : <p className="words-kept">{message.text}</p>}
    </div>
  );
}

function isSystem(message: Message): message is Message & { author: { kind: 'system' } } {
  return message.author.kind === 'system';
}

function Bubble({ message, view }: { readonly message: Message; readonly view: TicketView }): ReactNode {
  const words = useTranslation();
  const { t, moment } = words;
  const rows = useOutbox((state) => state.rows);
  const mine = message.author.kind === 'customer';
  const Icon = deliveryIcons[message.delivery];
  const waiting = view.outbox.find(
    (item) =>
      item.work.kind === 'send-message' && item.work.messageId === message.id && item.state !== 'accepted',
  );
  const by =
    message.author.kind === 'operator'
      ? t('ticket.operator', { name: message.author.name })
      : t('ticket.you');
  return (
    <article className={mine ? 'message mine' : 'message'} aria-label={`${by}, ${moment(message.at)}`}>
      <p className="by">
        {by} · {moment(message.at)}
        <StatedMark message={message} />
        {mine ? (
          <span className={`delivery ${message.delivery}`}>
            <Icon size={14} aria-hidden />
            {t(`delivery.${message.delivery}`)}
            {waiting === undefined
              ? ''
              : ` · ${outboxCause(asInQueue(waiting, rows), words, followsRequest(waiting, view.outbox))}`}
          </span>
        ) : null}
      </p>
      <div className="bubble">
        <p className="words-kept">{message.text}</p>
        <Files files={message.attachments} />
      </div>
    </article>
  );
}

/** The request itself, as its writer's first words; the whole text that left the PC is one click away. */
function FirstMessage({ view }: { readonly view: TicketView }): ReactNode {
  const { t, moment } = useTranslation();
  const { ticket, evidence } = view;
  const name = t(ticket.receivedAt === null ? 'ticket.asPrepared' : 'ticket.asSent');
  const words = ticket.content === null ? '' : fieldText(ticket.content, 'problem');
  const own = new Set(ticket.content?.evidenceIds ?? []);
  const files = evidence
    .filter((file) => own.has(file.id))
    .map((file) => ({
      evidenceId: file.id,
      name: file.name,
      sizeBytes: file.sizeBytes,
      sha256: file.sha256,
    }));
  return (
    <article className="message mine" aria-label={name}>
      <p className="by">
        {t('ticket.you')} · {moment(ticket.frozenAt)}
      </p>
      <div className="bubble">
        <p className="words-kept">{words === '' ? ticket.text.subject : words}</p>
        <Files files={files} />
        <details className="first-message">
          <summary>{name}</summary>
          <TicketPaper text={ticket.text} />
        </details>
      </div>
    </article>
  );
}

/** What was said and what happened, in the portal's order; the first entry is the request itself, word for word. */
export function Conversation({ view }: { readonly view: TicketView }): ReactNode {
  const { t, moment } = useTranslation();
  const { ticket, messages } = view;
  const end = useRef<HTMLDivElement>(null);
  const count = messages.length;
  // That it was sent and that it was received is one event, said above the request.
  const isShown = (message: Message): boolean =>
    ticket.receivedAt === null ||
    !isSystem(message) ||
    message.author.event !== 'received' ||
    message.author.stated === true ||
    message.text !== '';
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  return (
    <div className="messages" role="log" aria-label={t('ticket.conversation')}>
      {ticket.receivedAt === null ? (
        <p className="system-event">
          <Clock size={14} aria-hidden />
          {t('ticket.preparedAt', { time: moment(ticket.frozenAt) })}
        </p>
      ) : (
        <p className="system-event">
          <Send size={14} aria-hidden />
          {t('ticket.sentAt', { time: moment(ticket.frozenAt) })} ·{' '}
          {t('ticket.receivedAt', { time: moment(ticket.receivedAt) })}
        </p>
      )}
      <FirstMessage view={view} />
      {messages
        .filter(isShown)
        .map((message) =>
          isSystem(message) ? (
            <SystemEntry key={message.id} message={message} />
          ) : (
            <Bubble key={message.id} message={message} view={view} />
          ),
        )}
      <div ref={end} />
    </div>
  );
}
