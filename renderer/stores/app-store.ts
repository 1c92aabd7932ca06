import { create } from 'zustand';
import { type AppError, appError } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { Product } from '../../shared/domain/product.ts';
import type { Tool } from '../../shared/domain/tool.ts';
import type { TicketPlace } from '../../shared/domain/ticket-line.ts';
import type { CheckId } from '../../shared/rules/rule-definitions.ts';
import type { AppInfo } from '../../shared/ipc/views.ts';
import { CallFailed, quietly, unwrap } from '../bridge/bridge.ts';
import { mayPass } from '../bridge/passing-failure.ts';

/** Screens reached without naming a thing. */
export const plainScreens = ['today', 'requests', 'evidence', 'tools', 'audit', 'settings'] as const;
export type PlainScreen = (typeof plainScreens)[number];

/** A field of the portal's settings that somebody is led to. */
export type PortalField = 'portal' | 'address' | 'desk' | 'password' | 'proxy';
/** Where a line of a draft's text is written in its form. */
export type DraftPlace = Exclude<TicketPlace, { readonly kind: 'profile' }>;
/** Another group of the settings that somebody is led to. */
export type SettingsSpot = 'profile' | 'backups';

/**
 * Where we are. `check` names the missing item to put the focus on when a draft is opened from the review, `fact` where a line of its
 * text is written, `isNew` that it was begun just now and waits for words, `at` the field or the group of the settings.
 */
export type Route =
  | { readonly screen: Exclude<PlainScreen, 'settings'> }
  | { readonly screen: 'settings'; readonly at?: PortalField | SettingsSpot }
  | {
      readonly screen: 'draft';
      readonly id: TicketId;
      readonly check?: CheckId;
      readonly fact?: DraftPlace;
      readonly isNew?: true;
    }
  | { readonly screen: 'review' | 'ticket' | 'remote' | 'site'; readonly id: TicketId };

export type Failure = { readonly error: AppError; readonly retry: (() => void) | null };

export type AppStore = {
  readonly info: AppInfo | null;
  readonly products: readonly Product[];
  readonly tools: readonly Tool[];
  readonly route: Route;
  /** True from the first start until the person leaves the welcome; the profile may already be stored by then. */
  readonly arriving: boolean;
  /** Last failure not yet dismissed; shown above the screen. */
  readonly failure: Failure | null;
  readonly go: (route: Route) => void;
  readonly arrive: () => void;
  readonly refresh: () => Promise<void>;
  /** As `refresh`, when nobody asked: what is on screen stays where it fails. */
  readonly lookAgain: () => Promise<void>;
  /**
   * Runs a command and shows its failure, with a way to do it again where that may help; resolves to null then. A failure that was on
   * screen before goes when this one succeeds.
   */
  readonly attempt: <T>(work: () => Promise<T>) => Promise<T | null>;
  readonly dismissError: () => void;
};

/** True before anybody told whose workshop this is; one whose profile went bad goes on with its requests. */
export function isNewHere({ profile, isProfileUnreadable }: AppInfo): boolean {
  return profile === null && !isProfileUnreadable;
}

/** Mirror of main's truth about the app itself: profile, tools, catalogue, where we are. */
export const useApp = create<AppStore>((set, get) => ({
  info: null,
  products: [],
  tools: [],
  route: { screen: 'today' },
  arriving: false,
  failure: null,
  go: (route) => set({ route, failure: null }),
  arrive: () => set({ arriving: false, failure: null }),
  refresh: async () => {
    const [info, products, tools] = await Promise.all([
      unwrap(window.officina.appInfo({})),
      unwrap(window.officina.productCatalogue({})),
      unwrap(window.officina.tools({})),
    ]);
    set({ info, products, tools, arriving: get().arriving || isNewHere(info) });
  },
  lookAgain: async () => {
    const info = await quietly(window.officina.appInfo({}));
    if (info !== null) set({ info });
  },
  attempt: async (work) => {
    const shown = get().failure;
    try {
      const value = await work();
      // "Nothing was changed" must not stand above what has just been changed; a failure that came meanwhile was read by nobody yet.
      if (shown !== null && get().failure === shown) set({ failure: null });
      return value;
    } catch (fault) {
      const error = fault instanceof CallFailed ? fault.error : appError('E_UNEXPECTED');
      const again = (): void => {
        get().dismissError();
        void get().attempt(work);
      };
      if (error.code !== 'cancelled') set({ failure: { error, retry: mayPass(error) ? again : null } });
      return null;
    }
  },
  dismissError: () => {
    if (get().failure !== null) set({ failure: null });
  },
}));

/** Runs a command of the bridge and shows its failure above the screen. */
export function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  return useApp.getState().attempt(work);
}
