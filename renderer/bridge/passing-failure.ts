import type { AppError, ErrorCode } from '../../shared/domain/app-error.ts';

const passing: ReadonlySet<ErrorCode> = new Set([
  'E_UNEXPECTED',
  'store.busy',
  'store.diskFull',
  'store.notSaved',
  'store.notErased',
  'store.readOnly',
  'backup.beforeUpdate',
  'evidence.locked',
  'evidence.changing',
  'evidence.noSpace',
  'evidence.copyUnreadable',
  'portal.unreachable',
  'portal.timeout',
  'portal.serverFault',
  'portal.rateLimited',
  'keychain.unavailable',
  'keychain.denied',
  'export.failed',
]);

/** Whether a failure may pass by itself, so that doing the same again makes sense. */
export function mayPass(error: AppError): boolean {
  return passing.has(error.code);
}
