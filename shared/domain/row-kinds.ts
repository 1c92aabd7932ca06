/** What a row of the store may hold, as a person knows it. */
export const rowKinds = [
  'requests',
  'messages',
  'files',
  'tools',
  'folders',
  'sessions',
  'templates',
] as const;
export type RowKind = (typeof rowKinds)[number];

/** How many rows of each kind the store cannot read any more: edited by hand, or changed by a disk. They stay where they are. */
export type UnreadableRows = Readonly<Record<RowKind, number>>;

export const noneUnreadable: UnreadableRows = {
  requests: 0,
  messages: 0,
  files: 0,
  tools: 0,
  folders: 0,
  sessions: 0,
  templates: 0,
};
