import type { SiteService } from '../requests/site-service.ts';
import type { Handlers } from './handlers.ts';

export type SiteHandlers = Pick<
  Handlers,
  | 'knownSites'
  | 'openSite'
  | 'siteView'
  | 'placeSite'
  | 'goOnSite'
  | 'lookUpOnSite'
  | 'sayAbsentOnSite'
  | 'fillSite'
  | 'judgeSiteNumber'
  | 'closeSite'
  | 'forgetSiteLogins'
>;

/** The portal's web pages beside a request. */
export function siteHandlers(site: SiteService): SiteHandlers {
  return {
    knownSites: () => [...site.known()],
    openSite: ({ id, keepsLogin }) => site.open(id, keepsLogin),
    siteView: () => site.view(),
    placeSite: ({ place }) => {
      site.place(place);
      return null;
    },
    goOnSite: ({ way }) => site.go(way),
    lookUpOnSite: () => site.lookUp(),
    sayAbsentOnSite: () => site.sayAbsent(),
    fillSite: () => site.fill(),
    judgeSiteNumber: ({ isRight }) => site.judgeNumber(isRight),
    closeSite: async () => {
      await site.close();
      return null;
    },
    forgetSiteLogins: async () => {
      await site.eraseLogins();
      return null;
    },
  };
}
