import { app, type Session } from 'electron';
import { startPage } from './app-protocol.ts';

/** No page of ours needs a permission; all are refused at once and synchronously (SEC-5). */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Nothing but our bundle may be requested; the window has no business on the network (SEC-1, SEC-6). */
export function denyForeignRequests(session: Session): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !/^(app:\/\/bundle\/|blob:app:\/\/bundle\/|devtools:)/u.test(details.url) });
  });
}

/** For every web contents ever made: no navigation, frame, redirect, second window or webview (SEC-11 to SEC-14). */
export function lockContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (event.url !== startPage) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}
