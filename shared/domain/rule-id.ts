/** Every rule of the vendor's terms, in the order of the terms (ids of the decoded terms; the sentences are ours, in `shared/i18n`). */
export const ruleIds = [
  'R-PROD-1', 'R-LANG-1', 'R-ACCEPT-1', 'R-DOCS-1',
  'R-TICKET-1', 'R-TICKET-2', 'R-TICKET-3', 'R-TICKET-4', 'R-TICKET-5',
  'R-INFO-1', 'R-INFO-2', 'R-INFO-3', 'R-INFO-4', 'R-INFO-5', 'R-INFO-6', 'R-INFO-7', 'R-INFO-8', 'R-INFO-9',
  'R-HOURS-1', 'R-HOURS-2', 'R-HOURS-3', 'R-HOURS-4', 'R-HOURS-5',
  'R-REMOTE-1', 'R-REMOTE-2', 'R-REMOTE-3', 'R-REMOTE-4', 'R-REMOTE-5', 'R-REMOTE-6', 'R-REMOTE-7', 'R-REMOTE-8', 'R-BACKUP-1',
  'R-LIMIT-1', 'R-LIMIT-2', 'R-VERSION-1', 'R-EXCL-1', 'R-PRIVACY-1',
] as const;
export type RuleId = (typeof ruleIds)[number];
