import type { SignedPack } from '../../shared/domain/data-pack.ts';
import type { ExclusionPack } from '../../shared/domain/exclusion-pack.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import type { LatestVersions } from '../../shared/domain/vendor-version.ts';
import type { PcCheck } from '../../shared/domain/pc-check.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import { knownLimits } from '../portal/known-limits.ts';
import type { PortalClock } from '../portal/portal-clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { conversationSync, type ConversationSync } from './conversation-sync.ts';
import { type DraftAdviser, draftAdvice, standingRules } from './draft-advice.ts';
import { type DraftService, draftService } from './draft-service.ts';
import { type SendService, sendService } from './send-service.ts';
import { type SyncSchedule, syncSchedule } from './sync-schedule.ts';
import type { InForce } from './terms-in-force.ts';
import { type TicketService, ticketService } from './ticket-service.ts';

export type RequestServicesParts = {
  readonly link: PortalLink;
  readonly portalClock: PortalClock;
  readonly sender: OutboxSender;
  readonly terms: () => InForce;
  readonly exclusions: () => ExclusionPack;
  readonly pcChecks: () => Promise<readonly PcCheck[]>;
  readonly onPacks: (packs: readonly SignedPack[]) => void;
  /** `more` others were written that are not told one by one. */
  readonly onAnswered: (ticket: Ticket, message: Message, more: number) => void;
  readonly random: () => number;
  readonly log: (error: unknown) => string;
  /** Test-only: milliseconds between two looks at the news; null: the real ones. */
  readonly syncMs: number | null;
};

export type RequestServices = {
  readonly drafting: DraftService;
  readonly advice: DraftAdviser;
  readonly sending: SendService;
  readonly tickets: TicketService;
  readonly sync: ConversationSync;
  readonly schedule: SyncSchedule;
  /** The newest versions the portal in use named; null: it never did. */
  readonly latestVersions: () => LatestVersions | null;
};

/** Wires what a request goes through: draft, advice, review, conversation and its news. */
export function openRequests(context: ServiceContext, parts: RequestServicesParts): RequestServices {
  const { link, portalClock, sender, terms, random, log } = parts;
  const latestVersions = (): LatestVersions | null => context.portals.latestVersions(link.key());
  const sync = conversationSync({ ...context, link, onPacks: parts.onPacks, onAnswered: parts.onAnswered });
  const schedule = syncSchedule({
    sync,
    log,
    random,
    onAnswered: sender.wake,
    mayLook: portalClock.mayLook,
    mayLookRarely: portalClock.mayLookRarely,
    monotonicMs: context.clock.monotonicMs,
    isTimeUnheard: () =>
      (link.reach().lastContactAt === null || link.isTimeInDoubt()) &&
      portalClock.state().why.kind !== 'portal-says',
    everyMs: () => parts.syncMs ?? portalKinds[link.realm()].newsEveryMs,
  });
  const advice = draftAdvice({
    ...context,
    exclusions: parts.exclusions,
    latestVersions,
    realm: link.realm,
    termsAccepted: () => !sending.asksTerms() || sending.termsAcceptedAt() !== null,
    portalState: () => portalClock.state().state,
    pcChecks: parts.pcChecks,
  });
  const sending = sendService({
    ...context,
    terms,
    standing: standingRules(advice, log),
    realm: link.realm,
    recipient: link.recipient,
    limits: () => knownLimits(context, link),
    portalNowMs: portalClock.nowMs,
    onMayGo: sender.wake,
  });
  return {
    drafting: draftService(context),
    advice,
    sending,
    tickets: ticketService({ ...context, sender, portalNowMs: portalClock.nowMs }),
    sync,
    schedule,
    latestVersions,
  };
}
