/**
 * Every failure that may reach a person, as one closed union. The sentence for each code is made once,
 * in `shared/i18n` under `error.<code>` with three parts: what happened, what is safe, what to do next.
 */
export const errorCodes = [
  // the bridge
  'E_SENDER',
  'E_INPUT',
  'E_TOO_LARGE',
  'E_UNEXPECTED',
  // store and disk
  'store.diskFull',
  'store.readOnly',
  'store.damaged',
  'store.unreadable',
  'store.newerThanApp',
  'store.busy',
  'store.notSaved',
  'store.badPlace',
  'store.notErased',
  'backup.noSpace',
  'backup.failed',
  'backup.beforeUpdate',
  'backup.unusable',
  // another PC
  'move.notOurs',
  'move.newer',
  'move.passphrase',
  'move.damaged',
  // things looked for
  'notFound',
  'request.inQueue',
  'outbox.interrupted',
  'outbox.numberTaken',
  'outbox.unreadable',
  'outbox.cannotWait',
  'draft.frozen',
  'draft.incomplete',
  'draft.staleRevision',
  'draft.textTooLong',
  'terms.notAccepted',
  'profile.missing',
  'tool.inUse',
  'template.nameTaken',
  'template.tooMany',
  // evidence
  'evidence.unreadable',
  'evidence.locked',
  'evidence.vanished',
  'evidence.tooLarge',
  'evidence.empty',
  'evidence.changing',
  'evidence.notAFile',
  'evidence.link',
  'evidence.cloudPlaceholder',
  'evidence.noSpace',
  'evidence.copyMissing',
  'evidence.copyUnreadable',
  'evidence.inUse',
  'evidence.copyHeld',
  'evidence.ticketTooLarge',
  'evidence.tooMany',
  'evidence.noImageInClipboard',
  'evidence.folderUnreadable',
  // portal
  'portal.unreachable',
  'portal.timeout',
  'portal.notTheApi',
  'portal.unauthorized',
  'portal.keyRefused',
  'portal.forbidden',
  'portal.conflict',
  'portal.tooLarge',
  'portal.textTooLarge',
  'portal.rejected',
  'portal.rateLimited',
  'portal.serverFault',
  'portal.readOnly',
  'portal.maintenance',
  'portal.badAnswer',
  'portal.notBooked',
  'portal.certificate',
  'portal.notFound',
  'portal.notConfigured',
  'portal.byHand',
  'portal.addressInvalid',
  'portal.proxyInvalid',
  'portal.proxyRefused',
  'portal.deskUnknown',
  'portal.noLookUp',
  'portal.siteRefused',
  'portal.sitePage',
  'portal.siteNoMap',
  'portal.siteElsewhere',
  'portal.siteNotNow',
  // clock
  // keychain
  'keychain.absent',
  'keychain.unavailable',
  'keychain.denied',
  // remote sessions
  'remote.gateShut',
  'remote.otherSession',
  'remote.noSession',
  'remote.alreadyStarted',
  'remote.notStarted',
  'remote.codesInvalid',
  'remote.notClosed',
  'remote.backupRunning',
  'remote.noFolders',
  'remote.badDestination',
  // links and export
  'desktop.noAutostart',
  'desktop.folderNotShown',
  'link.notAllowed',
  'export.failed',
  'cancelled',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Parameters are plain text or numbers that the sentence shows; never a path outside the data folder, never a secret. */
export type AppError = {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
  /** Short id under which the unknown fault stands in the local log; the user can quote it. */
  readonly reference?: string | undefined;
};

export function appError(code: ErrorCode, params: Record<string, string | number> = {}): AppError {
  return { code, params };
}

/** Carries an `AppError` through code that must throw (inside a transaction, a stream); caught at the boundary only. */
export class AppFault extends Error {
  readonly error: AppError;
  constructor(code: ErrorCode, params: Record<string, string | number> = {}) {
    super(code);
    this.name = 'AppFault';
    this.error = appError(code, params);
  }

  /** The fault of a failure that came as a value; its reference goes with it. */
  static of(error: AppError): AppFault {
    return Object.assign(new AppFault(error.code), { error });
  }
}
