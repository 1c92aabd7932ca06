import type { OpeningCalendar } from '../../shared/domain/opening-calendar.ts';
import { type AgreedTimes, isTimeBorneOut, withAgreed } from '../../shared/calendar/agreed-times.ts';
import { addressOf, type PortalChoice } from '../../shared/domain/portal-choice.ts';
import { borneOutMs, isClockWrong } from '../../shared/calendar/clock-offset.ts';
import { retentionStepMs } from '../evidence/file-retention.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { environmentInTests } from '../platform/failpoint.ts';
import { readsThisPcsClock } from './contract/portal-address.ts';
import { openPortal } from './open-portal.ts';
import type { OpenPortalParts, RunningPractice } from './portal-transport.ts';
import { type PortalAccounts, portalAccounts } from './portal-accounts.ts';
import { type PortalClock, portalClock } from './portal-clock.ts';
import { type PortalLink, portalLink } from './portal-link.ts';
import { vendorCalendar } from './vendor-calendar.ts';

export type PortalServicesParts = Pick<OpenPortalParts, 'keychain' | 'leaving'> & {
  /** As `OpenPortalParts`, told the highest number of the practice portal that this PC knows. */
  readonly startPractice: (lastNumber: () => number) => Promise<RunningPractice>;
  /** Test-only; left out, the real ones hold. */
  readonly timing: Pick<OpenPortalParts, 'limits' | 'gapMs' | 'bookingMs'> & { readonly timeKeptMs?: number };
  /** Opening hours of the vendor's own portal, as they are now. */
  readonly calendar: () => OpeningCalendar;
  /** False for a store that takes no writing. */
  readonly isWritable: boolean;
  readonly log: (error: unknown) => string;
};

export type PortalServices = {
  readonly link: PortalLink;
  readonly portalClock: PortalClock;
  readonly accounts: PortalAccounts;
  /** Now, in milliseconds; null unless PC and portal agree on it and did so over days. */
  readonly trustedNowMs: () => number | null;
};

/** The days on which PC and portal agreed on the time: kept now and then, for the files that may go. */
function agreedDays(
  context: ServiceContext,
  { isWritable, log }: PortalServicesParts,
): (nowMs: number) => void {
  let agreed: AgreedTimes | null = null;
  return (nowMs) => {
    try {
      agreed ??= context.portals.agreedTimes();
      const next = withAgreed(agreed, nowMs, retentionStepMs);
      if (next !== agreed && isWritable) context.portals.keepAgreedTimes(next);
      agreed = next;
    } catch (fault) {
      // A disk that does not take it keeps nothing from being heard.
      log(fault);
    }
  };
}

/** The portals of tests run on this PC: one that stands for a portal elsewhere is said to be one. */
const standsElsewhere = environmentInTests('PORTAL_ELSEWHERE') !== null;

/** Whether a portal reads another clock than this PC's: what runs here agrees with it whatever it says. */
export function hasOtherClock(choice: PortalChoice): boolean {
  if (standsElsewhere) return true;
  const address = addressOf(choice);
  return address !== null && !readsThisPcsClock(address);
}

/** Wires what speaks of the portal: the one in use, when it may be written to, its accounts, and the time it bears out. */
export function openPortalServices(context: ServiceContext, parts: PortalServicesParts): PortalServices {
  const { clock, publish } = context;
  const { keychain, leaving } = parts;
  const { timeKeptMs = borneOutMs, ...timing } = parts.timing;
  const startPractice = (): Promise<RunningPractice> =>
    parts.startPractice(context.tickets.lastPracticeNumber);
  const statusChanged = (): void => publish({ kind: 'portalStatusChanged' });
  const customerCode = (): string | null => context.profile.profile()?.customerCode ?? null;
  const calendar = vendorCalendar(parts.calendar);
  const agreed = agreedDays(context, parts);
  const open = openPortal({ startPractice, keychain, leaving, user: customerCode, ...timing });
  const link: PortalLink = portalLink(
    {
      clock,
      keptMs: timeKeptMs,
      customerCode,
      onTimeAgreed: (nowMs) => {
        if (hasOtherClock(link.choice())) agreed(nowMs);
      },
      onChange: statusChanged,
      openPortal: open,
    },
    context.portals.choice(),
  );
  return {
    link,
    accounts: portalAccounts(context, link),
    portalClock: portalClock({
      clock,
      link,
      calendar: () => calendar(link.realm()),
      notices: context.portals.notices,
      sendsOutsideHours: () => context.profile.settings().sendOutsideHours,
      onChange: () => {
        statusChanged();
        publish({ kind: 'outboxChanged' });
      },
    }),
    trustedNowMs: () => {
      const nowMs = Date.parse(clock.instant());
      const isVouchedFor = link.portal() !== null && !link.isClockDoubtful() && !link.isTimeContradicted();
      const agrees = isVouchedFor && !isClockWrong(link.reach().clockOffsetMs);
      return agrees && isTimeBorneOut(context.portals.agreedTimes(), nowMs, retentionStepMs) ? nowMs : null;
    },
  };
}
