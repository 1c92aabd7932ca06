/** What stands between a ticket and a remote session, in the order a person walks them. */
export const remoteGates = ['ticket', 'backup', 'programs', 'teamviewer', 'consent'] as const;
export type RemoteGate = (typeof remoteGates)[number];
