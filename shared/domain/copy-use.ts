/** What may name a copy: a draft, one that was removed and can be restored, a reply being written, the queue, a request that was sent. */
export const copyUseKinds = ['draft', 'removed-draft', 'reply', 'queue', 'request'] as const;
export type CopyUseKind = (typeof copyUseKinds)[number];
