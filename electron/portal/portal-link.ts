import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import { type Recipient, recipientOf } from '../../shared/domain/recipient.ts';
import { type PortalChoice, portalKey } from '../../shared/domain/portal-choice.ts';
import { portalKinds, type Realm } from '../../shared/domain/portal-kind.ts';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import {
  agreesWith,
  type HeardTime,
  heardTime,
  isClockWrong,
  nothingHeard,
} from '../../shared/calendar/clock-offset.ts';
import type { PortalReportedState } from '../../shared/rules/portal-reported-state.ts';
import type { Clock } from '../platform/clock.ts';
import type { Portal, PortalOutcome } from './port.ts';

/** Opens the portal a person chose; `stop` ends what was started for it (the practice portal's process). */
export type OpenPortal = (
  choice: PortalChoice,
) => Promise<{ readonly portal: Portal; readonly stop: () => Promise<void> }>;

export type PortalReach = Pick<
  PortalStatus,
  'reach' | 'mode' | 'lastContactAt' | 'lastError' | 'clockOffsetMs'
>;

export type PortalLink = {
  readonly choice: () => PortalChoice;
  readonly realm: () => Realm;
  /** Whom what is sent now is made for: this portal's address and the customer of this workshop. */
  readonly recipient: () => Recipient;
  /** Name under which terms and limits of this portal are kept; one for each address. */
  readonly key: () => string;
  /** Null while it is being opened, or when it could not be. */
  readonly portal: () => Portal | null;
  readonly reach: () => PortalReach;
  /**
   * True until a portal that is spoken to has answered once, for the PC's clock may stand anywhere; and again when it moved otherwise
   * than time did since the portal last told its own: it was set, or the PC slept (CLOCK-1); and while the portal names a time far from the
   * PC's that no later answer bears out.
   */
  readonly isClockDoubtful: () => boolean;
  /** The portal named a time far from the PC's, and no later answer bears it out yet. */
  readonly isTimeInDoubt: () => boolean;
  /** The last answers named another time than the one that is believed. */
  readonly isTimeContradicted: () => boolean;
  /** What the portal's own answers say: closed or open, and until when where one named it. */
  readonly word: () => PortalReportedState;
  /** Opens the chosen portal; what stood open before is stopped first. Never throws: a failure is in `reach`. */
  readonly open: (choice: PortalChoice) => Promise<void>;
  /** Notes what an answer to a read or a write tells about the portal, and gives it back. */
  readonly observe: <T>(act: 'read' | 'write', outcome: PortalOutcome<T>) => PortalOutcome<T>;
  readonly close: () => Promise<void>;
};

export type PortalLinkParts = {
  readonly openPortal: OpenPortal;
  readonly clock: Clock;
  readonly onChange: () => void;
  /** How long the portal must keep to a time far from the PC's before it is believed at first, in milliseconds. */
  readonly keptMs: number;
  /** An answer named the very time the PC has. */
  readonly onTimeAgreed: (nowMs: number) => void;
  /** The customer code, the name on the portal; null before the first run. */
  readonly customerCode: () => string | null;
};

const unreached = [
  'portal.unreachable',
  'portal.timeout',
  'portal.notTheApi',
  'portal.certificate',
  'portal.proxyRefused',
] as const;

/** Failures before the portal was asked at all: they say nothing of it. */
const unasked = [
  'cancelled',
  'evidence.copyMissing',
  'evidence.copyUnreadable',
  'notFound',
  'store.unreadable',
  'outbox.interrupted',
  'E_UNEXPECTED',
] as const;

/** What a refusal says about the portal itself; null when it speaks of something else, and a closing that was told still holds (R-HOURS-3). */
function toldMode(act: 'read' | 'write', error: AppError): PortalReach['mode'] | null {
  switch (error.code) {
    case 'portal.readOnly':
      return 'read-only';
    case 'portal.maintenance':
      return 'maintenance';
    case 'portal.rejected':
      // Who judges what was written takes writing.
      return act === 'write' ? 'open' : null;
    default:
      return null;
  }
}

/** The end a closed portal named in its answer, if it is a time at all. */
function namedEnd(error: AppError): string | null {
  const until = error.params['until'];
  return typeof until === 'string' && !Number.isNaN(Date.parse(until)) ? until : null;
}

/** What is known of a portal that was not asked yet. */
function unheard(choice: PortalChoice): PortalReach {
  const reach = portalKinds[choice.kind].isCarriedByHand ? 'by-hand' : 'never';
  return { reach, mode: 'open', lastContactAt: null, lastError: null, clockOffsetMs: null };
}

/** The one place that knows which portal is spoken to and how it fared lately. */
export function portalLink(parts: PortalLinkParts, first: PortalChoice): PortalLink {
  const { clock, onChange } = parts;
  let choice = first;
  let open: { readonly portal: Portal; readonly stop: () => Promise<void> } | null = null;
  let turn = 0;
  let reach = unheard(first);
  let closedUntil: string | null = null;
  /** PC clock minus running time when somebody last vouched for it, in milliseconds. */
  let toldApartMs: number | null = null;
  let told: HeardTime = nothingHeard;
  const apartMs = (): number => Date.parse(clock.instant()) - clock.monotonicMs();
  const set = (next: PortalReach): void => {
    const changed =
      next.reach !== reach.reach ||
      next.mode !== reach.mode ||
      next.lastError?.code !== reach.lastError?.code ||
      Math.abs((next.clockOffsetMs ?? 0) - (reach.clockOffsetMs ?? 0)) > 1_000;
    reach = next;
    if (changed) onChange();
  };
  /** The portal's clock minus the PC's after an answer with this `Date`; null: the PC's own clock is all there is. */
  const hearTime = (serverDate: string | null): number | null => {
    const wasSet = toldApartMs !== null && isClockWrong(apartMs() - toldApartMs);
    told = heardTime(
      told,
      serverDate === null ? null : Date.parse(serverDate),
      Date.parse(clock.instant()),
      clock.monotonicMs(),
      parts.keptMs,
    );
    if (told.isInDoubt) return reach.clockOffsetMs;
    toldApartMs = apartMs();
    if (told.offsetMs !== null && !isClockWrong(told.offsetMs))
      parts.onTimeAgreed(Date.parse(clock.instant()));
    // An answer without a time to believe: nobody knows better than a clock that was set meanwhile.
    return told.offsetMs ?? (wasSet ? null : reach.clockOffsetMs);
  };
  /**
   * What a refusal says of the time: it may bear out what is believed already, so that one question without an answer keeps nothing from
   * being sent; to put it in doubt takes an answer.
   */
  const vouched = (serverDate: string | null): Partial<PortalReach> => {
    const now = clock.instant();
    if (
      serverDate === null ||
      !agreesWith(told, Date.parse(serverDate), Date.parse(now), clock.monotonicMs())
    )
      return {};
    return { clockOffsetMs: hearTime(serverDate), lastContactAt: now };
  };
  const close = async (): Promise<void> => {
    turn += 1;
    const before = open;
    open = null;
    await before?.stop();
  };
  return {
    choice: () => choice,
    realm: () => choice.kind,
    recipient: () => recipientOf(choice, parts.customerCode()),
    key: () => portalKey(choice),
    portal: () => open?.portal ?? null,
    reach: () => reach,
    isClockDoubtful: () =>
      open?.portal.capabilities.sync === true &&
      (reach.lastContactAt === null ||
        told.isInDoubt ||
        (toldApartMs !== null && isClockWrong(apartMs() - toldApartMs))),
    isTimeInDoubt: () => told.isInDoubt,
    isTimeContradicted: () => told.suspects > 0,
    word: () => ({ mode: reach.mode, until: reach.mode === 'open' ? null : closedUntil }),
    open: async (next) => {
      await close();
      const mine = turn;
      choice = next;
      reach = unheard(next);
      told = nothingHeard;
      onChange();
      try {
        const opened = await parts.openPortal(next);
        // Somebody chose again while this one was starting.
        if (mine !== turn) return await opened.stop();
        open = opened;
      } catch (error) {
        if (!(error instanceof AppFault)) throw error;
        if (mine === turn) reach = { ...reach, reach: 'unreachable', lastError: error.error };
      }
      onChange();
    },
    observe: (act, outcome) => {
      if (outcome.kind === 'done') {
        const now = clock.instant();
        const clockOffsetMs = hearTime(outcome.serverDate);
        // Reading goes on during a closure (R-HOURS-3): only a write that went through ends it.
        const mode = act === 'read' && reach.mode === 'read-only' ? 'read-only' : 'open';
        set({ reach: 'reached', mode, lastContactAt: now, lastError: null, clockOffsetMs });
      } else if (unreached.some((code) => code === outcome.error.code)) {
        set({ ...reach, reach: 'unreachable', lastError: outcome.error });
      } else if (!unasked.some((code) => code === outcome.error.code)) {
        const mode = toldMode(act, outcome.error);
        if (mode !== null) closedUntil = namedEnd(outcome.error);
        set({
          ...reach,
          ...vouched(outcome.serverDate ?? null),
          reach: 'reached',
          mode: mode ?? reach.mode,
          lastError: outcome.error,
        });
      }
      return outcome;
    },
    close,
  };
}
