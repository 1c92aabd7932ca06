import { app, type Session, type WebPreferences } from 'electron';
import { startPage } from './app-protocol.ts';
import { isSiteFrame, isSitePage, type SiteRule, siteRuleOf } from './site-rules.ts';

/** What holds for every page that is shown in a window, ours or a portal's (SEC-WINDOW). */
export const lockedPreferences = {
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies WebPreferences;

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
    const site = (): SiteRule | null => siteRuleOf(contents.session);
    /** A portal's pages go where their rule lets them; ours stay, whatever the address. */
    const isPage = (url: string): boolean => {
      const rule = site();
      return rule !== null && isSitePage(rule, url);
    };
    contents.setWindowOpenHandler(({ url, postBody }) => {
      // What a portal would open beside itself is shown in its place.
      if (isPage(url) && postBody === undefined) void contents.loadURL(url).catch(() => undefined);
      return { action: 'deny' };
    });
    contents.on('will-navigate', (event) => {
      if (!isPage(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      const rule = site();
      const isRight =
        rule === null
          ? event.url === startPage
          : isPage(event.url) || (!event.isMainFrame && isSiteFrame(rule, event.url));
      if (!isRight) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      const rule = site();
      if (rule === null || !(event.isMainFrame ? isSitePage : isSiteFrame)(rule, event.url))
        event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('select-bluetooth-device', (event, _devices, choose) => {
      event.preventDefault();
      choose('');
    });
    contents.on('will-prevent-unload', (event) => {
      // A portal holds nobody; what becomes of a page of ours is decided elsewhere.
      if (site() !== null) event.preventDefault();
    });
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault();
    choose();
  });
  app.on('login', (event, _contents, _details, _about, answer) => {
    event.preventDefault();
    answer();
  });
}
