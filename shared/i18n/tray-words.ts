import { displayName } from '../domain/display-name.ts';
import type { OutboxState } from '../domain/outbox-item.ts';
import type { PortalState, PortalWhy } from '../domain/portal-state.ts';
import type { WaitReason } from '../domain/wait-reason.ts';
import { aheadWords, type ToldAhead } from './ahead-words.ts';
import { closedWords } from './closed-words.ts';
import { italianHour } from './italian-time.ts';
import { portalMomentAt, portalStateAt, portalWhy, type Speech } from './portal-sentence.ts';

/** Windows keeps 128 UTF-16 units for a tooltip, the last of them the end; Electron has crashed on more (electron/electron issue 3290). */
export const tooltipUnits = 127;
/** Names come from the portal; a menu is no wider for them than this. */
const nameUnits = 40;
/** Of the days to come so many are named, each in a line no longer than this. */
const mostAhead = 5;
const aheadUnits = 110;

/** A remote session as far as the tray speaks of it; `asked` holds the numbers of open requests whose operator asked for one. */
export type TraySession =
  | { readonly kind: 'live'; readonly number: string; readonly operator: string; readonly ending: boolean }
  | { readonly kind: 'asked'; readonly numbers: readonly string[] };

export type TrayFacts = {
  readonly status: {
    readonly state: PortalState;
    readonly until: string | null;
    readonly why: PortalWhy;
    readonly dayLine: readonly {
      readonly from: string;
      readonly to: string;
      readonly state: PortalState;
      readonly why: PortalWhy;
    }[];
    readonly waiting: number;
    readonly ahead: readonly ToldAhead[];
    readonly furtherAhead: number;
  };
  /** The queue, oldest first. */
  readonly queue: readonly {
    readonly state: OutboxState;
    readonly waitReason: WaitReason | null;
    readonly goesAt: string | null;
  }[];
  readonly session: TraySession | null;
  /** False before the first run is over: then there is nobody to write a request for. */
  readonly hasWorkshop: boolean;
};

/** What the tray shows: `lines` head the menu as text, the rest are its actions; null means the action has no place now. */
export type TrayWords = {
  readonly state: PortalState;
  readonly tooltip: string;
  readonly lines: readonly string[];
  readonly open: string;
  readonly newRequest: string | null;
  readonly endSession: string | null;
  readonly quit: string;
};

/** At most `units` UTF-16 units, cut between words where there is one to cut at, never within a character, and said to be cut. */
export function shortened(text: string, units: number): string {
  if (text.length <= units) return text;
  let room = '';
  for (const character of text) {
    if (room.length + character.length > units - 1) break;
    room += character;
  }
  const space = room.lastIndexOf(' ');
  return `${(space > units / 2 ? room.slice(0, space) : room).replace(/[\s.,:;]+$/u, '')}…`;
}

/** Lines as long as the whole of one fits, the first of them always, cut if it must be. */
function fitting(lines: readonly string[], units: number): string {
  const [first = '', ...rest] = lines;
  return rest.reduce(
    (text, line) => (text.length + 1 + line.length <= units ? `${text}\n${line}` : text),
    shortened(first, units),
  );
}

/** Today's hours in Italy, then each stretch in which the portal takes nothing, with its reason (R-HOURS-1 to R-HOURS-4). */
function dayLines({ dayLine }: TrayFacts['status'], { t, language }: Speech): readonly string[] {
  if (dayLine.length === 0) return [];
  const end = dayLine.at(-1)?.to;
  // Midnight at the end of the day is 24:00 of this one.
  const hours = (span: { readonly from: string; readonly to: string }): string =>
    `${italianHour(span.from, language)}–${span.to === end ? '24:00' : italianHour(span.to, language)}`;
  const staffed = dayLine.filter((span) => span.state === 'staffed');
  const always = staffed.length === dayLine.length;
  const first = always
    ? t('tray.dayAlways')
    : staffed.length === 0
      ? t('tray.dayNobody')
      : t('tray.dayHours', { hours: staffed.map(hours).join(', ') });
  const closed = dayLine
    .filter((span) => span.state === 'read-only' || span.state === 'unreachable')
    .map((span) =>
      t('tray.dayClosed', {
        state: t(`portalState.${span.state}`),
        hours: hours(span),
        why: portalWhy(span.why, { t, language }),
      }),
    );
  return [first, ...closed];
}

const asksPerson: ReadonlySet<OutboxState> = new Set(['to-verify', 'rejected']);

const isConflict = (why: WaitReason | null): boolean => why?.kind === 'held' && why.hold.kind === 'conflict';

/**
 * How many wait and when they go; what a person must decide is never said to go by itself (R-TICKET-2, R-HOURS-3). `isWhole`: where the
 * portal is closed, in the very words in which the first of them stands in the queue.
 */
function queueLine({ status, queue }: TrayFacts, isWhole: boolean, speech: Speech): string {
  const { t } = speech;
  const queued = queue.filter((row) => row.state === 'queued');
  // What a person holds back says nothing of the others.
  const first = queued.find((row) => row.waitReason?.kind !== 'held') ?? queued[0];
  const decide = queue.some((row) => asksPerson.has(row.state) || isConflict(row.waitReason))
    ? [t('sync.decide')]
    : [];
  if (status.waiting === 0) return [t('outbox.emptyTitle'), ...decide].join(' · ');
  const goes =
    isWhole && first?.waitReason?.kind === 'closed'
      ? [closedWords({ why: first.waitReason.why, goesAt: first.goesAt, before: 0 }, speech)]
      : first?.goesAt != null
        ? [t('tray.goesAt', { time: portalMomentAt(first.goesAt, speech) })]
        : first?.waitReason?.kind === 'closed'
          ? [t('tray.goesWhenOpen')]
          : [];
  return [t('sync.waiting', { count: status.waiting }), ...goes, ...decide].join(' · ');
}

/** Days to come on which nothing is taken, in a menu that has to stay readable (R-HOURS-2). */
function aheadLines({ ahead, furtherAhead }: TrayFacts['status'], speech: Speech): readonly string[] {
  if (ahead.length === 0) return [];
  const rest = ahead.length - mostAhead + furtherAhead;
  return [
    `${speech.t('ahead.title')}:`,
    ...ahead.slice(0, mostAhead).map((told) => shortened(aheadWords(told, speech), aheadUnits)),
    ...(rest > 0 ? [speech.t('ahead.more', { count: rest })] : []),
  ];
}

function sessionLine(session: TraySession | null, { t }: Speech): string | null {
  if (session === null) return null;
  if (session.kind === 'live')
    return t('tray.live', {
      operator: shortened(displayName(session.operator), nameUnits),
      number: session.number,
    });
  const [number = ''] = session.numbers;
  return session.numbers.length === 1
    ? t('tray.askedOne', { number })
    : t('tray.askedMany', { count: session.numbers.length });
}

/**
 * What the tray says and offers, in the words of Today. The tooltip holds what matters soonest that fits: a session, the state with
 * its next change, the queue, the day; the menu holds all of it.
 */
export function trayWords(facts: TrayFacts, speech: Speech): TrayWords {
  const { t } = speech;
  const { status, session } = facts;
  const state = portalStateAt(status.state, status.until, speech);
  const sessionWords = sessionLine(session, speech);
  const [queue, day] = [queueLine(facts, false, speech), dayLines(status, speech)];
  const own = sessionWords === null ? [] : [sessionWords];
  return {
    state: status.state,
    tooltip: fitting([...own, state, queue, ...day], tooltipUnits),
    lines: [
      ...own,
      `${state}. ${portalWhy(status.why, speech)}`,
      ...day,
      ...aheadLines(status, speech),
      queueLine(facts, true, speech),
    ],
    open: t('tray.open'),
    newRequest: facts.hasWorkshop ? t('nav.newRequest') : null,
    endSession: session?.kind === 'live' && !session.ending ? t('tray.endSession') : null,
    quit: t('tray.quit'),
  };
}
