import { type Session, WebContentsView, type WebPreferences } from 'electron';
import { AppFault } from '../../shared/domain/app-error.ts';
import { within } from '../platform/within.ts';
import type { OpenSite, Site, SiteFault, SiteParts, SitePlace, SiteState } from '../portal/web/site.ts';
import { lockedPreferences } from './hardening.ts';
import { mainWindow } from './main-window.ts';
import { zoomFactor } from './page-comfort.ts';
import { debugged, fillFileInput } from './site-hands.ts';
import { isSitePage, type SiteRule, siteOrigin } from './site-rules.ts';
import { siteSession, tidySite } from './site-session.ts';

/** A world of its own in every page: neither the page's nor a preload's. */
const world = 1_001;
/** A page that does not answer is not waited for longer, milliseconds. */
const answerMs = 5_000;
const loadMs = 30_000;
const tidyMs = 5_000;
/** A page that changes all the time is told this often, milliseconds. */
const tellMs = 100;
const mostUnits = 20_000;
/** Where nobody sees it: a page that is hidden or has no size draws nothing, and nothing can be read of it. */
const beside = { x: -mostUnits, y: 0, width: 1_024, height: 768 };

/** Nothing of ours is in there: no preload, no bridge, no dialog. */
function sitePreferences(session: Session): WebPreferences {
  return {
    ...lockedPreferences,
    session,
    plugins: false,
    devTools: false,
    disableDialogs: true,
    disableHtmlFullscreenWindowResize: true,
    autoplayPolicy: 'document-user-activation-required',
    // A file is on its way to the page while another screen is shown.
    backgroundThrottling: false,
  };
}

/** Without what stands behind `?` and `#`: it may bear what opens the page for anybody. */
function plainUrl(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url === null || !/^https?:$/u.test(url.protocol) ? '' : `${url.origin}${url.pathname}`;
}

const inside = (units: number): number =>
  Number.isFinite(units) ? Math.max(0, Math.min(mostUnits, Math.round(units))) : 0;

/** Chromium's numbers for whoever answered not being proved to be who was asked. */
const isCertificate = (code: number): boolean => code <= -200 && code > -300;
const aborted = -3;

/** Waits for the page no longer than it may take. @throws AppFault portal.sitePage */
async function answered<T>(work: Promise<T>, limitMs: number): Promise<T> {
  const ended = await within(work, limitMs).catch(() => null);
  if (ended?.kind !== 'value') throw new AppFault('portal.sitePage');
  return ended.value;
}

/** What is known of the page, told to whoever asked at most ten times a second. */
function siteStates(view: WebContentsView, onChange: (state: SiteState) => void) {
  const contents = view.webContents;
  let fault: SiteFault | null = null;
  let refused = 0;
  let isGone = false;
  let telling: NodeJS.Timeout | null = null;
  let last: SiteState = { url: '', isLoading: true, fault: null, refused: 0 };
  const state = (): SiteState => {
    if (isGone || contents.isDestroyed()) return { ...last, isLoading: false, fault: 'gone' };
    last = { url: plainUrl(contents.getURL()), isLoading: contents.isLoading(), fault, refused };
    return last;
  };
  const tell = (): void => {
    if (isGone) return;
    telling ??= setTimeout(() => {
      telling = null;
      if (!isGone) onChange(state());
    }, tellMs);
  };
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (!isMainFrame || isSameDocument) return;
    fault = null;
    refused = 0;
    tell();
  });
  contents.on('did-fail-load', (_event, code, _words, _url, isMainFrame) => {
    if (!isMainFrame || code === aborted) return;
    fault = isCertificate(code) ? 'certificate' : 'unreachable';
    tell();
  });
  contents.on('render-process-gone', () => {
    fault = 'gone';
    tell();
  });
  contents.on('did-start-loading', tell);
  contents.on('did-stop-loading', tell);
  contents.on('did-navigate', tell);
  contents.on('did-navigate-in-page', tell);
  return {
    state,
    refuse: (): void => {
      refused += 1;
      tell();
    },
    end: (): void => {
      state();
      isGone = true;
      if (telling !== null) clearTimeout(telling);
    },
  };
}

/** The rule of one portal, and where its refusals are counted once its page stands. @throws AppFault portal.siteRefused */
function ruleOf(parts: SiteParts): {
  rule: SiteRule;
  origin: string;
  onRefused: (count: () => void) => void;
} {
  const origin = siteOrigin(parts.url);
  if (origin === null) throw new AppFault('portal.siteRefused');
  const further = parts.hosts.map((host) => siteOrigin(`https://${host}`)).filter((each) => each !== null);
  let count = (): void => undefined;
  return {
    rule: { origins: new Set([origin, ...further]), refuse: () => count() },
    origin,
    onRefused: (counted) => {
      count = counted;
    },
  };
}

/**
 * Opens a portal's page over the main window's own, in a session and a process of its own; it is shown once it has a place.
 * @throws AppFault portal.siteRefused for an address that is not safe, portal.sitePage where there is no window
 */
export const openSite: OpenSite = async (parts) => {
  const window = mainWindow();
  const { rule, origin, onRefused } = ruleOf(parts);
  if (window === null || window.isDestroyed()) throw new AppFault('portal.sitePage');
  const session = await siteSession(rule, origin, parts.keepsLogin);
  if (window.isDestroyed()) throw new AppFault('portal.sitePage');
  const view = new WebContentsView({ webPreferences: sitePreferences(session) });
  const contents = view.webContents;
  const states = siteStates(view, parts.onChange);
  onRefused(states.refuse);
  contents.setAudioMuted(true);
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('did-finish-load', () => contents.setZoomFactor(zoomFactor()));
  view.setBounds(beside);
  window.contentView.addChildView(view);
  const isThere = (): boolean => !contents.isDestroyed();
  const alive = (): typeof contents => {
    if (!isThere() || contents.isCrashed()) throw new AppFault('portal.sitePage');
    return contents;
  };
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      states.end();
      window.off('closed', closeWithWindow);
      if (!window.isDestroyed()) window.contentView.removeChildView(view);
      if (isThere()) contents.close({ waitForBeforeUnload: false });
      await within(tidySite(session, parts.keepsLogin), tidyMs).catch(() => null);
    })();
    return closing;
  };
  const closeWithWindow = (): void => void close();
  window.once('closed', closeWithWindow);
  const site: Site = {
    state: states.state,
    place: (place: SitePlace | null) => {
      if (!isThere()) return;
      if (place === null) {
        const { width, height } = view.getBounds();
        view.setBounds({ ...beside, width, height });
        return;
      }
      const { x, y, width, height } = place;
      view.setBounds({ x: inside(x), y: inside(y), width: inside(width), height: inside(height) });
    },
    focus: () => {
      if (isThere()) contents.focus();
    },
    go: async (url) => {
      if (!isSitePage(rule, url)) throw new AppFault('portal.siteRefused');
      // What became of it is told by the state.
      if (!isThere()) throw new AppFault('portal.sitePage');
      await within(
        contents.loadURL(url).catch(() => undefined),
        loadMs,
      );
    },
    back: () => {
      if (isThere()) contents.navigationHistory.goBack();
    },
    reload: () => {
      if (isThere()) contents.reload();
    },
    run: async (code) =>
      answered(alive().executeJavaScriptInIsolatedWorld(world, [{ code }]) as Promise<unknown>, answerMs),
    setFiles: async (selector, files) =>
      debugged(alive(), answerMs, (send) => fillFileInput(send, selector, files)),
    close,
  };
  void site.go(parts.url);
  return site;
};
