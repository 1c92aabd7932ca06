import { z } from 'zod';
import { type WorkshopProfile, workshopProfileSchema } from '../../shared/domain/workshop-profile.ts';
import { type Settings, settingsSchema } from '../../shared/ipc/views.ts';
import type { Db } from './open-store.ts';
import { readRowOrNull, storedJson } from './stored-row.ts';

export type ProfileRepository = {
  /** Null when there is none, or none that can be read: nothing but what needs it waits for it. */
  readonly profile: () => WorkshopProfile | null;
  /**
   * True when a profile is stored that can no longer be read: edited by hand, or changed by a disk (DAMAGE-3). It stays until another is
   * saved.
   */
  readonly isProfileUnreadable: () => boolean;
  readonly saveProfile: (profile: WorkshopProfile) => void;
  /**
   * The defaults where nothing is stored, or nothing that can be read: a hand-edited value must not keep the app from starting
   * (DAMAGE-3).
   */
  readonly settings: () => Settings;
  readonly saveSettings: (settings: Settings) => void;
  /** Whether the person was told once that the program goes on without its window. */
  readonly isToldOfTray: () => boolean;
  readonly rememberToldOfTray: () => void;
};

const defaults: Settings = {
  language: 'it',
  theme: 'system',
  largeControls: false,
  zoom: 100,
  sendOutsideHours: true,
  keptFiles: 'until-erased',
  notifications: { numbers: true, answers: true, sessions: true },
  savedSearches: [],
};

const storedSettingsSchema = storedJson(z.record(z.string(), z.unknown()));

export function profileRepository(db: Db): ProfileRepository {
  const read = db.prepare(
    'select customer_code as customerCode, company, email, ticket_language as ticketLanguage from profile',
  );
  const write = db.prepare(
    'insert or replace into profile (id, customer_code, company, email, ticket_language) values (1, ?, ?, ?, ?)',
  );
  const readSettings = db.prepare("select value from settings where key = 'settings'").pluck();
  const writeSettings = db.prepare("insert or replace into settings (key, value) values ('settings', ?)");
  const readTold = db.prepare("select 1 from settings where key = 'told-of-tray'").pluck();
  const writeTold = db.prepare(
    "insert or replace into settings (key, value) values ('told-of-tray', 'true')",
  );
  const profile = (): WorkshopProfile | null =>
    readRowOrNull(() => workshopProfileSchema.nullable().parse(read.get() ?? null));
  return {
    profile,
    isProfileUnreadable: () => read.get() !== undefined && profile() === null,
    saveProfile: (profile) => {
      write.run(profile.customerCode, profile.company, profile.email, profile.ticketLanguage);
    },
    settings: () => {
      // What an older program stored lacks the newer settings: those start with their defaults.
      const stored = storedSettingsSchema.safeParse(readSettings.get()).data ?? {};
      return settingsSchema.safeParse({ ...defaults, ...stored }).data ?? defaults;
    },
    saveSettings: (settings) => {
      writeSettings.run(JSON.stringify(settings));
    },
    isToldOfTray: () => readTold.get() !== undefined,
    rememberToldOfTray: () => {
      writeTold.run();
    },
  };
}
