import { randomUUID } from 'node:crypto';
import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import { toolIdSchema } from '../../shared/domain/ids.ts';
import { maskedEmail } from '../../shared/domain/workshop-profile.ts';
import type { UnreadableRows } from '../../shared/domain/row-kinds.ts';
import type { Licence, StoreHealth } from '../../shared/ipc/views.ts';
import { hasSamples } from '../evidence/samples.ts';
import type { Rooms } from '../rooms.ts';
import { backups } from '../store/backup.ts';
import { askForRestore, backupId } from '../store/restore-backup.ts';
import type { StoreFolders } from '../store/store-folders.ts';
import type { Handlers } from './handlers.ts';

export type WorkshopParts = {
  readonly health: StoreHealth;
  /** Whether a check has found damage in the store that is open. */
  readonly damaged: () => boolean;
  /** Why the last backup of the store could not be written; null since one could. */
  readonly backupFailure: () => AppError | null;
  /** How many rows of each kind cannot be read, as far as they were looked at. */
  readonly unreadable: () => UnreadableRows;
  /** Whether a whole check found rows without the rows they name. */
  readonly hasOrphans: () => boolean;
  readonly dataFolder: string;
  readonly folders: StoreFolders;
  /** Ends the program in order and starts it again. */
  readonly onRestart: () => void;
  readonly appVersion: string;
  readonly licences: () => Promise<readonly Licence[]>;
  /** The person's name on the portal may have changed with the profile. */
  readonly onProfileSaved: () => void;
  /** Whether the queue goes outside staffed hours was changed: what waits may go, or the other way round. */
  readonly onSendingChanged: () => void;
};

export type WorkshopHandlers = Pick<
  Handlers,
  | 'appInfo'
  | 'backups'
  | 'dismissStoreNotice'
  | 'licences'
  | 'productCatalogue'
  | 'removeTool'
  | 'restartProgram'
  | 'restoreBackup'
  | 'saveProfile'
  | 'saveSettings'
  | 'saveTool'
  | 'tools'
>;

/** Commands and queries over what this PC holds about the workshop itself: profile, settings, tools. None needs the portal. */
export function workshopHandlers(rooms: Rooms, parts: WorkshopParts): WorkshopHandlers {
  const { profile: profiles, tools, drafts, audit, clock, transact, products } = rooms;
  let health = parts.health;
  return {
    appInfo: () => {
      const profile = profiles.profile();
      return {
        appVersion: parts.appVersion,
        runtime: process.versions['electron'] ?? process.version,
        platform: process.platform,
        settings: profiles.settings(),
        profile,
        isProfileUnreadable: profiles.isProfileUnreadable(),
        maskedEmail: profile === null ? null : maskedEmail(profile.email),
        storeHealth: parts.damaged() ? { kind: 'damaged' } : health,
        backupFailure: parts.backupFailure(),
        unreadable: parts.unreadable(),
        hasOrphans: parts.hasOrphans(),
        dataFolder: parts.dataFolder,
        hasSamples: hasSamples(parts.dataFolder),
      };
    },
    backups: () =>
      backups(parts.folders.backups).map((backup) => ({
        id: backupId(backup),
        reason: backup.reason,
        at: backup.at,
        sizeBytes: backup.sizeBytes,
      })),
    restoreBackup: ({ id }) => {
      askForRestore(parts.folders.restoreNext, parts.folders.backups, id);
      parts.onRestart();
      return null;
    },
    restartProgram: () => {
      parts.onRestart();
      return null;
    },
    licences: async () => [...(await parts.licences())],
    dismissStoreNotice: () => {
      health = { kind: 'healthy' };
      return null;
    },
    saveSettings: (changes) => {
      const current = profiles.settings();
      const settings = {
        language: changes.language ?? current.language,
        theme: changes.theme ?? current.theme,
        largeControls: changes.largeControls ?? current.largeControls,
        sendOutsideHours: changes.sendOutsideHours ?? current.sendOutsideHours,
        keptFiles: changes.keptFiles ?? current.keptFiles,
        savedSearches: changes.savedSearches ?? current.savedSearches,
      };
      transact(() => profiles.saveSettings(settings));
      if (settings.sendOutsideHours !== current.sendOutsideHours) parts.onSendingChanged();
      if (settings.language !== current.language) rooms.publish({ kind: 'settingsSaved' });
      return settings;
    },
    saveProfile: (profile) => {
      transact(() => {
        profiles.saveProfile(profile);
        audit.append(clock.instant(), 'profile-saved', 'profile');
      });
      parts.onProfileSaved();
      rooms.publish({ kind: 'settingsSaved' });
      return profile;
    },
    productCatalogue: () => [...products],
    tools: () => [...tools.all()],
    saveTool: ({ id, tool }) =>
      transact(() => {
        const product = products.find((item) => item.id === tool.productId);
        if (product === undefined) throw new AppFault('notFound');
        if (product.hasSerial && tool.serial === null) throw new AppFault('E_INPUT', { field: 'tool.serial' });
        const previous = id === null ? null : tools.find(id);
        if (id !== null && previous === null) throw new AppFault('notFound');
        const saved = { ...tool, id: id ?? toolIdSchema.parse(randomUUID()), createdAt: previous?.createdAt ?? clock.instant() };
        tools.save(saved);
        audit.append(clock.instant(), 'tool-saved', saved.id, { product: saved.productId });
        return saved;
      }),
    removeTool: ({ id }) =>
      transact(() => {
        if (drafts.countOfTool(id) > 0) throw new AppFault('tool.inUse');
        tools.remove(id);
        audit.append(clock.instant(), 'tool-removed', id);
        return null;
      }),
  };
}
