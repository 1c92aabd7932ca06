import { AlarmClock, ClipboardPaste, Paperclip, Send } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../shared/domain/app-error.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import { portalKinds } from '../../../shared/domain/portal-kind.ts';
import { deliveryOf } from '../../../shared/flows/queue-gate.ts';
import type { TicketView } from '../../../shared/ipc/views.ts';
import { quietly, unwrap } from '../../bridge/bridge.ts';
import { usePastedFiles } from '../../features/paste.ts';
import { useTranslation } from '../../words/translation.ts';
import { AttachedFiles } from '../../features/attached-files.tsx';
import { CopyButton } from '../../features/copy-button.tsx';
import { CopyProgress } from '../../features/copy-progress.tsx';
import { DropZone } from '../../components/drop-zone.tsx';
import { ErrorNotice } from '../../features/error-notice.tsx';
import { type SendChoice, SendWhen, sendNow } from '../../features/send-when.tsx';
import { RefusedFiles } from '../../features/refused-files.tsx';
import { TextField } from '../../components/text-field.tsx';
import { attempt } from '../../stores/app-store.ts';
import { takeClipboardImage, takeFiles } from '../../stores/evidence-store.ts';
import { usePortal } from '../../stores/portal-store.ts';
import { type Reply, type UnstoredReply, useReplies } from '../../stores/reply-store.ts';
import { StrayNote } from './stray-note.tsx';
import { useTicket } from '../../stores/ticket-store.ts';

const most = 20_000;

const withFiles = (reply: Reply, files: readonly Evidence[]): Reply => ({
  ...reply,
  files: [...reply.files, ...files.filter((file) => !reply.files.some((known) => known.id === file.id))],
});

/** What was added while the rest was on its way stays, for the next reply. */
function withoutSent(now: Reply, sent: Reply): Reply {
  return {
    text: now.text.startsWith(sent.text) ? now.text.slice(sent.text.length).trimStart() : now.text,
    files: now.files.filter((file) => !sent.files.some((gone) => gone.id === file.id)),
  };
}

/** The reply being written: what no disk has yet comes before what was stored last. */
function useReply(view: TicketView): {
  readonly reply: Reply;
  readonly current: () => Reply;
  readonly put: (change: (now: Reply) => Reply) => void;
  readonly store: () => Promise<boolean>;
  readonly unstored: UnstoredReply | null;
} {
  const { id } = view.ticket;
  const unstored = useReplies((state) => state.unstored.get(id) ?? null);
  const [reply, setReply] = useState<Reply>(
    unstored?.reply ?? { text: view.reply.text, files: view.reply.evidence },
  );
  const store = useCallback(() => useReplies.getState().flush(id), [id]);
  const latest = useRef(reply);
  const put = useCallback(
    (change: (now: Reply) => Reply): void => {
      latest.current = change(latest.current);
      setReply(latest.current);
      useReplies.getState().put(id, latest.current);
    },
    [id],
  );
  const current = useCallback(() => latest.current, []);
  useEffect(() => () => void store(), [store]);
  return { reply, current, put, store, unstored };
}

/** Why the last words are not on disk, and a way to carry them elsewhere meanwhile (D1). */
function UnsavedReply({
  reply,
  error,
  onRetry,
}: {
  readonly reply: Reply;
  readonly error: AppError;
  readonly onRetry: () => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="stack tight">
      <ErrorNotice error={error} onRetry={onRetry} />
      <div className="row wrap">
        <span className="small grow">{t('draft.unsavedHere')}</span>
        <CopyButton text={reply.text} label={t('draft.copyWritten')} words />
      </div>
    </div>
  );
}

/** Opens the choice of when the reply goes. */
function LaterButton({
  isOpen,
  onPress,
}: {
  readonly isOpen: boolean;
  readonly onPress: () => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="button icon"
      aria-label={t('hold.sendAt')}
      title={t('hold.sendAt')}
      aria-expanded={isOpen}
      onClick={onPress}
    >
      <AlarmClock size={16} aria-hidden />
    </button>
  );
}

/** The two ways to files beside dropping them: chosen, or a picture from the clipboard. */
function AddFiles({ onAdded }: { readonly onAdded: (files: readonly Evidence[]) => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() => void takeFiles(() => window.officina.chooseFiles({})).then(onAdded)}
      >
        <Paperclip size={16} aria-hidden />
        {t('ticket.attach')}
      </button>
      <button
        type="button"
        className="button icon"
        aria-label={t('draft.pasteScreenshot')}
        title={t('draft.pasteScreenshot')}
        onClick={() => void takeClipboardImage().then(onAdded)}
      >
        <ClipboardPaste size={16} aria-hidden />
      </button>
    </>
  );
}

/** Where an answer is written; works without network, and says what Send will do. */
export function ReplyBox({ view }: { readonly view: TicketView }): ReactNode {
  const { t } = useTranslation();
  const { reply, current, put, store, unstored } = useReply(view);
  const [sending, setSending] = useState(false);
  const [isLater, setLater] = useState(false);
  const [when, setWhen] = useState<SendChoice>(sendNow);
  const status = usePortal((state) => state.status);
  const add = useCallback(
    (files: readonly Evidence[]): void => {
      if (files.length > 0) put((now) => withFiles(now, files));
    },
    [put],
  );
  usePastedFiles(add);
  const brought = useTicket((state) => state.brought);
  useEffect(() => {
    if (brought === null) return;
    // What is being written stays; words come only where there were none.
    put((now) =>
      withFiles({ ...now, text: now.text.trim() === '' ? brought.text : now.text }, brought.evidence),
    );
    useTicket.getState().bring(null);
  }, [brought, put]);
  const empty = reply.text.trim() === '' && reply.files.length === 0;
  const how = deliveryOf({
    isCarriedByHand: portalKinds[view.ticket.realm].isCarriedByHand,
    isOpen: status?.reach === 'reached' && status.takes,
    all: status?.queueWait ?? null,
    hasNumber: view.ticket.number !== null,
  });
  const turnLater = (): void => {
    setLater(!isLater);
    setWhen(sendNow);
  };
  const send = async (): Promise<void> => {
    setSending(true);
    if (await store()) {
      const sent = current();
      const message = await attempt(() =>
        unwrap(window.officina.sendReply({ ticketId: view.ticket.id, hold: when.hold })),
      );
      if (message !== null) {
        put((now) => withoutSent(now, sent));
        setLater(false);
        setWhen(sendNow);
        document.getElementById('reply-text')?.focus();
      }
      await useTicket.getState().refresh();
      await quietly(window.officina.portalStatus({}));
    }
    setSending(false);
  };
  return (
    <DropZone
      hint={t('evidence.dropHere')}
      onFiles={(files) => void takeFiles(() => window.officina.freezeDroppedFiles(files)).then(add)}
    >
      <div className="reply">
        <TextField
          id="reply-text"
          label={
            view.ticket.operator === null
              ? t('ticket.reply')
              : t('ticket.replyTo', { name: view.ticket.operator })
          }
          value={reply.text}
          lines={3}
          maxLength={most}
          onChange={(text) => put((now) => ({ ...now, text }))}
          onBlur={() => void store()}
          {...(reply.text.length > most * 0.8
            ? { note: t('draft.chars', { used: reply.text.length, max: most }) }
            : {})}
        />
        {unstored === null || unstored.error === null ? null : (
          <UnsavedReply reply={reply} error={unstored.error} onRetry={() => void store()} />
        )}
        <StrayNote ticketId={view.ticket.id} text={reply.text} files={reply.files} />
        <CopyProgress />
        <RefusedFiles onTaken={add} />
        <AttachedFiles
          files={reply.files}
          onRemove={(id) => put((now) => ({ ...now, files: now.files.filter((file) => file.id !== id) }))}
        />
        {isLater ? <SendWhen onChoose={setWhen} /> : null}
        <div className="row wrap">
          <AddFiles onAdded={add} />
          {how === 'by-hand' ? null : <LaterButton isOpen={isLater} onPress={turnLater} />}
          <span className="grow" />
          <button
            type="button"
            data-sends
            className="button primary"
            disabled={empty || sending || !when.isReady}
            onClick={() => void send()}
          >
            <Send size={16} aria-hidden />
            {t(when.hold === null ? `ticket.send_${how}` : 'review.send_hold')}
          </button>
        </div>
        {/* Below the buttons: these words change as the box is left, and a button that moved under the hand would not be pressed. */}
        <output className="dim small reply-state">
          {unstored !== null && unstored.error !== null
            ? t('sync.notSaved')
            : empty
              ? ''
              : unstored === null
                ? t(when.hold === null ? `ticket.then_${how}` : 'hold.kept')
                : t('draft.saving')}
        </output>
      </div>
    </DropZone>
  );
}
