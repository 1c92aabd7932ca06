/** The groups of the settings in the order of the page, by the text that names each. */
export const settingsPlaces = {
  everyday: {
    looks: 'settings.looks',
    profile: 'settings.profile',
    portal: 'settings.portal',
    notifications: 'notificationChoice.title',
    start: 'settings.start',
    data: 'settings.dataFolder',
    backups: 'backups.title',
    move: 'move.title',
    privacy: 'privacy.title',
    deletion: 'deletion.title',
    about: 'settings.aboutTitle',
  },
  advanced: { limits: 'limits.title', notices: 'notices.title', packs: 'packs.title' },
} as const;

export type SettingsPlace = keyof typeof settingsPlaces.everyday | keyof typeof settingsPlaces.advanced;

/** Id of the heading of a group. */
export const headingOf = (place: SettingsPlace): string => `settings-${place}`;
