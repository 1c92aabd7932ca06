import { AppFault } from '../../shared/domain/app-error.ts';
import type { FrozenFiles } from '../evidence/frozen-files.ts';
import type { DeleteData } from '../requests/delete-data.ts';
import { exportEverything } from '../requests/export-everything.ts';
import { requestToCarry } from '../requests/request-to-carry.ts';
import type { SendService } from '../requests/send-service.ts';
import { noteExport } from '../requests/note-export.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { Keychain } from '../secrets/keychain.ts';
import { askForErase } from '../store/erase-store.ts';
import type { Db } from '../store/open-store.ts';
import type { Handlers } from './handlers.ts';

export type PrivacyParts = {
  readonly db: Db;
  readonly dataFolder: string;
  readonly frozenFiles: FrozenFiles;
  readonly chooseFolder: () => Promise<string | null>;
  readonly keychain: Keychain;
  /** Accounts of this workshop in the keychain. */
  readonly accounts: () => readonly string[];
  readonly isSessionLive: () => boolean;
  readonly onRestart: () => void;
  /** Forgets what the portals' own pages kept on this PC. */
  readonly eraseSiteLogins: () => Promise<void>;
  readonly deletion: DeleteData;
  readonly sending: SendService;
};

export type PrivacyHandlers = Pick<
  Handlers,
  'deleteData' | 'deletionPreview' | 'eraseEverything' | 'exportEverything'
>;

/** What this PC holds, handed out whole or erased (R-PRIVACY-1). */
export function privacyHandlers(context: ServiceContext, parts: PrivacyParts): PrivacyHandlers {
  /** A PC without a keychain holds no password; one that refuses must be asked again, or a password would stay behind. */
  const forget = async (account: string): Promise<void> => {
    try {
      await parts.keychain.remove(account);
    } catch (error) {
      if (!(error instanceof AppFault) || error.error.code !== 'keychain.absent') throw error;
    }
  };
  return {
    exportEverything: async ({ withOwn }) => {
      const folder = await parts.chooseFolder();
      if (folder === null) return null;
      const at = context.clock.instant();
      const written = await exportEverything(folder, at.slice(0, 10), {
        db: parts.db,
        evidence: context.evidenceRows.newest(Number.MAX_SAFE_INTEGER),
        frozenFiles: parts.frozenFiles,
        withOwn,
        requestOf: (id) => requestToCarry(context, parts.sending, id, null),
      });
      noteExport(context, 'exported', 'everything', at, written.files);
      return written;
    },
    deletionPreview: ({ words }) => parts.deletion.preview(words),
    deleteData: ({ words, ids, fromBackups }) => parts.deletion.remove(words, ids, fromBackups),
    eraseEverything: async () => {
      if (parts.isSessionLive()) throw new AppFault('remote.otherSession');
      for (const account of parts.accounts()) await forget(account);
      await parts.eraseSiteLogins();
      askForErase(parts.dataFolder);
      parts.onRestart();
      return null;
    },
  };
}
