import type { RequestRow } from '../../shared/ipc/views.ts';
import type { Route } from '../stores/app-store.ts';

/** Opens a line of the list where it belongs: a draft in the form, everything sent or waiting as a ticket. */
export function openRequest(row: Pick<RequestRow, 'id' | 'stage'>, go: (route: Route) => void): void {
  go({ screen: row.stage === 'draft' ? 'draft' : 'ticket', id: row.id });
}
