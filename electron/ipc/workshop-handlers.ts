import { arch, release, type } from 'node:os';
import { maskedEmail } from '../../shared/domain/workshop-profile.ts';
import type { Licence, StoreHealth } from '../../shared/ipc/views.ts';
import { hasSamples } from '../evidence/samples.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { backups } from '../store/backup.ts';
import { askForRestore, backupId } from '../store/restore-backup.ts';
import type { StoreStanding } from '../store/store-care.ts';
import type { StoreFolders } from '../store/store-folders.ts';
import type { WorkshopService } from '../workshop/workshop-service.ts';
import type { Handlers } from './handlers.ts';

export type WorkshopParts = StoreStanding & {
  readonly health: StoreHealth;
  readonly dataFolder: string;
  readonly folders: StoreFolders;
  /** Ends the program in order and starts it again. */
  readonly onRestart: () => void;
  readonly appVersion: string;
  readonly licences: () => Promise<readonly Licence[]>;
  readonly service: WorkshopService;
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
export function workshopHandlers(context: ServiceContext, parts: WorkshopParts): WorkshopHandlers {
  const { profile: profiles, tools, products } = context;
  const { service } = parts;
  let health = parts.health;
  return {
    appInfo: () => {
      const profile = profiles.profile();
      return {
        appVersion: parts.appVersion,
        runtime: process.versions['electron'] ?? process.version,
        platform: process.platform,
        system: `${type()} ${release()} ${arch()}`,
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
    saveSettings: service.saveSettings,
    saveProfile: (profile) => {
      service.saveProfile(profile);
      return profile;
    },
    productCatalogue: () => [...products],
    tools: () => [...tools.all()],
    saveTool: ({ id, tool }) => service.saveTool(id, tool),
    removeTool: ({ id }) => {
      service.removeTool(id);
      return null;
    },
  };
}
