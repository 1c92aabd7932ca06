import { type Recipient, recipientNames, recipientRealm } from '../../shared/domain/recipient.ts';
import { realmSchema } from '../../shared/domain/portal-choice.ts';
import { requestPageRows } from '../../shared/ipc/page-rows.ts';
import type { RequestList } from '../../shared/ipc/views.ts';
import type { RequestRepository } from '../store/request-repository.ts';

/** The host of its address, else the customer code. */
function labelOf(names: ReturnType<typeof recipientNames>): string {
  if (names === null) return '';
  return URL.canParse(names.address) ? new URL(names.address).host : names.customerCode;
}

/** Requests made for other portals than the one in use, each portal by what a person knows it by. */
export function requestsElsewhere(
  requests: Pick<RequestRepository, 'countsElsewhere'>,
  recipient: Recipient,
): RequestList['elsewhere'] {
  return requests
    .countsElsewhere(recipient)
    .map(({ recipient: other, count }) => {
      const names = recipientNames(other);
      // A request from before addresses were kept names its realm alone.
      const realm = realmSchema.safeParse(recipientRealm(other)).data ?? 'contract';
      return {
        realm,
        label: labelOf(names),
        count,
      };
    })
    .slice(0, requestPageRows);
}
