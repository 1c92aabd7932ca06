/** What may name a copy: a draft, a reply being written, the queue, a request that was sent. */
export const copyUseKinds = ['draft', 'reply', 'queue', 'request'] as const;
export type CopyUseKind = (typeof copyUseKinds)[number];
