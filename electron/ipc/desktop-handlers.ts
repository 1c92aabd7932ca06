import { AppFault } from '../../shared/domain/app-error.ts';
import { allowedExternalUrl } from '../../shared/text/external-url.ts';
import type { DesktopHandlers } from './handlers.ts';

/** What the desktop does with a text and with an address that was judged. */
export type Desktop = { readonly copy: (text: string) => Promise<void> | void; readonly open: (url: string) => Promise<void> };

/** The channels that need the desktop and no store. */
export function desktopHandlers({ copy, open }: Desktop): DesktopHandlers {
  return {
    copyText: async ({ text }) => {
      await copy(text);
      return null;
    },
    openExternalLink: async ({ url }) => {
      const allowed = allowedExternalUrl(url);
      if (allowed === null) throw new AppFault('link.notAllowed');
      await open(allowed);
      return null;
    },
  };
}
