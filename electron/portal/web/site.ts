/** Where a page is drawn in the window, in its own units, whole numbers. */
export type SitePlace = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** What became of the page that was asked for. `unreachable`: no answer; `certificate`: not proved who answers; `gone`: its process died. */
export type SiteFault = 'unreachable' | 'certificate' | 'gone';

/** What can be said of the portal's page without looking into it. `url` is its address without what stands behind `?` or `#`. */
export type SiteState = {
  readonly url: string;
  readonly isLoading: boolean;
  readonly fault: SiteFault | null;
  /** Requests to other hosts that were refused since the page was asked for. */
  readonly refused: number;
};

/** The portal's web site as it stands in the window; whoever holds it can look at pages and fill them in, and presses nothing. */
export interface Site {
  readonly state: () => SiteState;
  /** Shows the page there; null: not now. */
  readonly place: (place: SitePlace | null) => void;
  readonly focus: () => void;
  /** @throws AppFault portal.siteRefused for another host */
  readonly go: (url: string) => Promise<void>;
  readonly back: () => void;
  readonly reload: () => void;
  /**
   * What the code is worth, run beside the page's own scripts where they can neither see nor change it. The page may say anything: whoever
   * asks judges the answer by a schema. @throws AppFault portal.sitePage when the page does not answer in time or goes away
   */
  readonly run: (code: string) => Promise<unknown>;
  /** Puts files into the one file input that `selector` finds, without a dialog. @throws AppFault as `run` */
  readonly setFiles: (selector: string, files: readonly string[]) => Promise<void>;
  /** The page, its process and, where nothing is kept, everything it stored. */
  readonly close: () => Promise<void>;
}

export type SiteParts = {
  /** Where it begins; its host is the first of the allowed ones. */
  readonly url: string;
  /** Further hosts that are the portal's own. */
  readonly hosts: readonly string[];
  /** Whether logins are kept on this PC, for this address alone. */
  readonly keepsLogin: boolean;
  readonly onChange: (state: SiteState) => void;
};

export type OpenSite = (parts: SiteParts) => Promise<Site>;
