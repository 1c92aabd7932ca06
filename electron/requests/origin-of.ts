import type { TicketId } from '../../shared/domain/ids.ts';
import type { RequestOrigin } from '../../shared/ipc/views.ts';
import { namedRequest } from '../store/named-request.ts';
import type { ServiceContext } from '../store/service-context.ts';

/** The request another one was begun from, as it is called today; null where there was none or it is gone. */
export function originOf(
  context: Pick<ServiceContext, 'drafts' | 'origins' | 'tickets'>,
  id: TicketId,
): RequestOrigin | null {
  const from = context.origins.of(id);
  const named = from === null ? null : namedRequest(context, from);
  return from === null || named === null ? null : { id: from, ...named };
}
