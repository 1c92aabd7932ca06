import type { TicketId } from '../../shared/domain/ids.ts';
import { quietly } from '../bridge/bridge.ts';
import { startRequest } from '../features/start-request.ts';
import { useApp } from '../stores/app-store.ts';
import { useEvidence } from '../stores/evidence-store.ts';
import { useOutbox } from '../stores/outbox-store.ts';
import { usePortal } from '../stores/portal-store.ts';
import { useRemote } from '../stores/remote-store.ts';
import { useRequests } from '../stores/requests-store.ts';
import { useSite } from '../stores/site-store.ts';
import { useTemplates } from '../stores/template-store.ts';
import { useTicket } from '../stores/ticket-store.ts';

/** What stands on no screen is asked for when it is opened again. */
function refreshTicket(): void {
  if (useApp.getState().route.screen === 'ticket') void useTicket.getState().refresh();
}

/** The ticket shows how ready its session is, and the wizard all of it. */
function refreshRemote(): void {
  const { screen } = useApp.getState().route;
  if (screen === 'ticket' || screen === 'remote') void useRemote.getState().refresh();
}

/** The portal's pages stand on one screen. */
function refreshSite(): void {
  if (useApp.getState().route.screen === 'site') void useSite.getState().refresh();
}

/** Brings each event of main to the stores it concerns; returns the function that stops it. */
export function listen(): () => void {
  return window.officina.onEvent((event) => {
    switch (event.kind) {
      case 'requestsChanged':
        useRequests.getState().changed();
        return;
      case 'templatesChanged':
        void useTemplates.getState().load();
        return;
      case 'ticketChanged':
        refreshRemote();
        if (useTicket.getState().view?.ticket.id === event.id) refreshTicket();
        useRequests.getState().changed();
        return;
      case 'outboxChanged':
        void useOutbox.getState().refresh();
        void usePortal.getState().refresh();
        refreshTicket();
        useRequests.getState().changed();
        return;
      case 'portalStatusChanged':
        void usePortal.getState().refresh();
        // Whether a session may be prepared hangs on the hours (R-REMOTE-1).
        refreshRemote();
        return;
      case 'storeHealthChanged':
        void useApp.getState().lookAgain();
        return;
      case 'evidenceRemoved':
        void useEvidence.getState().refresh();
        refreshTicket();
        return;
      case 'remoteChanged':
        refreshRemote();
        void usePortal.getState().refresh();
        return;
      case 'siteChanged':
        refreshSite();
        return;
      case 'ticketOpened':
        useApp.getState().go({ screen: 'ticket', id: event.id });
        return;
      case 'newRequestAsked':
        startRequest();
        return;
      case 'moveProgressed':
        // Told where the file is written or read.
        return;
      case 'settingsSaved':
        // The page that saved them has the answer already.
        return;
      default:
        useEvidence.getState().heard(event);
    }
  });
}

/** By its shape alone: the shell loads no schema. */
function isTicketId(text: string): text is TicketId {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(text);
}

/** Asks main for everything the shell shows, once at the start. */
export async function loadMirrors(): Promise<void> {
  await Promise.all([
    usePortal.getState().refresh(),
    useOutbox.getState().refresh(),
    useRequests.getState().count(),
    useTemplates.getState().load(),
  ]);
  // A session that goes on is the first thing to be seen, whenever the window opens.
  if (window.location.hash === '#new-request') {
    // Once: a page that is loaded again must not begin another.
    window.history.replaceState(null, '', window.location.pathname);
    return startRequest();
  }
  const toShow = window.location.hash.replace('#ticket-', '');
  if (isTicketId(toShow)) return useApp.getState().go({ screen: 'ticket', id: toShow });
  const live = await quietly(window.officina.liveSession({}));
  const shown = window.location.hash.replace('#session-', '');
  const id = live?.ticketId ?? (isTicketId(shown) ? shown : null);
  if (id !== null) useApp.getState().go({ screen: 'remote', id });
}
