import { AppFault } from '../../shared/domain/app-error.ts';
import { allowedExternalUrl } from '../../shared/text/external-url.ts';
import type { DesktopHandlers } from './handlers.ts';

/** What the desktop does with a text, with an address that was judged, and with the page of Chromium's licences. */
export type Desktop = {
  readonly copy: (text: string) => Promise<void> | void;
  readonly open: (url: string) => Promise<void>;
  /** False when nothing could show it. */
  readonly openChromiumLicences: () => Promise<boolean>;
};

/** The channels that need the desktop and no store. */
export function desktopHandlers({ copy, open, openChromiumLicences }: Desktop): DesktopHandlers {
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
    showChromiumLicences: async () => {
      if (!(await openChromiumLicences())) throw new AppFault('notFound');
      return null;
    },
  };
}
