import type { ServiceContext } from '../store/service-context.ts';
import { storeError } from '../store/store-error.ts';

/**
 * Writes into the audit what was carried away. It stands on another disk by then, or is about to, also where this store takes no more
 * lines: full, read-only or damaged, it is when a person needs it most (D1, D2).
 * @throws what is no refusal of the store
 */
export function noteExport(
  context: Pick<ServiceContext, 'transact' | 'audit'>,
  action: 'exported' | 'audit-exported',
  subject: string,
  at: string,
  files?: number,
): void {
  try {
    context.transact(() => context.audit.append(at, action, subject, files === undefined ? {} : { files }));
  } catch (error) {
    if (storeError(error) === null) throw error;
  }
}
