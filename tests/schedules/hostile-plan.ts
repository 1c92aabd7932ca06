import { randomUUID } from 'node:crypto';
import { apiBase } from '../../shared/portal/wire.ts';
import type { Fault, FaultPlan, FaultyRequest } from '../portal/fault.ts';
import type { Forwarded } from '../portal/forward.ts';
import { carriedOutTwice, isGeneral, notBookedYet, odditiesFor } from './oddities.ts';
import { type Draw, fieldsOf, listOf, type Oddity, pick, type Scene, withFields } from './oddity.ts';

/** How often each oddity was dealt, and how often a workshop really met it, over a batch of schedules. */
export type Dealt = { readonly dealt: Map<string, number>; readonly met: Map<string, number> };

export type HostileParts = Dealt & {
  readonly draw: Draw;
  /** Part of all requests that meets something, 0 to 1; 0: the truth alone, but for what goes on since. */
  readonly share: () => number;
  readonly known: Scene['known'];
  /** The portal looks at no key: what a network carries out twice is there twice, whoever sent it once. */
  readonly forgetsKeys: boolean;
};

export type Hostile = {
  readonly plan: FaultPlan;
  /** Files whose bytes were offered while they were there and only not booked yet: each is a file sent twice. */
  readonly offeredAgain: readonly string[];
};

/** Stands behind a cursor of the true portal in one that is made up. */
const madeUp = /\.x\d+$/u;

/** Least share of what a request can meet while one of it was met by nobody yet: what is rare is dealt as soon as it can be. */
const unmetShare = 0.85;
/** How much sooner comes again what was dealt and met by nobody. */
const unmetHaste = 4;

const isNews = ({ path }: FaultyRequest): boolean => path.startsWith(`${apiBase}/changes`);
const plus = (map: Map<string, number>, name: string): void => void map.set(name, (map.get(name) ?? 0) + 1);

function announcedReference({ headers }: FaultyRequest): string | null {
  const found = /\breference ([\w+/=]+)/u.exec(String(headers['upload-metadata'] ?? ''))?.[1];
  return found === undefined ? null : Buffer.from(found, 'base64').toString('utf8');
}

/** The path of a look at the news with the cursor the true portal gave. */
export function truePath(path: string): string {
  const url = new URL(path, 'http://portal');
  const cursor = url.searchParams.get('cursor');
  if (cursor === null || !madeUp.test(cursor)) return path;
  url.searchParams.set('cursor', cursor.replace(madeUp, ''));
  return url.pathname + url.search;
}

/** Pages that say that there is more, for a while: what a workshop reads until it has enough of it. */
function endlessNews() {
  let left = 0;
  let cursors: 'same' | 'circle' | 'new' = 'same';
  let pages = 0;
  return {
    isGoing: (): boolean => left > 0,
    tellForEver: (kind: typeof cursors, count: number): boolean => {
      if (left > 0) return false;
      [cursors, left, pages] = [kind, count, 0];
      return true;
    },
    /** The true page, or the next of those that never end. */
    told: (answer: Forwarded): Forwarded => {
      const fields = left > 0 ? fieldsOf(answer) : null;
      if (fields === null) return answer;
      left -= 1;
      pages += 1;
      const page = { ...fields, hasMore: true };
      if (cursors === 'same') return withFields(answer, page);
      const cursor = `${String(fields['cursor'])}.x${cursors === 'circle' ? pages % 3 : pages}`;
      if (cursors === 'circle') return withFields(answer, { ...page, cursor });
      const more = {
        id: randomUUID(),
        number: 'W-000003',
        author: { kind: 'system', event: 'noted', detail: '' },
        text: '',
        at: '',
      };
      return withFields(answer, { ...page, cursor, messages: [...listOf(fields, 'messages'), more] });
    },
  };
}

/**
 * A portal that does what portals in the field did, drawn by a seed, the rarest first. Signing in is left alone, for a refused password
 * rests a quarter of an hour by design.
 */
export function hostilePlan({ draw, share, known, forgetsKeys, dealt, met }: HostileParts): Hostile {
  const hiddenUntilMs = new Map<string, number>();
  const shown = new Set<string>();
  const offeredAgain: string[] = [];
  const news = endlessNews();
  let messageId: string | null = null;
  const scene: Scene = {
    draw,
    known,
    bookLate: (reference, ms) => {
      if (shown.has(reference) || hiddenUntilMs.has(reference)) return false;
      hiddenUntilMs.set(reference, performance.now() + ms);
      return true;
    },
    tellForEver: news.tellForEver,
    usedMessageId: (next) => {
      const before = messageId;
      messageId = next;
      return before;
    },
  };
  const isHidden = (reference: string): boolean => (hiddenUntilMs.get(reference) ?? 0) > performance.now();
  const chosen = (request: FaultyRequest): Oddity | null => {
    const wanted = share();
    const isLeftAlone = request.path.endsWith('/session') || (news.isGoing() && isNews(request));
    const fitting =
      wanted > 0 && !isLeftAlone
        ? odditiesFor(request).filter(
            (oddity) => !forgetsKeys || request.method !== 'POST' || oddity !== carriedOutTwice,
          )
        : [];
    if (fitting.length === 0) return null;
    const isRare = fitting.some((oddity) => !met.has(oddity.name) && !isGeneral(oddity));
    if (draw() >= (isRare ? Math.max(wanted, unmetShare) : wanted)) return null;
    const turns = ({ name }: Oddity): number => (dealt.get(name) ?? 0) / (met.has(name) ? 1 : unmetHaste);
    const least = Math.min(...fitting.map(turns));
    const oddity = pick(
      fitting.filter((oddity) => turns(oddity) === least),
      draw,
    );
    plus(dealt, oddity.name);
    return oddity;
  };
  /** What goes on whatever is dealt: files that are hidden, cursors that were made up, pages without end. */
  const withStanding = (request: FaultyRequest, fault: Fault): Fault => {
    const { method, path } = request;
    const reference = path.startsWith(`${apiBase}/references/attachments/`)
      ? (path.split('/').at(-1) ?? '')
      : null;
    if (method === 'POST' && path.startsWith(`${apiBase}/uploads`)) {
      const again = announcedReference(request);
      if (again !== null && isHidden(again)) offeredAgain.push(again);
    }
    if (fault.kind !== 'none' && fault.kind !== 'rewrite') return fault;
    if (!isNews(request) && reference === null) return fault;
    return {
      kind: 'rewrite',
      rewrite: (answer) => {
        if (reference !== null && isHidden(reference)) return notBookedYet;
        const bent = fault.kind === 'rewrite' ? fault.rewrite(answer) : answer;
        if (reference !== null && bent.status === 200) shown.add(reference);
        return isNews(request) ? news.told(bent) : bent;
      },
    };
  };
  return {
    offeredAgain,
    plan: (request) => {
      const oddity = chosen(request);
      return withStanding(
        request,
        oddity === null ? { kind: 'none' } : oddity.fault(scene, request, () => plus(met, oddity.name)),
      );
    },
  };
}
