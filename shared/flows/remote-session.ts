import {
  type EndStep,
  endSteps,
  type Preparation,
  type RemoteSession,
  type Seen,
  type TicketFacts,
} from '../domain/remote-session.ts';
import type { RemoteGate } from '../domain/remote-gates.ts';
import { assertNever } from '../domain/result.ts';
import type { SessionReceipt } from '../domain/session-record.ts';

/**
 * A consent is good for this long, in milliseconds of the monotonic clock: setting the PC's clock back buys nothing (R-REMOTE-3,
 * CLOCK-1).
 */
export const consentLifeMs = 15 * 60_000;
/** The look at open programs must be this fresh when TeamViewer is started (R-REMOTE-4), in milliseconds. */
export const programsFreshMs = 60_000;
/** The check of the executable must be this fresh when it is started (R-REMOTE-2), in milliseconds. */
export const toolFreshMs = 60_000;

/** Why a gate is shut; each has its sentence in both catalogues. `null` means open. */
export const gateFindings = [
  'no-number',
  'closed',
  'no-operator',
  'not-asked',
  'unstaffed',
  'hours-unknown',
  'no-backup',
  'programs-unchecked',
  'programs-stale',
  'tool-unchecked',
  'tool-stale',
  'no-consent',
  'consent-expired',
  'consent-other',
] as const;
export type GateFinding = (typeof gateFindings)[number];

export type RemoteEvent =
  | { readonly kind: 'ticketSeen'; readonly ticket: TicketFacts }
  | { readonly kind: 'backupConfirmed'; readonly backupId: string }
  | { readonly kind: 'backupWithdrawn' }
  | { readonly kind: 'programsChecked'; readonly atMs: number }
  | { readonly kind: 'programsDoubted' }
  | {
      readonly kind: 'toolVerified';
      readonly sha256: string;
      readonly version: string;
      readonly atMs: number;
    }
  | { readonly kind: 'toolRefused' }
  | { readonly kind: 'consentGiven'; readonly recordId: string; readonly atMs: number }
  | { readonly kind: 'consentRefused' }
  | { readonly kind: 'left' }
  | { readonly kind: 'launchAsked'; readonly atMs: number; readonly toolSha256: string }
  | { readonly kind: 'launched' }
  | { readonly kind: 'launchFailed' }
  | { readonly kind: 'codesLeaving' }
  | { readonly kind: 'codesSent' }
  | { readonly kind: 'codesShown' }
  | { readonly kind: 'codesWiped' }
  | { readonly kind: 'seen'; readonly seen: Seen }
  | { readonly kind: 'endAsked' }
  | { readonly kind: 'endStepped' }
  | { readonly kind: 'endSaid' }
  | { readonly kind: 'restarted' };

/** The next state, and the one thing that must be done now; `launch` is returned by `launchAsked` with every gate open and by nothing else. */
export type RemoteStep = { readonly next: RemoteSession; readonly command: 'launch' | null };

export function newRemoteSession(ticket: TicketFacts): RemoteSession {
  return {
    phase: 'preparing',
    preparation: { ticket, backupId: null, programsCheckedMs: null, tool: null, consent: null },
  };
}

function ticketFinding({ number, operator, asked, open, hours }: TicketFacts): GateFinding | null {
  if (number === null) return 'no-number';
  if (!open) return 'closed';
  if (operator === null) return 'no-operator';
  if (!asked) return 'not-asked';
  if (hours === 'staffed') return null;
  return hours === 'unknown' ? 'hours-unknown' : 'unstaffed';
}

const looked: ReadonlySet<string> = new Set<Seen>(['waiting', 'active', 'left', 'ended', 'cannot-tell']);

/**
 * Who came in while a session ran, as far as what was seen of it tells. `nobody` where the last look before the end still waited for the
 * first one: a doubt before it was of files that were not written yet. Then the operator who asked for it still waits.
 */
export function whoCame(seen: SessionReceipt['seen']): 'somebody' | 'nobody' | 'cannot-tell' {
  const looks = seen.map((entry) => entry.seen).filter((word): word is Seen => looked.has(word));
  if (looks.includes('active') || looks.includes('left')) return 'somebody';
  return looks.findLast((word) => word !== 'ended') === 'waiting' ? 'nobody' : 'cannot-tell';
}

/** True from `atMs` on for `lifeMs`; a time before it was taken proves nothing and counts as stale. */
const isFresh = (atMs: number, lifeMs: number, nowMs: number): boolean =>
  nowMs >= atMs && nowMs - atMs < lifeMs;

function consentFinding({ consent, ticket, backupId }: Preparation, nowMs: number): GateFinding | null {
  if (consent === null) return 'no-consent';
  if (
    consent.number !== ticket.number ||
    consent.operator !== ticket.operator ||
    consent.backupId !== backupId
  )
    return 'consent-other';
  return isFresh(consent.givenMs, consentLifeMs, nowMs) ? null : 'consent-expired';
}

/** What keeps each gate shut at this moment of the monotonic clock; null where it is open. */
export function gatesAt(
  preparation: Preparation,
  nowMs: number,
): Readonly<Record<RemoteGate, GateFinding | null>> {
  const { backupId, programsCheckedMs, tool } = preparation;
  return {
    ticket: ticketFinding(preparation.ticket),
    backup: backupId === null ? 'no-backup' : null,
    programs:
      programsCheckedMs === null
        ? 'programs-unchecked'
        : isFresh(programsCheckedMs, programsFreshMs, nowMs)
          ? null
          : 'programs-stale',
    teamviewer:
      tool === null ? 'tool-unchecked' : isFresh(tool.checkedMs, toolFreshMs, nowMs) ? null : 'tool-stale',
    consent: consentFinding(preparation, nowMs),
  };
}

export function mayLaunch(preparation: Preparation, nowMs: number): boolean {
  return Object.values(gatesAt(preparation, nowMs)).every((finding) => finding === null);
}

function prepared(preparation: Preparation, event: RemoteEvent): Preparation | null {
  switch (event.kind) {
    case 'ticketSeen':
      return { ...preparation, ticket: event.ticket };
    case 'backupConfirmed':
      return { ...preparation, backupId: event.backupId };
    case 'backupWithdrawn':
      return { ...preparation, backupId: null };
    case 'programsChecked':
      return { ...preparation, programsCheckedMs: event.atMs };
    case 'programsDoubted':
      return { ...preparation, programsCheckedMs: null };
    case 'toolVerified':
      return {
        ...preparation,
        tool: { sha256: event.sha256, version: event.version, checkedMs: event.atMs },
      };
    case 'toolRefused':
      return { ...preparation, tool: null };
    case 'consentGiven': {
      const { ticket, backupId } = preparation;
      // A consent before there is somebody and something to give it for would be half a consent.
      if (
        ticketFinding(ticket) !== null ||
        ticket.number === null ||
        ticket.operator === null ||
        backupId === null
      )
        return null;
      return {
        ...preparation,
        consent: {
          recordId: event.recordId,
          number: ticket.number,
          operator: ticket.operator,
          backupId,
          givenMs: event.atMs,
        },
      };
    }
    // The clock these times were read from is gone: consent and checks are asked for again, what is on disk stays.
    case 'restarted':
      return { ...preparation, programsCheckedMs: null, tool: null, consent: null };
    default:
      return null;
  }
}

function stepOfPreparing(session: RemoteSession & { phase: 'preparing' }, event: RemoteEvent): RemoteStep {
  const { preparation } = session;
  if (event.kind === 'left')
    return {
      next: { phase: 'abandoned', preparation: { ...preparation, consent: null }, why: 'left' },
      command: null,
    };
  if (event.kind === 'consentRefused')
    return {
      next: { phase: 'abandoned', preparation: { ...preparation, consent: null }, why: 'refused' },
      command: null,
    };
  if (event.kind === 'launchAsked') {
    if (!mayLaunch(preparation, event.atMs) || preparation.tool?.sha256 !== event.toolSha256)
      return { next: session, command: null };
    return { next: { phase: 'launching', preparation, codes: 'none', seen: 'waiting' }, command: 'launch' };
  }
  const next = prepared(preparation, event);
  return { next: next === null ? session : { phase: 'preparing', preparation: next }, command: null };
}

type Held = Extract<RemoteSession, { readonly codes: string }>;

/** Whoever left needs codes to come back, and TeamViewer makes a new password for each session: they are asked for anew. */
function codesAfter({ codes, seen: before }: Held, seen: Seen): Held['codes'] {
  return seen === 'left' && before !== 'left' && codes !== 'sending' ? 'none' : codes;
}

/** Codes live in memory: after a restart they are gone, and what was on its way may or may not have arrived. */
function heldStep<T extends Held>(session: T, event: RemoteEvent): T {
  switch (event.kind) {
    case 'codesLeaving':
      return session.codes === 'none' ? { ...session, codes: 'sending' } : session;
    case 'codesSent':
      return session.codes === 'sending' ? { ...session, codes: 'sent' } : session;
    case 'codesShown':
      return session.codes === 'sent' ? session : { ...session, codes: 'shown' };
    case 'codesWiped':
      return session.codes === 'sending' ? { ...session, codes: 'none' } : session;
    case 'seen':
      return { ...session, seen: event.seen, codes: codesAfter(session, event.seen) };
    case 'restarted':
      return { ...session, codes: session.codes === 'sending' ? 'none' : session.codes, seen: 'cannot-tell' };
    default:
      return session;
  }
}

function stepAfterEnd(step: EndStep): EndStep {
  return endSteps[Math.min(endSteps.indexOf(step) + 1, endSteps.length - 1)] ?? step;
}

/**
 * The life of one remote session (R-REMOTE-1 to -8). The contract:
 * - `launch` is commanded once, from `preparing`, when every gate is open at that very moment for that very file;
 * - a restart voids consent and checks; once TeamViewer may have been started, a restart leads to `live` with `cannot-tell`, never
 *   back to where a launch could follow;
 * - while TeamViewer itself runs, nobody being in any more (`seen: left`) ends nothing: whoever left may come back;
 * - `ended` comes from two agreeing signals and TeamViewer's own end (`seen: ended`) or from the person's own word, and the two are told apart, with the step
 *   that was the last one needed;
 * - events that do not fit the state change nothing.
 */
export function remoteStep(session: RemoteSession, event: RemoteEvent): RemoteStep {
  const still = (next: RemoteSession): RemoteStep => ({ next, command: null });
  switch (session.phase) {
    case 'preparing':
      return stepOfPreparing(session, event);
    case 'launching':
      if (event.kind === 'launched') return still({ ...session, phase: 'live' });
      if (event.kind === 'launchFailed')
        return still({
          phase: 'abandoned',
          preparation: { ...session.preparation, consent: null },
          why: 'launch-failed',
        });
      // Whether the program was started before the crash cannot be known: it is watched as if it had been.
      if (event.kind === 'restarted') return still({ ...heldStep(session, event), phase: 'live' });
      return still(session);
    case 'live':
      if (event.kind === 'endAsked') return still({ ...session, phase: 'ending', step: 'asked' });
      if (event.kind === 'seen' && event.seen === 'ended')
        return still({
          ...session,
          seen: 'ended',
          phase: 'ended',
          proof: 'proved',
          by: 'elsewhere',
          lastStep: null,
        });
      return still(heldStep(session, event));
    case 'ending': {
      const { step, ...rest } = session;
      if (event.kind === 'endStepped') return still({ ...session, step: stepAfterEnd(step) });
      if (event.kind === 'endSaid')
        return still({ ...rest, phase: 'ended', proof: 'said', by: 'person', lastStep: step });
      if (event.kind === 'seen' && event.seen === 'ended')
        return still({
          ...rest,
          seen: 'ended',
          phase: 'ended',
          proof: 'proved',
          by: 'person',
          lastStep: step,
        });
      return still(heldStep(session, event));
    }
    case 'ended':
    case 'abandoned':
      return still(session);
    default:
      return assertNever(session);
  }
}
