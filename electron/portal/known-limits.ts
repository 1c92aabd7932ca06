import type { AppError } from '../../shared/domain/app-error.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { fileLimits, type KnownLimits, limitTaught } from '../../shared/rules/file-limits.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { PortalLink } from './portal-link.ts';

type LimitsContext = Pick<ServiceContext, 'portals' | 'limits'>;

/** What the portal in use takes, as far as it said so or refused something. */
export function knownLimits({ portals, limits }: LimitsContext, link: Pick<PortalLink, 'key'>): KnownLimits {
  return fileLimits(portals.requirements(link.key()), limits.of(link.key()));
}

/** Keeps what a refusal of the portal in use teaches; call it in the transaction that stores the refusal. */
export function limitLearner(
  context: LimitsContext & Pick<ServiceContext, 'outbox' | 'evidenceRows'>,
  link: Pick<PortalLink, 'key'>,
): (item: OutboxItem, error: AppError, at: string) => void {
  const { outbox, evidenceRows, limits } = context;
  return ({ ticketId, work }, error, at) => {
    const sizes = outbox
      .readableOfTicket(ticketId)
      .flatMap((other) =>
        other.work.kind === 'upload-attachment' && other.state === 'accepted' ? [other.work.evidenceId] : [],
      )
      .map((id) => readRowOrNull(() => evidenceRows.find(id))?.sizeBytes ?? 0);
    const there = { bytes: sizes.reduce((sum, bytes) => sum + bytes, 0), files: sizes.length };
    const taught = limitTaught(error, work.kind, there, knownLimits(context, link));
    if (taught !== null) limits.learn(link.key(), { ...taught, at });
  };
}

export type LimitService = {
  /** Forgets what was learnt of the portal in use: what it announces holds again, and the next refusal teaches anew. */
  readonly forget: () => void;
};

/** What a person may do about limits that were learnt. */
export function limitService(context: ServiceContext, link: Pick<PortalLink, 'key'>): LimitService {
  return {
    forget: () => {
      context.transact(() => context.limits.forget(link.key()));
      context.publish({ kind: 'portalStatusChanged' });
    },
  };
}
