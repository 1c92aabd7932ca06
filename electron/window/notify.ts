import { BrowserWindow, Notification } from 'electron';
import { mainWindow } from './main-window.ts';
import type { TicketId } from '../../shared/domain/ids.ts';

/** True while a window of the program has the focus. */
export function isWatched(): boolean {
  return BrowserWindow.getFocusedWindow() !== null;
}

/**
 * A desktop notification, for what cannot be seen on screen: none while the window has the focus. A click opens the ticket. It
 * comes on top of the vendor's e-mail and does not replace it (R-TICKET-3).
 */
export function notify(title: string, body: string, onClick: () => void): void {
  if (isWatched() || !Notification.isSupported()) return;
  const notification = new Notification({ title, body: body.slice(0, 200) });
  notification.once('click', onClick);
  notification.show();
}

/** Brings the window to the front and opens a ticket in it. @param open opens a window where the program goes on without one */
export function showTicket(
  id: TicketId,
  publish: (event: { kind: 'ticketOpened'; id: TicketId }) => void,
  open: (first: `ticket-${TicketId}`) => unknown,
): void {
  const window = mainWindow();
  if (window === null) {
    open(`ticket-${id}`);
    return;
  }
  if (window.isMinimized()) window.restore();
  window.focus();
  publish({ kind: 'ticketOpened', id });
}
