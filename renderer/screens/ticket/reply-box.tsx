import { ClipboardPaste, Paperclip, Send } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { TicketView } from '../../../shared/ipc/views.ts';
import { quietly, unwrap } from '../../app/bridge.ts';
import { usePastedFiles } from '../../app/paste.ts';
import { useTranslation } from '../../app/translation.ts';
import { AttachedFiles } from '../../components/attached-files.tsx';
import { CopyProgress } from '../../components/copy-progress.tsx';
import { DropZone } from '../../components/drop-zone.tsx';
import { RefusedFiles } from '../../components/refused-files.tsx';
import { TextField } from '../../components/text-field.tsx';
import { attempt } from '../../stores/app-store.ts';
import { takeClipboardImage, takeFiles } from '../../stores/evidence-store.ts';
import { usePortal } from '../../stores/portal-store.ts';
import { StrayNote } from './stray-note.tsx';
import { useTicket } from '../../stores/ticket-store.ts';

const pauseMs = 150;
const most = 20_000;

type Reply = { readonly text: string; readonly files: readonly Evidence[] };

/** The reply being written: stored a moment after each change, so that no failure and no closed lid takes it. */
function useReply(view: TicketView): { readonly reply: Reply; readonly put: (reply: Reply) => void; readonly store: () => Promise<boolean>; readonly saved: boolean } {
  const ticketId = view.ticket.id;
  const [reply, setReply] = useState<Reply>({ text: view.reply.text, files: view.reply.evidence });
  const [saved, setSaved] = useState(true);
  const latest = useRef(reply);
  const dirty = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const store = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    if (!dirty.current) return true;
    const sent = latest.current;
    const done = await attempt(async () => {
      await unwrap(window.officina.saveReply({ ticketId, text: sent.text, evidenceIds: sent.files.map((file) => file.id) }));
      return true;
    });
    if (done === null) return false;
    dirty.current = latest.current !== sent;
    setSaved(!dirty.current);
    return true;
  }, [ticketId]);
  const put = useCallback((next: Reply): void => {
    latest.current = next;
    dirty.current = true;
    setSaved(false);
    setReply(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void store(), pauseMs);
  }, [store]);
  useEffect(() => () => void store(), [store]);
  return { reply, put, store, saved };
}

/** Where an answer is written; works without network, and says what Send will do. */
export function ReplyBox({ view }: { readonly view: TicketView }): ReactNode {
  const { t } = useTranslation();
  const { reply, put, store, saved } = useReply(view);
  const [sending, setSending] = useState(false);
  const status = usePortal((state) => state.status);
  const add = useCallback((files: readonly Evidence[]): void => {
    if (files.length > 0) put({ ...reply, files: [...reply.files, ...files.filter((file) => !reply.files.some((known) => known.id === file.id))] });
  }, [reply, put]);
  usePastedFiles(add);
  const empty = reply.text.trim() === '' && reply.files.length === 0;
  const now = status?.reach === 'reached' && status.mode === 'open' && status.state !== 'read-only' && status.state !== 'unreachable' && view.ticket.number !== null;
  const how = view.ticket.realm === 'manual' ? 'by-hand' : now ? 'now' : 'queue';
  const send = async (): Promise<void> => {
    setSending(true);
    if (await store()) {
      const message = await attempt(() => unwrap(window.officina.sendReply({ ticketId: view.ticket.id })));
      if (message !== null) put({ text: '', files: [] });
      await useTicket.getState().refresh();
      await quietly(window.officina.portalStatus({}));
    }
    setSending(false);
  };
  return (
    <DropZone hint={t('evidence.dropHere')} onFiles={(files) => void takeFiles(() => window.officina.freezeDroppedFiles(files)).then(add)}>
      <div className="reply">
        <TextField label={view.ticket.operator === null ? t('ticket.reply') : t('ticket.replyTo', { name: view.ticket.operator })} value={reply.text} lines={3} maxLength={most} onChange={(text) => put({ ...reply, text })} onBlur={() => void store()}
          {...(reply.text.length > most * 0.8 ? { note: t('draft.chars', { used: reply.text.length, max: most }) } : {})} />
        <StrayNote ticketId={view.ticket.id} toolId={view.ticket.content?.toolId ?? null} text={reply.text} />
        <CopyProgress />
        <RefusedFiles />
        <AttachedFiles files={reply.files} onRemove={(id) => put({ ...reply, files: reply.files.filter((file) => file.id !== id) })} />
        <div className="row wrap">
          <button type="button" className="button" onClick={() => void takeFiles(() => window.officina.chooseFiles({})).then(add)}><Paperclip size={16} aria-hidden />{t('ticket.attach')}</button>
          <button type="button" className="button icon" aria-label={t('draft.pasteScreenshot')} title={t('draft.pasteScreenshot')} onClick={() => void takeClipboardImage().then(add)}><ClipboardPaste size={16} aria-hidden /></button>
          <span className="grow" />
          <output className="dim small">{empty ? '' : saved ? t(`ticket.then_${how}`) : t('draft.saving')}</output>
          <button type="button" className="button primary" disabled={empty || sending} onClick={() => void send()}><Send size={16} aria-hidden />{t(`ticket.send_${how}`)}</button>
        </div>
      </div>
    </DropZone>
  );
}
