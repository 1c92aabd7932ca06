import { Menu } from '@base-ui/react/menu';
import { ArrowLeft, CircleX, CopyPlus, Ellipsis, FolderDown, LayoutTemplate, ListTree } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { TicketView } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { saveToFolder } from '../../features/save-folder.ts';
import { OriginLine } from '../../features/origin-line.tsx';
import { askTemplateName } from '../../features/templates.ts';
import { startFrom } from '../../features/start-from.ts';
import { requestLook } from '../../features/request-state.ts';
import { useTranslation } from '../../words/translation.ts';
import { Chip } from '../../components/chip.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { CopyButton } from '../../features/copy-button.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useTicket } from '../../stores/ticket-store.ts';

/** The number, large; where it stands and whose turn it is; what can be done with the whole request. */
export function TicketHead({
  view,
  onFacts,
}: {
  readonly view: TicketView;
  readonly onFacts: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [closing, setClosing] = useState(false);
  const go = useApp((state) => state.go);
  const { ticket, row } = view;
  const look = requestLook(row, t);
  const close = (): void =>
    void attempt(async () => {
      await unwrap(window.officina.closeTicket({ id: ticket.id }));
      await useTicket.getState().refresh();
    });
  const title = `${ticket.number ?? t('ticket.waitingNumber')} · ${t('app.name')}`;
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
  const canClose = ticket.number !== null && ticket.state !== 'closed';
  return (
    <header className="ticket-head">
      <div className="row between wrap">
        <div className="row wrap">
          <button
            type="button"
            className="button icon back-to-list"
            aria-label={t('ticket.back')}
            title={t('ticket.back')}
            onClick={() => go({ screen: 'requests' })}
          >
            <ArrowLeft size={16} aria-hidden />
          </button>
          {ticket.number === null ? (
            <span className="waiting-number">{t('ticket.waitingNumber')}</span>
          ) : (
            <>
              <Identifier text={ticket.number} large />
              <CopyButton text={ticket.number} label={t('ticket.copyNumber')} />
            </>
          )}
          <Chip tone={look.tone} icon={look.icon}>
            {look.words}
          </Chip>
          {row.turn === 'nobody' || ticket.state === 'waiting-customer' ? null : (
            <span className="dim small">{t(`turn.${row.turn}`)}</span>
          )}
        </div>
        <div className="row">
          <Menu.Root>
            <Menu.Trigger className="button icon" aria-label={t('draft.more')} title={t('draft.more')}>
              <Ellipsis size={16} aria-hidden />
            </Menu.Trigger>
            <Menu.Portal>
              <section aria-label={t('draft.more')}>
                <Menu.Positioner sideOffset={4} align="end" className="over">
                  <Menu.Popup className="popup">
                    <Menu.Item className="menu-item" onClick={() => startFrom(ticket.id)}>
                      <CopyPlus size={16} aria-hidden />
                      {t('origin.start')}
                    </Menu.Item>
                    <Menu.Item className="menu-item" onClick={() => askTemplateName(ticket.id, row.title)}>
                      <LayoutTemplate size={16} aria-hidden />
                      {t('template.saveAs')}
                    </Menu.Item>
                    <Menu.Item className="menu-item" onClick={() => void saveToFolder(ticket.id, t)}>
                      <FolderDown size={16} aria-hidden />
                      <span className="grow">{t('action.saveFolder')}</span>
                      <kbd aria-hidden>Ctrl P</kbd>
                    </Menu.Item>
                    {canClose ? (
                      <Menu.Item className="menu-item" onClick={() => setClosing(true)}>
                        <CircleX size={16} aria-hidden />
                        {t('ticket.close')}
                      </Menu.Item>
                    ) : null}
                  </Menu.Popup>
                </Menu.Positioner>
              </section>
            </Menu.Portal>
          </Menu.Root>
          <button
            type="button"
            className="button icon facts-button"
            aria-label={t('ticket.facts')}
            title={t('ticket.facts')}
            onClick={onFacts}
          >
            <ListTree size={16} aria-hidden />
          </button>
        </div>
      </div>
      <h1>{row.title === '' ? ticket.text.subject : row.title}</h1>
      <OriginLine origin={view.origin} />
      <Confirm
        open={closing}
        onOpenChange={setClosing}
        title={t('ticket.closeTitle')}
        text={t('ticket.closeText')}
        keep={t('ticket.closeKeep')}
        go={t('ticket.close')}
        onGo={close}
      />
    </header>
  );
}
