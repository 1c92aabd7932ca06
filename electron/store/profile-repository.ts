import { type WorkshopProfile, workshopProfileSchema } from '../../shared/domain/workshop-profile.ts';
import { type Settings, settingsSchema } from '../../shared/ipc/views.ts';
import type { Db } from './open-store.ts';

export type ProfileRepository = {
  readonly profile: () => WorkshopProfile | null;
  readonly saveProfile: (profile: WorkshopProfile) => void;
  readonly settings: () => Settings;
  readonly saveSettings: (settings: Settings) => void;
};

const defaults: Settings = {
  language: 'it',
  theme: 'system',
  largeControls: false,
  sendOutsideHours: true,
  keptFiles: 'until-erased',
  savedSearches: [],
};

export function profileRepository(db: Db): ProfileRepository {
  const read = db.prepare('select customer_code as customerCode, company, email, ticket_language as ticketLanguage from profile');
  const write = db.prepare('insert or replace into profile (id, customer_code, company, email, ticket_language) values (1, ?, ?, ?, ?)');
  const readSettings = db.prepare("select value from settings where key = 'settings'").pluck();
  const writeSettings = db.prepare("insert or replace into settings (key, value) values ('settings', ?)");
  return {
    profile: () => workshopProfileSchema.nullable().parse(read.get() ?? null),
    saveProfile: (profile) => {
      write.run(profile.customerCode, profile.company, profile.email, profile.ticketLanguage);
    },
    settings: () => {
      const text = readSettings.get();
      // A hand-edited or half-known value must not keep the app from starting (C3).
      // What an older program stored lacks the newer settings: those start with their defaults.
      const parsed = settingsSchema.safeParse({ ...defaults, ...(typeof text === 'string' ? (JSON.parse(text) as object) : {}) });
      return parsed.success ? parsed.data : defaults;
    },
    saveSettings: (settings) => {
      writeSettings.run(JSON.stringify(settings));
    },
  };
}
