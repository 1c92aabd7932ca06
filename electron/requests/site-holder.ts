import { AppFault } from '../../shared/domain/app-error.ts';
import type { OpenSite, Site, SiteParts } from '../portal/web/site.ts';

/** The pages of one portal, handed from one visit to the next: whoever logged in for one request is logged in for the other. */
export type SiteHolder = {
  readonly open: OpenSite;
  /** Ends what is held. */
  readonly close: () => Promise<void>;
};

type Held = { readonly site: Site; readonly key: string; tell: SiteParts['onChange'] };

/** Same portal, same hosts, same choice about logins. */
const keyOf = ({ url, hosts, keepsLogin }: SiteParts): string =>
  JSON.stringify([URL.canParse(url) ? new URL(url).origin : url, hosts, keepsLogin]);

/** Holds a portal's pages open between visits. A visit that is over asks nothing of them any more. */
export function siteHolder(openSite: OpenSite): SiteHolder {
  let held: Held | null = null;
  const close = async (): Promise<void> => {
    const ending = held;
    held = null;
    await ending?.site.close();
  };
  /** The pages as one visit sees them, for as long as it lasts. */
  const handedOver = (holding: Held): Site => {
    const { site } = holding;
    const turn = holding.tell;
    let isOver = false;
    const mine = (): Site => {
      if (isOver || held !== holding || holding.tell !== turn) throw new AppFault('portal.sitePage');
      return site;
    };
    return {
      state: site.state,
      place: (place) => {
        if (!isOver && held === holding && holding.tell === turn) site.place(place);
      },
      focus: () => mine().focus(),
      go: async (url) => mine().go(url),
      back: () => mine().back(),
      reload: () => mine().reload(),
      run: async (code) => mine().run(code),
      setFiles: async (selector, files) => mine().setFiles(selector, files),
      close: async () => {
        isOver = true;
      },
    };
  };
  return {
    open: async (parts) => {
      const key = keyOf(parts);
      if (held !== null && held.key === key && held.site.state().fault !== 'gone') {
        held.tell = parts.onChange;
        const visit = handedOver(held);
        void held.site.go(parts.url).catch(() => undefined);
        return visit;
      }
      await close();
      const opening: { tell: SiteParts['onChange'] } = { tell: parts.onChange };
      const site = await openSite({ ...parts, onChange: (state) => (held?.tell ?? opening.tell)(state) });
      held = { site, key, tell: parts.onChange };
      return handedOver(held);
    },
    close,
  };
}
