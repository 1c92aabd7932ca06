import { AppFault } from '../../shared/domain/app-error.ts';
import type { Autostart } from '../platform/autostart.ts';
import { allowedExternalUrl } from '../../shared/text/external-url.ts';
import type { DesktopHandlers } from './handlers.ts';

/** What the desktop does with a text, with an address that was judged, and with the page of Chromium's licences. */
export type Desktop = {
  readonly copy: (text: string) => Promise<void> | void;
  readonly open: (url: string) => Promise<void>;
  /** False when nothing could show it. */
  readonly openChromiumLicences: () => Promise<boolean>;
  /** Opens the one folder of the data, whose place no page names; false when nothing could show it in time. */
  readonly openDataFolder: () => Promise<boolean>;
  /** Null where this system starts no program by itself. */
  readonly autostart: () => Autostart | null;
};

/** The channels that need the desktop and no store. */
export function desktopHandlers({
  copy,
  open,
  openChromiumLicences,
  openDataFolder,
  autostart,
}: Desktop): DesktopHandlers {
  const standing = (of: Autostart | null): { readonly isOffered: boolean; readonly isOn: boolean } => {
    try {
      return { isOffered: of !== null, isOn: of?.isOn() ?? false };
    } catch {
      // An entry that cannot be read starts nothing.
      return { isOffered: of !== null, isOn: false };
    }
  };
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
    autostart: () => standing(autostart()),
    setAutostart: ({ on }) => {
      const system = autostart();
      if (system === null) throw new AppFault('desktop.noAutostart');
      try {
        system.set(on);
      } catch {
        throw new AppFault('desktop.noAutostart');
      }
      // What the system says of it counts: a policy may have kept it as it was.
      const after = standing(system);
      if (after.isOn !== on) throw new AppFault('desktop.noAutostart');
      return after;
    },
    openDataFolder: async () => {
      if (!(await openDataFolder())) throw new AppFault('desktop.folderNotShown');
      return null;
    },
    showChromiumLicences: async () => {
      if (!(await openChromiumLicences())) throw new AppFault('notFound');
      return null;
    },
  };
}
